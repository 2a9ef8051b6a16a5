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
 * The marks of all vendors in Redis, where a search finds them by position. Brought up to date with every write before its caller is
 * answered; rebuilt from DynamoDB at start and whenever Redis has missed something, or a writer may have been killed before it put
 * what it wrote. While this instance knows it to be incomplete it answers nothing at all.
 * Thread-safe.
 */
@Component
class VendorIndex implements ChangeStage {

    private static final Logger LOG = LoggerFactory.getLogger(VendorIndex.class);

    private final GeoIndex index;
    private final VendorIndexRebuild rebuild;
    private final Counter failures;

    /** Set when Redis has, or may have, missed a write: at start this instance cannot know what it missed. */
    private final AtomicBoolean missedWrite = new AtomicBoolean(true);

    /** Set when another instance may have written what it has not put here. */
    private final AtomicBoolean mayLack = new AtomicBoolean();

    /** What this instance has written, or not. */
    private final Set<VendorKey> doubtful = ConcurrentHashMap.newKeySet();

    private volatile boolean complete;

    private final Set<Tenant> rebuilding = ConcurrentHashMap.newKeySet();

    VendorIndex(GeoIndex index, VendorIndexRebuild rebuild, MeterRegistry meters) {
        this.index = index;
        this.rebuild = rebuild;
        this.failures = Counter.builder("towline.search.index.failures")
                .description("times that Redis did not keep or find the vendors of a search")
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
                // what another instance wrote, it has put here itself
                if (applied.isLocal()) {
                    vendors(applied).forEach(this::put);
                }
            }
            case ChangeEvent.Doubt doubt ->
                doubt.keys().stream()
                        .filter(VendorKey.class::isInstance)
                        .map(VendorKey.class::cast)
                        .forEach(doubtful::add);
            case ChangeEvent.Gap gap -> {
                if (gap.isCommon()) {
                    mayLack.set(true);
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

    /** Whether it has everything that this instance has written. */
    boolean isComplete() {
        return complete;
    }

    /** The marks of all vendors within the radius and a few others, null if the index cannot tell now. Blocking. */
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
        // Reset before reading: a write that fails from here on sets it again.
        boolean hasMissed = missedWrite.getAndSet(false);
        boolean hasDoubts = mayLack.getAndSet(false);
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
            mayLack.set(true);
            LOG.warn("vendor index not rebuilt: {}", e.getMessage());
        }
    }

    private void settleDoubts() {
        List<VendorKey> keys = List.copyOf(doubtful);
        if (keys.isEmpty()) {
            return;
        }
        try {
            // Removed before reading: doubts from here on are others.
            keys.forEach(doubtful::remove);
            rebuild.of(keys);
        } catch (RuntimeException e) {
            doubtful.addAll(keys);
            LOG.warn("not known yet what was written of {} vendors: {}", keys.size(), e.getMessage());
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
                LOG.warn("vendor index of a tenant not rebuilt, searches read DynamoDB meanwhile: {}", e.getMessage());
            } finally {
                rebuilding.remove(tenant);
            }
        });
    }
}
