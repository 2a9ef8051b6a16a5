package dev.towline.cache.shared;

import dev.towline.cache.ChangedCells;
import dev.towline.cache.ComputedEntry;
import dev.towline.cache.ComputedKey;
import dev.towline.cache.FieldCodecs;
import dev.towline.cache.SharedTier;
import dev.towline.geo.Area;
import dev.towline.geo.Cell;
import dev.towline.redis.BestEffort;
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
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The computed values that instances share in Redis. An instance that changes an entity invalidates the values of the searches around it. A
 * failure is a miss. Blocking, thread-safe.
 */
final class SharedComputedValues {

    private static final String NAMES = SharedEntityFormat.NAMES + "page:";

    private final SharedTierSettings settings;
    private final TaggedValues values;
    private final Generation generation;
    private final FieldCodecs codecs;
    private final VersionFloors floors;
    private final CellWatermarks watermarks;
    private final BestEffort redis;

    /** @param codecs the codecs of the fields that can be shared */
    SharedComputedValues(
            SharedTierSettings settings,
            TaggedValues values,
            Generation generation,
            FieldCodecs codecs,
            VersionFloors floors,
            CellWatermarks watermarks,
            BestEffort redis) {
        this.settings = settings;
        this.values = values;
        this.generation = generation;
        this.codecs = codecs;
        this.floors = floors;
        this.watermarks = watermarks;
        this.redis = redis;
    }

    /** Implements {@link SharedTier#find(ComputedKey)}. */
    SharedTier.Found find(ComputedKey key) {
        ComputedValueCodec codec = isShared(key) ? codecs.of(key.field()) : null;
        String id = generation.id();
        String digest = codec == null || id == null || !codec.isReady() ? null : KeyDigest.of(key);
        if (codec == null || id == null || digest == null) {
            return SharedTier.Found.NOTHING;
        }
        Tenant tenant = new Tenant(key.tenant());
        String name = NAMES + codec.layout() + ":" + digest;
        AtomicReference<SharedTier.Found> found = new AtomicReference<>(SharedTier.Found.NOTHING);
        redis.run("find", () -> {
            Found tagged = values.find(tenant, name);
            ComputedEntry entry = entry(codec, tagged.value(), id);
            found.set(new SharedTier.Found(
                    entry != null && isNewEnough(tenant, codec, entry) ? entry : null,
                    (computed, use) -> redis.run("keep", () -> {
                        Tagged value = tagged(codec, computed, id, use);
                        if (value != null) {
                            values.keep(tenant, name, tagged.lease(), value);
                        }
                    })));
        });
        return found.get();
    }

    private @Nullable Tagged tagged(ComputedValueCodec codec, ComputedEntry computed, String id, Duration use) {
        Area area = computed.value().lookedIn();
        if (area == null) {
            return null;
        }
        Map<String, Integer> versions = codec.entities(computed.value()).stream()
                .collect(Collectors.toMap(entity -> SharedEntityFormat.nameOf(entity.key()), Entity::version));
        byte[] whole = new SharedHeader(id, computed.upToDateAt()).before(codec.encode(computed.value()));
        return new Tagged(whole, names(Cell.cover(area)), versions, keptFor(use));
    }

    /** Raises the watermarks of the cells where an entity has changed. Does not block. */
    void changed(Tenant tenant, ChangedCells place) {
        watermarks.raise(tenant, place.cells());
        if (place.mayAffectAnyCell()) {
            watermarks.raise(tenant);
        }
    }

    /** Raises the watermark of the whole tenant, because the place of a change is unknown. Does not block. */
    void changed(Tenant tenant) {
        watermarks.raise(tenant);
    }

    /**
     * Invalidates the values that were computed in these cells. Other instances may share values even if this one shares none.
     *
     * @param cells the cells; null for the whole tenant
     * @return whether Redis has carried it out
     */
    boolean invalidate(Tenant tenant, @Nullable Collection<Cell> cells) {
        return redis.run("strike", () -> {
            if (cells == null) {
                values.invalidateAll(tenant);
            } else {
                values.invalidate(tenant, names(cells));
            }
        });
    }

    /** Decodes a shared value; null if it is of another generation or cannot be decoded. */
    private static @Nullable ComputedEntry entry(ComputedValueCodec codec, byte @Nullable [] whole, String id) {
        Instant upToDateAt = SharedHeader.upToDateAt(whole, id);
        if (whole == null || upToDateAt == null) {
            return null;
        }
        try {
            ComputedValue value = codec.decode(SharedHeader.body(whole));
            return value == null ? null : new ComputedEntry(value, upToDateAt);
        } catch (RuntimeException e) {
            return null;
        }
    }

    private boolean isNewEnough(Tenant tenant, ComputedValueCodec codec, ComputedEntry entry) {
        Area area = entry.value().lookedIn();
        return area != null
                && !floors.isIncomplete()
                && watermarks.allows(tenant, area, entry.upToDateAt())
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
}
