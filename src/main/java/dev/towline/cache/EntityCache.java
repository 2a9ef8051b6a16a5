package dev.towline.cache;

import dev.towline.cache.EntityLoads.Result;
import dev.towline.cache.SingleFlight.Load;
import dev.towline.resolver.Cancellation;
import dev.towline.store.Entity;
import dev.towline.store.EntityKey;
import dev.towline.store.EntityReads;
import dev.towline.store.Table;
import dev.towline.store.VersionFloors;
import graphql.GraphQLContext;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The cache of entities. {@link CachingDataLoader} looks each key up in the memory of this instance first. The missing keys arrive here in
 * one batch ({@link #read}). Thread-safe, does not block.
 */
final class EntityCache implements EntityReads {

    /**
     * How often a read is repeated whose result is older than a version that the caller has seen, or too old for the field. After that, the
     * caller gets the last result.
     */
    private static final int REPETITIONS = 3;

    private final EntityEntries entries;
    private final VersionFloors floors;
    private final Freshness freshness;
    private final EntityLoads loads;
    private final Map<String, Table<?>> tables;
    private final UsageListener usage;

    EntityCache(
            EntityEntries entries,
            VersionFloors floors,
            Freshness freshness,
            EntityLoads loads,
            List<Table<?>> tables,
            UsageListener usage) {
        this.entries = entries;
        this.floors = floors;
        this.freshness = freshness;
        this.loads = loads;
        this.tables = tables.stream().collect(Collectors.toMap(Table::entity, Function.identity()));
        this.usage = usage;
    }

    /** The entry of an entity in the memory of this instance, null if there is none. */
    @Nullable
    EntityEntry get(EntityKey key) {
        return entries.get(key.ref());
    }

    /** Decides whether a field may be answered with an entry, and does nothing else. */
    LookupResult look(EntityKey key, @Nullable EntityEntry entry, CachePolicy policy) {
        // A client may have seen a newer version on another instance.
        return entry != null && !isNewEnough(key, entry)
                ? LookupResult.miss(Tier.STORE, "seen")
                : freshness.of(key, entry, policy);
    }

    /**
     * The ingredient of an answer that has this value of a field. Null if there is no entry with this value, because it was not stored, or is
     * not any more.
     *
     * @param value the entity, null if there is none
     */
    @Nullable
    Ingredient ingredient(CachedField field, EntityKey key, @Nullable Object value) {
        EntityEntry entry = get(key);
        return entry == null || !entry.isOf(value)
                ? null
                : new EntityIngredient(this, field, key, new WeakReference<>(entry));
    }

    /** Decides whether a field may be answered with an entry. For a stale entry, it starts a load of a newer one. */
    LookupResult lookup(EntityKey key, @Nullable EntityEntry entry, CachePolicy policy) {
        LookupResult result = look(key, entry, policy);
        Table<?> table = tables.get(key.entity());
        if (result.status() == CacheStatus.STALE && table != null) {
            revalidate(table, key, policy);
        }
        return result;
    }

    /** Decides whether a field may be answered with an entry after the batch failed. Another key may have caused the failure. */
    LookupResult lookupAfterError(EntityKey key, @Nullable EntityEntry entry, CachePolicy policy) {
        if (entry == null || !isNewEnough(key, entry)) {
            return LookupResult.miss(Tier.STORE, "error");
        }
        LookupResult result = freshness.of(key, entry, policy);
        return result.isGood() ? result : freshness.afterError(entry, policy);
    }

    /** Counts an answer with this entity. */
    void used(EntityKey key) {
        usage.used(key);
    }

    /**
     * Reads the keys of a batch. Keys with a {@link KeyContext} are read through the cache, others from the store. It fails if one read
     * fails.
     */
    @Override
    public <K extends EntityKey, T extends Entity> CompletionStage<Map<K, T>> read(
            Table<T> table, Set<K> keys, Map<Object, Object> contexts) {
        Map<K, KeyContext> cached = new HashMap<>();
        Set<K> uncached = new HashSet<>();
        for (K key : keys) {
            if (contexts.get(key) instanceof KeyContext context) {
                cached.put(key, context);
            } else {
                uncached.add(key);
            }
        }
        Map<K, T> found = new ConcurrentHashMap<>();
        Map<K, Load<Result>> inFlight = loads.of(
                table,
                cached.keySet(),
                (key, entry) -> isGood(key, Objects.requireNonNull(cached.get(key)).policy, entry));
        List<CompletableFuture<?>> reads = new ArrayList<>();
        inFlight.forEach(
                (key, load) -> reads.add(await(table, key, Objects.requireNonNull(cached.get(key)), load, found)));
        if (!uncached.isEmpty()) {
            reads.add(loads.readUncached(table, uncached).thenAccept(found::putAll));
        }
        return CompletableFuture.allOf(reads.toArray(CompletableFuture<?>[]::new))
                .thenApply(_ -> found);
    }

    @Override
    public <K extends EntityKey, T extends Entity> CompletionStage<Map<K, T>> read(
            Table<T> table, Set<K> keys, Map<Object, Object> contexts, @Nullable Object operation) {
        Cancellation cancellation =
                operation instanceof GraphQLContext context ? context.get(Cancellation.class) : null;
        return cancellation == null
                ? read(table, keys, contexts)
                : cancellation.during(() -> read(table, keys, contexts));
    }

    private <K extends EntityKey, T extends Entity> CompletableFuture<?> await(
            Table<T> table, K key, KeyContext context, Load<Result> load, Map<K, T> found) {
        return newEnough(table, key, context, load, REPETITIONS).thenAccept(result -> {
            EntityEntry served = result.entry();
            context.outcome = result.tier() == Tier.L2 && !load.isJoined()
                    ? freshness.of(key, served, context.policy).in(Tier.L2)
                    : context.loaded(served, load.isJoined());
            if (served.value() != null) {
                @SuppressWarnings("unchecked") // the table has no other type under this key
                T value = (T) served.value();
                found.put(key, value);
            }
        });
    }

    /**
     * The result of a load. If it is older than a version that the caller has seen, or too old for the field, the key is loaded again: from
     * the store, or by joining an in-flight load.
     */
    private <K extends EntityKey, T extends Entity> CompletableFuture<Result> newEnough(
            Table<T> table, K key, KeyContext context, Load<Result> load, int repetitions) {
        if (context.cancellation != null && !load.result().isDone()) {
            context.cancellation.onCancel(() -> loads.abandon(key, load));
        }
        return load.result().thenCompose(result -> {
            boolean isEnough = result.tier() == Tier.STORE
                    ? isNewEnough(key, result.entry())
                    : isGood(key, context.policy, result.entry());
            return isEnough || repetitions == 0
                    ? CompletableFuture.completedFuture(result)
                    : newEnough(table, key, context, load(table, key, (_, _) -> false), repetitions - 1);
        });
    }

    private <T extends Entity> void revalidate(Table<T> table, EntityKey key, CachePolicy policy) {
        load(table, key, (_, entry) -> freshness.isGood(key, entry, policy));
    }

    private <K extends EntityKey, T extends Entity> Load<Result> load(
            Table<T> table, K key, BiPredicate<? super K, EntityEntry> isGood) {
        return Objects.requireNonNull(loads.of(table, Set.of(key), isGood).get(key));
    }

    private boolean isGood(EntityKey key, CachePolicy policy, EntityEntry entry) {
        return isNewEnough(key, entry) && freshness.isGood(key, entry, policy);
    }

    private boolean isNewEnough(EntityKey key, EntityEntry entry) {
        return floors.allows(key.ref(), entry.version());
    }
}
