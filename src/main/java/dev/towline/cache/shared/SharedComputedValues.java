package dev.towline.cache.shared;

import dev.towline.cache.CacheMetrics;
import dev.towline.cache.ChangedCells;
import dev.towline.cache.ComputedEntry;
import dev.towline.cache.ComputedKey;
import dev.towline.cache.FieldCodecs;
import dev.towline.cache.SharedTier;
import dev.towline.geo.Area;
import dev.towline.geo.Cell;
import dev.towline.redis.RedisDown;
import dev.towline.redis.TaggedValues;
import dev.towline.redis.TaggedValues.Found;
import dev.towline.redis.TaggedValues.Tagged;
import dev.towline.store.ComputedValue;
import dev.towline.store.ComputedValueCodec;
import dev.towline.store.Entity;
import dev.towline.store.VersionFloors;
import dev.towline.viewer.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computed values that all instances share in Redis, each until something happens where it has looked; whoever writes strikes it out. Whatever
 * fails is a miss. Blocking, thread-safe.
 */
final class SharedComputedValues {

    private static final Logger LOG = LoggerFactory.getLogger(SharedComputedValues.class);

    private static final String NAMES = SharedEntityFormat.NAMES + "page:";

    private final SharedTierSettings settings;
    private final TaggedValues values;
    private final Generation generation;
    private final FieldCodecs codecs;
    private final VersionFloors floors;
    private final CellWatermarks watermarks;
    private final CacheMetrics metrics;

    /** @param codecs of the fields that can be shared */
    SharedComputedValues(
            SharedTierSettings settings,
            TaggedValues values,
            Generation generation,
            FieldCodecs codecs,
            VersionFloors floors,
            CellWatermarks watermarks,
            CacheMetrics metrics) {
        this.settings = settings;
        this.values = values;
        this.generation = generation;
        this.codecs = codecs;
        this.floors = floors;
        this.watermarks = watermarks;
        this.metrics = metrics;
    }

    /** What a value can be shared as that is computed after this. */
    private record Begun(ComputedValueCodec codec, Tenant tenant, String name, String word, String lease) {}

    /** As {@link SharedTier#find(ComputedKey)}. */
    SharedTier.Found find(ComputedKey key) {
        ComputedValueCodec codec = isShared(key) ? codecs.of(key.field()) : null;
        String word = generation.word();
        if (codec == null || word == null || !codec.isReady()) {
            return SharedTier.Found.NOTHING;
        }
        Tenant tenant = new Tenant(key.tenant());
        try {
            String digest = KeyDigest.of(key);
            if (digest == null) {
                return SharedTier.Found.NOTHING;
            }
            String name = NAMES + codec.layout() + ":" + digest;
            Found found = values.find(tenant, name);
            ComputedEntry entry = entry(codec, found.value(), word);
            Begun begun = new Begun(codec, tenant, name, word, found.lease());
            return new SharedTier.Found(
                    entry != null && isNewEnough(tenant, codec, entry) ? entry : null,
                    (computed, use) -> keep(begun, computed, use));
        } catch (RuntimeException e) {
            failed("find", e);
            return SharedTier.Found.NOTHING;
        }
    }

    private void keep(Begun begun, ComputedEntry found, Duration use) {
        Area area = found.value().lookedIn();
        if (area == null) {
            return;
        }
        attempt("keep", () -> {
            byte[] whole = new SharedHeader(begun.word, found.knownAt()).before(begun.codec.encode(found.value()));
            Map<String, Integer> versions = begun.codec.entities(found.value()).stream()
                    .collect(Collectors.toMap(entity -> SharedEntityFormat.nameOf(entity.key()), Entity::version));
            values.keep(
                    begun.tenant,
                    begun.name,
                    begun.lease,
                    new Tagged(whole, names(Cell.cover(area)), versions, keptFor(use)));
        });
    }

    /** Notes that something changed there, whatever is left in Redis of what was computed before. Never blocks. */
    void changed(Tenant tenant, ChangedCells place) {
        watermarks.raise(tenant, place.cells());
        if (place.isAnywhere()) {
            watermarks.raise(tenant);
        }
    }

    /** The same, if it may have been anywhere. */
    void changed(Tenant tenant) {
        watermarks.raise(tenant);
    }

    /**
     * Takes care that nobody uses what was computed before something happened there. Also where this instance shares nothing: others may.
     *
     * @param cells null: it may have happened anywhere
     * @return whether it could be done
     */
    boolean invalidate(Tenant tenant, @Nullable Collection<Cell> cells) {
        return attempt("strike", () -> {
            if (cells == null) {
                values.invalidateAll(tenant);
            } else {
                values.invalidate(tenant, names(cells));
            }
        });
    }

    /** One that is of another generation or cannot be read is none. */
    private static @Nullable ComputedEntry entry(ComputedValueCodec codec, byte @Nullable [] whole, String word) {
        Instant knownAt = SharedHeader.knownAt(whole, word);
        if (whole == null || knownAt == null) {
            return null;
        }
        try {
            ComputedValue value = codec.decode(SharedHeader.body(whole));
            return value == null ? null : new ComputedEntry(value, knownAt);
        } catch (RuntimeException e) {
            return null;
        }
    }

    private boolean isNewEnough(Tenant tenant, ComputedValueCodec codec, ComputedEntry entry) {
        Area area = entry.value().lookedIn();
        return area != null
                && !floors.isForgetful()
                && watermarks.allows(tenant, area, entry.knownAt())
                && codec.entities(entry.value()).stream()
                        .allMatch(entity -> floors.allows(entity.key().ref(), entity.version()));
    }

    private Duration keptFor(Duration use) {
        return use.compareTo(settings.retention()) < 0 ? use : settings.retention();
    }

    private boolean isShared(ComputedKey key) {
        return settings.enabled() && settings.fields().contains(key.field()) && key.viewer() == null;
    }

    private static List<String> names(Collection<Cell> cells) {
        return cells.stream().map(Cell::name).toList();
    }

    private boolean attempt(String operation, Runnable command) {
        try {
            command.run();
            return true;
        } catch (RuntimeException e) {
            failed(operation, e);
            return false;
        }
    }

    private void failed(String operation, RuntimeException failure) {
        metrics.sharedTierFailed(operation);
        if (!(failure instanceof RedisDown)) {
            // Whatever it is, it must not fail a request that can do without.
            LOG.error("What instances share could not be used", failure);
        }
    }
}
