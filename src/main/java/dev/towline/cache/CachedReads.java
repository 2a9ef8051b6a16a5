package dev.towline.cache;

import dev.towline.cache.Flights.Flight;
import dev.towline.dynamo.Entity;
import dev.towline.dynamo.EntityKey;
import dev.towline.dynamo.EntityReads;
import dev.towline.dynamo.Floors;
import dev.towline.dynamo.Table;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Answers the batches of a request: what the memory of this instance could not. Thread-safe. */
final class CachedReads implements EntityReads {

    private final Flights.Source source;
    private final Floors floors;
    private final Entries entries;
    private final Freshness freshness;
    private final Flights flights;

    CachedReads(Flights.Source source, Floors floors, Entries entries, Freshness freshness, Flights flights) {
        this.source = source;
        this.floors = floors;
        this.entries = entries;
        this.freshness = freshness;
        this.flights = flights;
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
        Map<K, Flight> begun = flights.of(table, asked.keySet());
        CompletableFuture<?>[] landings = begun.entrySet().stream()
                .map(each -> land(
                        table, each.getKey(), Objects.requireNonNull(asked.get(each.getKey())), each.getValue(), found))
                .toArray(CompletableFuture<?>[]::new);
        if (!uncached.isEmpty()) {
            found.putAll(source.getAll(table, uncached));
        }
        return CompletableFuture.allOf(landings).thenApply(_ -> found);
    }

    private <K extends EntityKey, T extends Entity> CompletableFuture<?> land(
            Table<T> table, K key, Ask ask, Flight flight, Map<K, T> found) {
        return flight.landing()
                // The load may have read before a write that this caller knows to be done.
                .thenCompose(entry -> entry.version() >= floors.of(key.ref())
                        ? CompletableFuture.completedFuture(entry)
                        : again(table, key))
                .handle((entry, failure) -> {
                    Entry served = failure == null ? entry : afterError(key, ask, failure);
                    if (failure == null) {
                        ask.outcome = ask.loaded(entry, flight.isJoined());
                    }
                    if (served.value() != null) {
                        @SuppressWarnings("unchecked") // under this key there is nothing else
                        T value = (T) served.value();
                        found.put(key, value);
                    }
                    return served;
                });
    }

    private <K extends EntityKey, T extends Entity> CompletableFuture<Entry> again(Table<T> table, K key) {
        return Objects.requireNonNull(flights.of(table, Set.of(key)).get(key)).landing();
    }

    private Entry afterError(EntityKey key, Ask ask, Throwable failure) {
        Entry kept = entries.get(key.ref());
        Finding finding = freshness.afterError(kept, ask.policy);
        if (kept == null || !finding.serves()) {
            throw failure instanceof CompletionException e ? e : new CompletionException(failure);
        }
        ask.outcome = finding;
        return kept;
    }
}
