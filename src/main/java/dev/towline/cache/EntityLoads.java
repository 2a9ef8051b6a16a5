package dev.towline.cache;

import dev.towline.cache.SingleFlight.Load;
import dev.towline.resolver.Cancellation;
import dev.towline.store.Entity;
import dev.towline.store.EntityKey;
import dev.towline.store.EntityRef;
import dev.towline.store.Table;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** Loads entities in batches. Callers of one key share one load. Thread-safe, does not block: each batch runs on a thread of its own. */
final class EntityLoads {

    private final SingleFlight<EntityRef, Result> inFlight = new SingleFlight<>();
    private final Source source;
    private final SharedTier shared;
    private final EntityEntries entries;
    private final InstantSource clock;
    private final Executor threads;
    private final CacheMetrics metrics;

    EntityLoads(
            Source source,
            SharedTier shared,
            EntityEntries entries,
            InstantSource clock,
            Executor threads,
            CacheMetrics metrics) {
        this.source = source;
        this.shared = shared;
        this.entries = entries;
        this.clock = clock;
        this.threads = threads;
        this.metrics = metrics;
    }

    /** Reads from the store: {@link dev.towline.store.Store#getAll}. Blocking. */
    @FunctionalInterface
    interface Source {

        <K extends EntityKey, T extends Entity> Map<K, T> getAll(Table<T> table, Collection<K> keys);
    }

    /**
     * A load result.
     *
     * @param tier where the entry was found
     */
    record Result(EntityEntry entry, Tier tier) {}

    /**
     * The load of each key: the in-flight load, or a new one. All new loads run in one batch.
     *
     * @param isGood whether an entry of the first or second tier is good enough, so that the store is not read
     */
    <K extends EntityKey, T extends Entity> Map<K, Load<Result>> of(
            Table<T> table, Set<K> keys, BiPredicate<? super K, EntityEntry> isGood) {
        Map<K, Load<Result>> loads = new HashMap<>();
        Map<K, Load<Result>> started = new LinkedHashMap<>();
        for (K key : keys) {
            Load<Result> load = inFlight.of(key.ref(), ref -> {
                EntityEntry cached = entries.get(ref);
                return cached != null && isGood.test(key, cached) ? new Result(cached, Tier.L1) : null;
            });
            loads.put(key, load);
            if (!load.isJoined()) {
                started.put(key, load);
            }
        }
        if (!started.isEmpty()) {
            threads.execute(() -> run(table, started, isGood));
        }
        return loads;
    }

    /** Reads from the store without using the cache. The read is interrupted when nobody waits for {@link Cancellation#current} any more. */
    <K extends EntityKey, T extends Entity> CompletableFuture<Map<K, T>> readUncached(Table<T> table, Set<K> keys) {
        return CompletableFuture.supplyAsync(() -> source.getAll(table, keys), Cancellation.interrupting(threads));
    }

    /** A caller does not wait for its load any more. A batch that nobody waits for is interrupted. */
    void abandon(EntityKey key, Load<Result> load) {
        inFlight.abandon(key.ref(), load);
    }

    /** Supersedes the in-flight loads of these entities: their results are not stored, and later callers start new loads. */
    void supersede(Predicate<EntityRef> which) {
        inFlight.supersede(which);
    }

    /** How many callers wait for the in-flight load of a key, 0 if there is none. */
    int waiting(EntityKey key) {
        return inFlight.waiting(key.ref());
    }

    /** The number of in-flight loads. */
    int size() {
        return inFlight.size();
    }

    private <K extends EntityKey, T extends Entity> void run(
            Table<T> table, Map<K, Load<Result>> started, BiPredicate<? super K, EntityEntry> isGood) {
        String generation = shared.generation();
        Map<K, Load<Result>> open = new LinkedHashMap<>(started);
        try {
            shared.find(started.keySet(), isGood)
                    .forEach((key, entry) ->
                            complete(key, Objects.requireNonNull(open.remove(key)), new Result(entry, Tier.L2)));
            if (!open.isEmpty()) {
                interruptOnceAbandoned(open.values());
                Map<K, EntityEntry> read = read(table, open.keySet());
                open.forEach((key, load) ->
                        complete(key, load, new Result(Objects.requireNonNull(read.get(key)), Tier.STORE)));
                read.keySet()
                        .removeIf(key -> Objects.requireNonNull(open.get(key)).isSuperseded());
                shared.keep(generation, read);
            }
        } catch (Throwable e) {
            open.forEach((key, load) -> inFlight.fail(key.ref(), load, e));
        }
    }

    /** Interrupts this thread, which has no other task after this one, when nobody waits for any of these loads. */
    private static void interruptOnceAbandoned(Collection<Load<Result>> loads) {
        Thread thread = Thread.currentThread();
        var _ = CompletableFuture.allOf(loads.stream().map(Load::abandoned).toArray(CompletableFuture<?>[]::new))
                .thenRun(thread::interrupt);
    }

    private <K extends EntityKey, T extends Entity> Map<K, EntityEntry> read(Table<T> table, Set<K> keys) {
        Instant start = clock.instant();
        Map<K, T> found = metrics.timeLoad(table.entity(), () -> source.getAll(table, keys));
        Map<K, EntityEntry> read = new HashMap<>();
        keys.forEach(key -> read.put(key, new EntityEntry(found.get(key), start)));
        return read;
    }

    private void complete(EntityKey key, Load<Result> load, Result found) {
        EntityEntry newest = entries.offer(key.ref(), found.entry, load.superseded());
        inFlight.complete(key.ref(), load, new Result(newest, found.tier));
    }
}
