package dev.towline.cache;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The loads that are in flight. Several callers of one key share one load. No caller owns a load: it goes on when the caller who started
 * it goes away. Thread-safe, does not block.
 *
 * @param <K> the key of what is loaded
 * @param <R> the load result
 */
final class SingleFlight<K, R> {

    private final ConcurrentMap<K, Load<R>> inFlight = new ConcurrentHashMap<>();

    /**
     * A load as one of its callers sees it.
     *
     * @param isJoined whether another caller started it; otherwise this caller must run it, and end it by {@link #complete} or {@link #fail}
     * @param superseded whether something changed after the load started; its result may be older than the change and must not be stored
     */
    record Load<R>(CompletableFuture<R> result, boolean isJoined, AtomicBoolean superseded) {

        boolean isSuperseded() {
            return superseded.get();
        }

        private Load<R> joined() {
            return new Load<>(result, true, superseded);
        }
    }

    /**
     * The load of a key: the one that is in flight, or a new one.
     *
     * @param completed looks for the result of a load that completed after the caller looked; null if there is none
     */
    Load<R> of(K key, Function<K, @Nullable R> completed) {
        Load<R> own = new Load<>(new CompletableFuture<>(), false, new AtomicBoolean());
        Load<R> present = inFlight.putIfAbsent(key, own);
        if (present != null) {
            return present.joined();
        }
        R result = completed.apply(key);
        if (result == null) {
            return own;
        }
        complete(key, own, result);
        return own.joined();
    }

    /** Ends a load. Its result must be in the cache by now: a caller who comes in between would load it again. */
    void complete(K key, Load<R> load, R result) {
        inFlight.remove(key, load);
        load.result.complete(result);
    }

    /** Ends a load that has failed. */
    void fail(K key, Load<R> load, Throwable failure) {
        inFlight.remove(key, load);
        load.result.completeExceptionally(failure);
    }

    /** Marks the loads of these keys as superseded. Callers who come later start new ones. */
    void supersede(Predicate<K> which) {
        inFlight.entrySet().removeIf(each -> {
            boolean isSuperseded = which.test(each.getKey());
            if (isSuperseded) {
                each.getValue().superseded.set(true);
            }
            return isSuperseded;
        });
    }

    /** How many loads can be joined. */
    int size() {
        return inFlight.size();
    }
}
