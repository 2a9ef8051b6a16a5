package dev.towline.cache;

import dev.towline.cache.SingleFlight.Load;
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
import java.util.concurrent.Executor;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** Loads entities, each once for all who wait for it, in batches. Thread-safe; only the loads themselves block, on threads of their own. */
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

    /** Where everything is stored: {@link dev.towline.store.Store#getAll}. Blocking. */
    @FunctionalInterface
    interface Source {

        <K extends EntityKey, T extends Entity> Map<K, T> getAll(Table<T> table, Collection<K> keys);
    }

    /**
     * What a load has found.
     *
     * @param tier where
     */
    record Result(EntityEntry entry, Tier tier) {}

    /**
     * The loads of all these keys: joined where one is in flight, begun in one batch where not.
     *
     * @param isGood whether what is in the first or second tier will do in place of a load
     */
    <K extends EntityKey, T extends Entity> Map<K, Load<Result>> of(
            Table<T> table, Set<K> keys, BiPredicate<? super K, EntityEntry> isGood) {
        Map<K, Load<Result>> loads = new HashMap<>();
        Map<K, Load<Result>> begun = new LinkedHashMap<>();
        long epoch = entries.epoch();
        for (K key : keys) {
            Load<Result> load = inFlight.of(key.ref(), ref -> {
                EntityEntry cached = entries.get(ref);
                return cached != null && isGood.test(key, cached) ? new Result(cached, Tier.L1) : null;
            });
            loads.put(key, load);
            if (!load.isJoined()) {
                begun.put(key, load);
            }
        }
        if (!begun.isEmpty()) {
            threads.execute(() -> run(table, begun, epoch, isGood));
        }
        return loads;
    }

    /** Callers who come from now on wait for no load of these that began before. */
    void supersede(Predicate<EntityRef> which) {
        inFlight.supersede(which);
    }

    /** How many entities are being loaded. */
    int size() {
        return inFlight.size();
    }

    private <K extends EntityKey, T extends Entity> void run(
            Table<T> table, Map<K, Load<Result>> begun, long epoch, BiPredicate<? super K, EntityEntry> isGood) {
        String generation = shared.generation();
        try {
            shared.find(begun.keySet(), isGood).forEach((key, entry) -> {
                complete(key, Objects.requireNonNull(begun.get(key)), new Result(entry, Tier.L2), epoch);
                begun.remove(key);
            });
            if (!begun.isEmpty()) {
                Map<K, EntityEntry> read = read(table, begun.keySet());
                begun.forEach((key, load) ->
                        complete(key, load, new Result(Objects.requireNonNull(read.get(key)), Tier.STORE), epoch));
                if (entries.epoch() == epoch) {
                    shared.keep(generation, read);
                }
            }
        } catch (Throwable e) {
            begun.forEach((key, load) -> inFlight.fail(key.ref(), load, e));
        }
    }

    private <K extends EntityKey, T extends Entity> Map<K, EntityEntry> read(Table<T> table, Set<K> keys) {
        Instant start = clock.instant();
        Map<K, T> found = metrics.timeLoad(table.entity(), () -> source.getAll(table, keys));
        Map<K, EntityEntry> read = new HashMap<>();
        keys.forEach(key -> read.put(key, new EntityEntry(found.get(key), start)));
        return read;
    }

    private void complete(EntityKey key, Load<Result> load, Result found, long epoch) {
        EntityEntry newest = entries.offer(key.ref(), found.entry, epoch);
        inFlight.complete(key.ref(), load, new Result(newest, found.tier));
    }
}
