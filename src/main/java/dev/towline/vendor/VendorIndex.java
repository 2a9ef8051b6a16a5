package dev.towline.vendor;

import dev.towline.geo.GeoPoint;
import dev.towline.geo.Meters;
import dev.towline.redis.GeoIndex;
import dev.towline.redis.GeoIndex.Member;
import dev.towline.redis.RedisDown;
import dev.towline.store.Change;
import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeStage;
import dev.towline.viewer.Tenant;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The position index of vendors in Redis. Thread-safe.
 *
 * <p>Each instance updates it for its own writes, before the caller gets its answer. The index is rebuilt from DynamoDB at start, after a
 * failed update, and after a gap, because a writer may have crashed between its write and its update. A write with an unknown outcome is
 * settled by reading the vendor. While this instance knows the index to be incomplete, it does not use it. See decision 0006.
 */
@Component
class VendorIndex implements ChangeStage {

    private static final Logger LOG = LoggerFactory.getLogger(VendorIndex.class);

    private final GeoIndex index;
    private final VendorIndexRebuild rebuild;
    private final Counter failures;

    /** Whether the index may lack a write of this instance; also true at start. */
    private final AtomicBoolean missedWrite = new AtomicBoolean(true);

    /** Whether the index may lack a write of another instance. */
    private final AtomicBoolean missedRemoteWrite = new AtomicBoolean();

    /** The vendors with a write of unknown outcome. */
    private final Set<VendorKey> unsettled = ConcurrentHashMap.newKeySet();

    private volatile boolean complete;

    private final Set<Tenant> rebuilding = ConcurrentHashMap.newKeySet();

    VendorIndex(GeoIndex index, VendorIndexRebuild rebuild, MeterRegistry meters) {
        this.index = index;
        this.rebuild = rebuild;
        this.failures = Counter.builder("towline.search.index.failures")
                .description("failed updates and searches of the position index in Redis")
                .register(meters);
    }

    @Override
    public Stage stage() {
        return Stage.INDEX;
    }

    @Override
    public void pass(ChangeEvent event) {
        switch (event) {
            case ChangeEvent.Applied applied -> {
                // The writing instance updates the index.
                if (applied.isLocal()) {
                    vendors(applied).forEach(this::put);
                }
            }
            case ChangeEvent.Doubt doubt ->
                doubt.keys().stream()
                        .filter(VendorKey.class::isInstance)
                        .map(VendorKey.class::cast)
                        .forEach(unsettled::add);
            case ChangeEvent.Gap gap -> {
                if (gap.isCommon()) {
                    missedRemoteWrite.set(true);
                }
            }
        }
    }

    private static Stream<Vendor> vendors(ChangeEvent.Applied applied) {
        return applied.changes().stream()
                .map(Change::value)
                .filter(Vendor.class::isInstance)
                .map(Vendor.class::cast);
    }

    /** Whether the index has all writes of this instance. */
    boolean isComplete() {
        return complete;
    }

    /** All vendors within the radius and a few outside; null if the index is not usable now. Blocking. */
    @Nullable
    List<VendorMark> around(Tenant tenant, GeoPoint center, Meters radius) {
        if (!complete) {
            return null;
        }
        try {
            List<Member> members = index.around(tenant, center, radius);
            if (members == null) {
                rebuildInBackground(tenant);
                return null;
            }
            return members.stream()
                    .map(m -> VendorMark.decode(m.id(), m.version(), m.text()))
                    .toList();
        } catch (RedisDown down) {
            failures.increment();
            return null;
        }
    }

    @Scheduled(fixedDelayString = "${towline.search.rebuild-delay:PT1S}")
    void rebuildWhereIncomplete() {
        settleDoubts();
        // Reset before the rebuild reads: a write that fails meanwhile sets it again.
        boolean hasMissed = missedWrite.getAndSet(false);
        boolean hasDoubts = missedRemoteWrite.getAndSet(false);
        if (!hasMissed && !hasDoubts) {
            return;
        }
        try {
            LOG.info("vendor index rebuilt: {} vendors", rebuild.all());
            if (hasMissed) {
                complete = !missedWrite.get();
            }
        } catch (RuntimeException e) {
            missedWrite.compareAndSet(false, hasMissed);
            missedRemoteWrite.set(true);
            LOG.warn("vendor index not rebuilt: {}", e.getMessage());
        }
    }

    private void settleDoubts() {
        List<VendorKey> keys = List.copyOf(unsettled);
        if (keys.isEmpty()) {
            return;
        }
        try {
            // Removed before the read: a new doubt meanwhile adds the key again.
            keys.forEach(unsettled::remove);
            rebuild.of(keys);
        } catch (RuntimeException e) {
            unsettled.addAll(keys);
            LOG.warn("the outcome of writes to {} vendors is still unknown: {}", keys.size(), e.getMessage());
        }
    }

    private void put(Vendor vendor) {
        try {
            rebuild.put(vendor);
        } catch (RedisDown down) {
            failures.increment();
            complete = false;
            missedWrite.set(true);
        }
    }

    private void rebuildInBackground(Tenant tenant) {
        if (!rebuilding.add(tenant)) {
            return;
        }
        Thread.ofVirtual().name("vendor-index-" + tenant).start(() -> {
            try {
                rebuild.of(tenant);
            } catch (RuntimeException e) {
                LOG.warn("vendor index of a tenant not rebuilt, its searches read DynamoDB: {}", e.getMessage());
            } finally {
                rebuilding.remove(tenant);
            }
        });
    }
}
