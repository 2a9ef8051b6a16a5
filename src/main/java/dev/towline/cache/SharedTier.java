package dev.towline.cache;

import static java.util.stream.Collectors.groupingBy;

import dev.towline.dynamo.Changed;
import dev.towline.dynamo.EntityKey;
import dev.towline.dynamo.Floors;
import dev.towline.redis.RedisDown;
import dev.towline.redis.SharedValues;
import dev.towline.redis.SharedValues.Shared;
import dev.towline.viewer.Tenant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The second tier: entities that all instances share in Redis, so that what one has read spares the others a read. Writers keep it as new
 * as what they write; where they could not, a new {@link Generation} begins. Whatever fails is a miss. Blocking, thread-safe.
 */
final class SharedTier {

    private final SharedTierSettings settings;
    private final SharedValues values;
    private final Generation generation;
    private final SharedEntries encoding;
    private final Floors floors;
    private final CacheMetrics metrics;

    SharedTier(
            SharedTierSettings settings,
            SharedValues values,
            Generation generation,
            SharedEntries encoding,
            Floors floors,
            CacheMetrics metrics) {
        this.settings = settings;
        this.values = values;
        this.generation = generation;
        this.encoding = encoding;
        this.floors = floors;
        this.metrics = metrics;
    }

    /** The present generation, to be noted before what is to be shared is read; null while nothing can be shared. Never blocks. */
    @Nullable
    String generation() {
        return settings.enabled() ? generation.word() : null;
    }

    /** Whether entities of any of these kinds are shared. */
    boolean sharesAny(Predicate<String> kinds) {
        return settings.enabled() && settings.entities().stream().anyMatch(kinds);
    }

    /**
     * What is shared of these, in one round trip for each tenant among them.
     *
     * @param isGood whether an entry will do
     */
    <K extends EntityKey> Map<K, Entry> find(Collection<K> keys, BiPredicate<? super K, Entry> isGood) {
        String word = generation();
        Map<K, Entry> found = new HashMap<>();
        if (word == null || floors.isForgetful()) {
            return found;
        }
        byTenant(keys)
                .forEach((tenant, some) -> attempt("find", () -> {
                    List<byte @Nullable []> answers = values.getAll(
                            tenant, some.stream().map(SharedEntries::nameOf).toList());
                    for (int i = 0; i < some.size(); i++) {
                        K key = some.get(i);
                        Entry entry = encoding.decode(answers.get(i), word);
                        if (entry != null && isNewEnough(key, entry) && isGood.test(key, entry)) {
                            found.put(key, entry);
                        }
                    }
                }));
        return found;
    }

    /**
     * Shares what was read.
     *
     * @param word the generation in which the read began; null: nothing is shared
     */
    <K extends EntityKey> void keep(@Nullable String word, Map<K, Entry> read) {
        if (word == null) {
            return;
        }
        byTenant(read.keySet()).forEach((tenant, some) -> {
            List<Shared> kept = new ArrayList<>();
            for (K key : some) {
                Entry entry = read.get(key);
                if (entry != null && isNewEnough(key, entry)) {
                    kept.add(encoding.encode(key, entry, word));
                }
            }
            if (!kept.isEmpty()) {
                attempt("keep", () -> values.keep(tenant, kept));
            }
        });
    }

    /** Shares what this instance has written, before others hear of it. Where nothing can be shared now, at least nothing older is. */
    void wrote(List<Changed> changes, Instant now) {
        String word = generation();
        Map<EntityKey, Changed> byKey = new HashMap<>();
        changes.forEach(change -> byKey.put(change.key(), change));
        byTenant(byKey.keySet()).forEach((tenant, some) -> {
            List<Shared> kept = new ArrayList<>();
            for (EntityKey key : some) {
                Changed change = byKey.get(key);
                if (change != null) {
                    kept.add(encoding.encode(key, new Entry(change.value(), now), word));
                }
            }
            overwrite(() -> values.keep(tenant, kept));
        });
    }

    /** Drops what may have been written or not. */
    void drop(List<EntityKey> keys) {
        byTenant(keys)
                .forEach((tenant, some) -> overwrite(() -> values.drop(
                        tenant, some.stream().map(SharedEntries::nameOf).toList())));
    }

    /** Whatever is shared may be old. Never blocks. */
    void end() {
        generation.end();
    }

    private <K extends EntityKey> Map<Tenant, List<K>> byTenant(Collection<K> keys) {
        return keys.stream()
                .filter(key -> key.sort() == null && sharesAny(key.entity()::equals))
                .collect(groupingBy(EntityKey::tenant));
    }

    private boolean isNewEnough(EntityKey key, Entry entry) {
        return entry.version() >= floors.of(key.ref());
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
        }
    }
}
