package dev.towline.cache;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The loads that are in flight: several callers of one key share one load. A load belongs to nobody, so it goes on when the caller who
 * began it goes away. Thread-safe, does not block.
 *
 * @param <K> what is loaded
 * @param <R> the load result
 */
final class SingleFlight<K, R> {

    private final ConcurrentMap<K, CompletableFuture<R>> inFlight = new ConcurrentHashMap<>();

    /**
     * A caller's share in a load.
     *
     * @param isJoined whether somebody else began it; otherwise this caller must run it, and end it by {@link #complete} or {@link #fail}
     */
    record Load<R>(CompletableFuture<R> result, boolean isJoined) {}

    /**
     * The load of a key: the one that is in flight, or a new one.
     *
     * @param completed looks for the result of a load that completed after the caller looked; null if there is none
     */
    Load<R> of(K key, Function<K, @Nullable R> completed) {
        CompletableFuture<R> own = new CompletableFuture<>();
        CompletableFuture<R> present = inFlight.putIfAbsent(key, own);
        if (present != null) {
            return new Load<>(present, true);
        }
        R result = completed.apply(key);
        if (result == null) {
            return new Load<>(own, false);
        }
        Load<R> load = new Load<>(own, true);
        complete(key, load, result);
        return load;
    }

    /** Ends a load. What it found must be in the cache by now, or a caller in between would load it again. */
    void complete(K key, Load<R> load, R result) {
        inFlight.remove(key, load.result);
        load.result.complete(result);
    }

    /** Ends a load that found nothing out. */
    void fail(K key, Load<R> load, Throwable failure) {
        inFlight.remove(key, load.result);
        load.result.completeExceptionally(failure);
    }

    /** Callers who come from now on do not share the loads of these keys that began before. */
    void supersede(Predicate<K> which) {
        inFlight.keySet().removeIf(which);
    }

    /** How many loads can be joined. */
    int size() {
        return inFlight.size();
    }
}
