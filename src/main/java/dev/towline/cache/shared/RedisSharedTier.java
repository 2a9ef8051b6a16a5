package dev.towline.cache.shared;

import static java.util.stream.Collectors.groupingBy;

import dev.towline.cache.CacheMetrics;
import dev.towline.cache.ChangedCells;
import dev.towline.cache.ComputedKey;
import dev.towline.cache.EntityEntry;
import dev.towline.cache.SharedTier;
import dev.towline.geo.Cell;
import dev.towline.redis.RedisDown;
import dev.towline.redis.SharedValues;
import dev.towline.redis.SharedValues.Shared;
import dev.towline.store.Change;
import dev.towline.store.EntityKey;
import dev.towline.store.VersionFloors;
import dev.towline.viewer.Tenant;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What instances share in Redis. Writers keep it as new as what they write, and invalidate the {@link SharedComputedValues} around it; where they
 * could not, a new {@link Generation} begins.
 */
final class RedisSharedTier implements SharedTier {

    private static final Logger LOG = LoggerFactory.getLogger(RedisSharedTier.class);

    /** In characters. Anybody may ask for longer ones, but none is there. */
    private static final int LONGEST_ID = 200;

    private final SharedTierSettings settings;
    private final SharedValues values;
    private final Generation generation;
    private final SharedEntityFormat encoding;
    private final SharedComputedValues computed;
    private final VersionFloors floors;
    private final CacheMetrics metrics;

    RedisSharedTier(
            SharedTierSettings settings,
            SharedValues values,
            Generation generation,
            SharedEntityFormat encoding,
            SharedComputedValues computed,
            VersionFloors floors,
            CacheMetrics metrics) {
        this.settings = settings;
        this.values = values;
        this.generation = generation;
        this.encoding = encoding;
        this.computed = computed;
        this.floors = floors;
        this.metrics = metrics;
    }

    @Override
    public @Nullable String generation() {
        return settings.enabled() ? generation.word() : null;
    }

    @Override
    public void dropEntities(Predicate<String> kinds) {
        if (settings.entities().stream().filter(settings::shares).anyMatch(kinds)) {
            end();
        }
    }

    @Override
    public Found find(ComputedKey key) {
        return computed.find(key);
    }

    @Override
    public <K extends EntityKey> Map<K, EntityEntry> find(
            Collection<K> keys, BiPredicate<? super K, EntityEntry> isGood) {
        String word = generation();
        Map<K, EntityEntry> found = new HashMap<>();
        if (word == null || floors.isForgetful()) {
            return found;
        }
        byTenant(keys)
                .forEach((tenant, some) -> attempt("find", () -> {
                    List<byte @Nullable []> answers = values.getAll(
                            tenant,
                            some.stream().map(SharedEntityFormat::nameOf).toList());
                    for (int i = 0; i < some.size(); i++) {
                        K key = some.get(i);
                        EntityEntry entry = encoding.decode(answers.get(i), word);
                        if (entry != null && isNewEnough(key, entry) && isGood.test(key, entry)) {
                            found.put(key, entry);
                        }
                    }
                }));
        return found;
    }

    @Override
    public <K extends EntityKey> void keep(@Nullable String word, Map<K, EntityEntry> read) {
        if (word == null) {
            return;
        }
        byTenant(read.keySet()).forEach((tenant, some) -> {
            List<K> newEnough = some.stream()
                    .filter(key -> isNewEnough(key, Objects.requireNonNull(read.get(key))))
                    .toList();
            if (!newEnough.isEmpty()) {
                attempt("keep", () -> values.keep(tenant, encoded(newEnough, read, word)));
            }
        });
    }

    /** Shares what this instance has written, before others hear of it. Where nothing can be shared now, at least nothing older is. */
    void wrote(List<Change> changes, Instant now) {
        String word = generation();
        Map<EntityKey, EntityEntry> written = new HashMap<>();
        changes.forEach(change -> written.put(change.key(), new EntityEntry(change.value(), now)));
        byTenant(written.keySet())
                .forEach((tenant, some) -> overwrite(() -> values.keep(tenant, encoded(some, written, word))));
        changes.stream().collect(groupingBy(change -> change.key().tenant())).forEach(this::invalidateAround);
    }

    /** Notes where this instance knows of a change, whatever is left in Redis of what was computed there before. Never blocks. */
    void changed(List<Change> changes) {
        changes.forEach(
                change -> computed.changed(change.key().tenant(), ChangedCells.of(change.value(), change.before())));
    }

    /** Drops what may have been written or not. */
    void drop(List<EntityKey> keys) {
        byTenant(keys)
                .forEach((tenant, some) -> overwrite(() -> values.drop(
                        tenant, some.stream().map(SharedEntityFormat::nameOf).toList())));
        keys.stream().map(EntityKey::tenant).distinct().forEach(this::dropComputed);
    }

    @Override
    public void dropComputed(Tenant tenant) {
        computed.changed(tenant);
        if (!computed.invalidate(tenant, null)) {
            end();
        }
    }

    /** Whatever is shared may be old. Never blocks. */
    void end() {
        generation.end();
    }

    /** Strikes out what was computed where an entity is, or was. */
    private void invalidateAround(Tenant tenant, List<Change> changes) {
        List<ChangedCells> places = changes.stream()
                .map(change -> ChangedCells.of(change.value(), change.before()))
                .toList();
        if (places.stream().anyMatch(ChangedCells::isAnywhere)) {
            dropComputed(tenant);
            return;
        }
        Set<Cell> cells =
                places.stream().flatMap(place -> place.cells().stream()).collect(Collectors.toSet());
        if (!cells.isEmpty() && !computed.invalidate(tenant, cells)) {
            end();
        }
    }

    private <K extends EntityKey> List<Shared> encoded(
            List<K> keys, Map<K, EntityEntry> entries, @Nullable String word) {
        return keys.stream()
                .map(key -> encoding.encode(key, Objects.requireNonNull(entries.get(key)), word))
                .toList();
    }

    private <K extends EntityKey> Map<Tenant, List<K>> byTenant(Collection<K> keys) {
        return keys.stream()
                .filter(key -> key.sort() == null && key.id().length() <= LONGEST_ID && settings.shares(key.entity()))
                .collect(groupingBy(EntityKey::tenant));
    }

    private boolean isNewEnough(EntityKey key, EntityEntry entry) {
        return floors.allows(key.ref(), entry.version());
    }

    private void overwrite(Runnable command) {
        if (!attempt("keep", command)) {
            end();
        }
    }

    private boolean attempt(String operation, Runnable command) {
        try {
            command.run();
            return true;
        } catch (RedisDown e) {
            metrics.sharedTierFailed(operation);
            return false;
        } catch (RuntimeException e) {
            // Whatever it is, it must not fail a request that can do without.
            LOG.error("What instances share could not be used", e);
            metrics.sharedTierFailed(operation);
            return false;
        }
    }
}
