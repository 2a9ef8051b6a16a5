package dev.towline.cache.shared;

import static java.util.stream.Collectors.groupingBy;

import dev.towline.cache.EntityEntry;
import dev.towline.cache.SharedTier;
import dev.towline.redis.BestEffort;
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
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The second tier in Redis. An instance that writes an entity also replaces its copy in Redis. If that command fails, the instance ends the
 * {@link Generation}.
 */
final class RedisSharedTier implements SharedTier {

    /** The maximum length of an id, in characters. A client may ask for a longer id, but no entity has one. */
    private static final int LONGEST_ID = 200;

    private final SharedTierSettings settings;
    private final SharedValues values;
    private final Generation generation;
    private final SharedEntityFormat encoding;
    private final VersionFloors floors;
    private final BestEffort redis;

    RedisSharedTier(
            SharedTierSettings settings,
            SharedValues values,
            Generation generation,
            SharedEntityFormat encoding,
            VersionFloors floors,
            BestEffort redis) {
        this.settings = settings;
        this.values = values;
        this.generation = generation;
        this.encoding = encoding;
        this.floors = floors;
        this.redis = redis;
    }

    @Override
    public @Nullable String generation() {
        return settings.enabled() ? generation.id() : null;
    }

    @Override
    public void dropAllIfShared(Predicate<String> kinds) {
        if (settings.entities().stream().filter(settings::shares).anyMatch(kinds)) {
            end();
        }
    }

    @Override
    public <K extends EntityKey> Map<K, EntityEntry> find(
            Collection<K> keys, BiPredicate<? super K, EntityEntry> isGood) {
        String id = generation();
        Map<K, EntityEntry> found = new HashMap<>();
        if (id == null || floors.isIncomplete()) {
            return found;
        }
        byTenant(keys)
                .forEach((tenant, some) -> redis.run("find", () -> {
                    List<byte @Nullable []> answers = values.getAll(
                            tenant,
                            some.stream().map(SharedEntityFormat::nameOf).toList());
                    for (int i = 0; i < some.size(); i++) {
                        K key = some.get(i);
                        EntityEntry entry = encoding.decode(answers.get(i), id);
                        if (entry != null && isNewEnough(key, entry) && isGood.test(key, entry)) {
                            found.put(key, entry);
                        }
                    }
                }));
        return found;
    }

    @Override
    public <K extends EntityKey> void keep(@Nullable String id, Map<K, EntityEntry> read) {
        if (id == null) {
            return;
        }
        byTenant(read.keySet()).forEach((tenant, some) -> {
            List<K> newEnough = some.stream()
                    .filter(key -> isNewEnough(key, Objects.requireNonNull(read.get(key))))
                    .toList();
            if (!newEnough.isEmpty()) {
                redis.run("keep", () -> values.keep(tenant, encoded(newEnough, read, id)));
            }
        });
    }

    /**
     * Shares the entities that this instance has written, before it informs other instances. If nothing can be shared now, it stores
     * tombstones with their versions, which block older values.
     */
    void wrote(List<Change> changes, Instant now) {
        String id = generation();
        Map<EntityKey, EntityEntry> written = new HashMap<>();
        changes.forEach(change -> written.put(change.key(), new EntityEntry(change.value(), now)));
        byTenant(written.keySet())
                .forEach((tenant, some) -> overwrite(() -> values.keep(tenant, encoded(some, written, id))));
    }

    /** Drops entities after a write with an unknown outcome. */
    void drop(List<EntityKey> keys) {
        byTenant(keys)
                .forEach((tenant, some) -> overwrite(() -> values.drop(
                        tenant, some.stream().map(SharedEntityFormat::nameOf).toList())));
    }

    /** Ends the generation, because a shared value may be older than a change. Does not block. */
    void end() {
        generation.end();
    }

    private <K extends EntityKey> List<Shared> encoded(List<K> keys, Map<K, EntityEntry> entries, @Nullable String id) {
        return keys.stream()
                .map(key -> encoding.encode(key, Objects.requireNonNull(entries.get(key)), id))
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
        if (!redis.run("keep", command)) {
            end();
        }
    }
}
