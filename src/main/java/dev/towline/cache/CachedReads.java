package dev.towline.cache;

import dev.towline.cache.EntityLoads.Result;
import dev.towline.cache.SingleFlight.Load;
import dev.towline.store.Entity;
import dev.towline.store.EntityKey;
import dev.towline.store.EntityReads;
import dev.towline.store.Table;
import dev.towline.store.VersionFloors;
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
import java.util.concurrent.Executor;

/** Answers the batches of a request: what the memory of this instance could not. A batch fails with any of its keys. Thread-safe. */
final class CachedReads implements EntityReads {

    /** Each time something may have changed once more. */
    private static final int REPETITIONS = 3;

    private final EntityLoads.Source source;
    private final VersionFloors floors;
    private final Freshness freshness;
    private final EntityLoads loads;
    private final Executor threads;

    /** @param threads run the reads that no load stands for */
    CachedReads(
            EntityLoads.Source source, VersionFloors floors, Freshness freshness, EntityLoads loads, Executor threads) {
        this.source = source;
        this.floors = floors;
        this.freshness = freshness;
        this.loads = loads;
        this.threads = threads;
    }

    @Override
    public <K extends EntityKey, T extends Entity> CompletionStage<Map<K, T>> read(
            Table<T> table, Set<K> keys, Map<Object, Object> contexts) {
        Map<K, KeyContext> asked = new HashMap<>();
        Set<K> uncached = new HashSet<>();
        for (K key : keys) {
            if (contexts.get(key) instanceof KeyContext ask) {
                asked.put(key, ask);
            } else {
                uncached.add(key);
            }
        }
        Map<K, T> found = new ConcurrentHashMap<>();
        Map<K, Load<Result>> begun = loads.of(
                table, asked.keySet(), (key, entry) -> isGood(key, Objects.requireNonNull(asked.get(key)), entry));
        List<CompletableFuture<?>> reads = new ArrayList<>();
        begun.forEach((key, load) -> reads.add(await(table, key, Objects.requireNonNull(asked.get(key)), load, found)));
        if (!uncached.isEmpty()) {
            reads.add(CompletableFuture.runAsync(() -> found.putAll(source.getAll(table, uncached)), threads));
        }
        return CompletableFuture.allOf(reads.toArray(CompletableFuture<?>[]::new))
                .thenApply(_ -> found);
    }

    private <K extends EntityKey, T extends Entity> CompletableFuture<?> await(
            Table<T> table, K key, KeyContext ask, Load<Result> load, Map<K, T> found) {
        return load.result()
                .thenCompose(result -> isEnough(key, ask, result)
                        ? CompletableFuture.completedFuture(result)
                        : again(table, key, ask, REPETITIONS))
                .thenAccept(result -> {
                    EntityEntry served = result.entry();
                    ask.outcome = result.tier() == Tier.L2 && !load.isJoined()
                            ? freshness.of(served, ask.policy).in(Tier.L2)
                            : ask.loaded(served, load.isJoined());
                    if (served.value() != null) {
                        @SuppressWarnings("unchecked") // under this key there is nothing else
                        T value = (T) served.value();
                        found.put(key, value);
                    }
                });
    }

    /** The load may have read before a write that this caller knows to be done, or found what is too old for this field. */
    private boolean isEnough(EntityKey key, KeyContext ask, Result result) {
        return result.tier() == Tier.STORE ? isNewEnough(key, result.entry()) : isGood(key, ask, result.entry());
    }

    private boolean isGood(EntityKey key, KeyContext ask, EntityEntry entry) {
        return isNewEnough(key, entry) && freshness.isGood(entry, ask.policy);
    }

    private boolean isNewEnough(EntityKey key, EntityEntry entry) {
        return floors.allows(key.ref(), entry.version());
    }

    /** From where it is stored, unless it joins a load that somebody else has begun. */
    private <K extends EntityKey, T extends Entity> CompletableFuture<Result> again(
            Table<T> table, K key, KeyContext ask, int more) {
        Map<K, Load<Result>> load = loads.of(table, Set.of(key), (_, _) -> false);
        return Objects.requireNonNull(load.get(key))
                .result()
                .thenCompose(result -> more == 0 || isEnough(key, ask, result)
                        ? CompletableFuture.completedFuture(result)
                        : again(table, key, ask, more - 1));
    }
}
