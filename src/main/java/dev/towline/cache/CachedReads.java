package dev.towline.cache;

import dev.towline.cache.Flights.Flight;
import dev.towline.cache.Flights.Landed;
import dev.towline.store.Entity;
import dev.towline.store.EntityKey;
import dev.towline.store.EntityReads;
import dev.towline.store.Floors;
import dev.towline.store.Table;
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

    private final Flights.Source source;
    private final Floors floors;
    private final Freshness freshness;
    private final Flights flights;
    private final Executor threads;

    /** @param threads run the reads that no load stands for */
    CachedReads(Flights.Source source, Floors floors, Freshness freshness, Flights flights, Executor threads) {
        this.source = source;
        this.floors = floors;
        this.freshness = freshness;
        this.flights = flights;
        this.threads = threads;
    }

    @Override
    public <K extends EntityKey, T extends Entity> CompletionStage<Map<K, T>> read(
            Table<T> table, Set<K> keys, Map<Object, Object> contexts) {
        Map<K, Ask> asked = new HashMap<>();
        Set<K> uncached = new HashSet<>();
        for (K key : keys) {
            if (contexts.get(key) instanceof Ask ask) {
                asked.put(key, ask);
            } else {
                uncached.add(key);
            }
        }
        Map<K, T> found = new ConcurrentHashMap<>();
        Map<K, Flight> begun = flights.of(
                table, asked.keySet(), (key, entry) -> isGood(key, Objects.requireNonNull(asked.get(key)), entry));
        List<CompletableFuture<?>> reads = new ArrayList<>();
        begun.forEach(
                (key, flight) -> reads.add(land(table, key, Objects.requireNonNull(asked.get(key)), flight, found)));
        if (!uncached.isEmpty()) {
            reads.add(CompletableFuture.runAsync(() -> found.putAll(source.getAll(table, uncached)), threads));
        }
        return CompletableFuture.allOf(reads.toArray(CompletableFuture<?>[]::new))
                .thenApply(_ -> found);
    }

    private <K extends EntityKey, T extends Entity> CompletableFuture<?> land(
            Table<T> table, K key, Ask ask, Flight flight, Map<K, T> found) {
        return flight.landing()
                .thenCompose(landed -> isEnough(key, ask, landed)
                        ? CompletableFuture.completedFuture(landed)
                        : again(table, key, ask, REPETITIONS))
                .thenAccept(landed -> {
                    Entry served = landed.entry();
                    ask.outcome = landed.tier() == Tier.L2 && !flight.isJoined()
                            ? freshness.of(served, ask.policy).in(Tier.L2)
                            : ask.loaded(served, flight.isJoined());
                    if (served.value() != null) {
                        @SuppressWarnings("unchecked") // under this key there is nothing else
                        T value = (T) served.value();
                        found.put(key, value);
                    }
                });
    }

    /** The load may have read before a write that this caller knows to be done, or found what is too old for this field. */
    private boolean isEnough(EntityKey key, Ask ask, Landed landed) {
        return landed.tier() == Tier.STORE ? isNewEnough(key, landed.entry()) : isGood(key, ask, landed.entry());
    }

    private boolean isGood(EntityKey key, Ask ask, Entry entry) {
        return isNewEnough(key, entry) && freshness.isGood(entry, ask.policy);
    }

    private boolean isNewEnough(EntityKey key, Entry entry) {
        return entry.version() >= floors.of(key.ref());
    }

    /** From where it is stored, unless it joins a load that somebody else has begun. */
    private <K extends EntityKey, T extends Entity> CompletableFuture<Landed> again(
            Table<T> table, K key, Ask ask, int more) {
        Map<K, Flight> flight = flights.of(table, Set.of(key), (_, _) -> false);
        return Objects.requireNonNull(flight.get(key))
                .landing()
                .thenCompose(landed -> more == 0 || isEnough(key, ask, landed)
                        ? CompletableFuture.completedFuture(landed)
                        : again(table, key, ask, more - 1));
    }
}
