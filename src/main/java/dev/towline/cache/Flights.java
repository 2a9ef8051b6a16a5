package dev.towline.cache;

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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * The loads that are under way: whoever needs a key that somebody is loading waits for that load. Loads run on threads of their own, so one
 * goes on when the caller who began it goes away. Thread-safe; nothing here blocks.
 */
final class Flights {

    private final ConcurrentMap<EntityRef, Open> open = new ConcurrentHashMap<>();
    private final Source source;
    private final SharedTier shared;
    private final Entries entries;
    private final InstantSource clock;
    private final Executor threads;
    private final CacheMetrics metrics;

    Flights(
            Source source,
            SharedTier shared,
            Entries entries,
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
     * A load that others may join: who comes in a later epoch may not, it may have read what was changed unheard.
     *
     * @param epoch of the entries when it was begun
     */
    private record Open(CompletableFuture<Landed> landing, long epoch) {}

    /**
     * What a load has found.
     *
     * @param tier where
     */
    record Landed(Entry entry, Tier tier) {}

    /**
     * A key's load.
     *
     * @param isJoined whether somebody else had begun it
     */
    record Flight(CompletableFuture<Landed> landing, boolean isJoined) {}

    /**
     * The loads of all these keys: joined where one is under way, begun in one batch where not.
     *
     * @param isGood whether what is remembered or shared will do in place of a load
     */
    <K extends EntityKey, T extends Entity> Map<K, Flight> of(
            Table<T> table, Set<K> keys, BiPredicate<? super K, Entry> isGood) {
        Map<K, Flight> flights = new HashMap<>();
        Map<K, Open> begun = new LinkedHashMap<>();
        long epoch = entries.epoch();
        for (K key : keys) {
            Open own = new Open(new CompletableFuture<>(), epoch);
            Open joined = open.merge(key.ref(), own, (present, _) -> present.epoch < epoch ? own : present);
            boolean isJoined = !joined.equals(own);
            // Somebody's load may have landed since the caller looked.
            Entry landed = isJoined ? null : entries.get(key.ref());
            if (landed != null && isGood.test(key, landed)) {
                open.remove(key.ref(), own);
                own.landing.complete(new Landed(landed, Tier.L1));
                isJoined = true;
            }
            flights.put(key, new Flight(joined.landing, isJoined));
            if (!isJoined) {
                begun.put(key, own);
            }
        }
        if (!begun.isEmpty()) {
            threads.execute(() -> load(table, begun, epoch, isGood));
        }
        return flights;
    }

    /** Whoever needs one of these from now on waits for no load that began before. */
    void overtake(Predicate<EntityRef> which) {
        open.keySet().removeIf(which);
    }

    /** How many keys are being loaded. */
    int size() {
        return open.size();
    }

    private <K extends EntityKey, T extends Entity> void load(
            Table<T> table, Map<K, Open> begun, long epoch, BiPredicate<? super K, Entry> isGood) {
        String generation = shared.generation();
        try {
            shared.find(begun.keySet(), isGood).forEach((key, entry) -> {
                land(key, Objects.requireNonNull(begun.get(key)), entry, Tier.L2);
                begun.remove(key);
            });
            if (!begun.isEmpty()) {
                Map<K, Entry> read = read(table, begun.keySet());
                begun.forEach((key, own) -> land(key, own, Objects.requireNonNull(read.get(key)), Tier.STORE));
                if (entries.epoch() == epoch) {
                    shared.keep(generation, read);
                }
            }
        } catch (Throwable e) {
            begun.forEach((key, own) -> {
                open.remove(key.ref(), own);
                own.landing.completeExceptionally(e);
            });
        }
    }

    private <K extends EntityKey, T extends Entity> Map<K, Entry> read(Table<T> table, Set<K> keys) {
        Instant start = clock.instant();
        Map<K, T> found = metrics.timeLoad(table.entity(), () -> source.getAll(table, keys));
        Map<K, Entry> read = new HashMap<>();
        keys.forEach(key -> read.put(key, new Entry(found.get(key), start)));
        return read;
    }

    private void land(EntityKey key, Open own, Entry found, Tier tier) {
        Entry newest = entries.offer(key.ref(), found, own.epoch);
        // Remembered before it is closed: else somebody in between would load it again.
        open.remove(key.ref(), own);
        own.landing.complete(new Landed(newest, tier));
    }
}
