package dev.towline.cache;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * In-flight loads. Callers of the same key share one load. No caller owns a load: it goes on if the caller who started it goes away, as long as
 * others wait for it. Thread-safe, does not block.
 *
 * @param <K> the key
 * @param <R> the load result
 */
final class SingleFlight<K, R> {

    private final ConcurrentMap<K, Load<R>> inFlight = new ConcurrentHashMap<>();

    /**
     * A load from the view of one caller.
     *
     * @param isJoined whether another caller started it. If not, this caller must run it and end it with {@link #complete} or {@link #fail}
     * @param superseded whether something changed after the load started. Then its result may be outdated and must not be stored
     * @param waiting the number of callers that have not abandoned it
     * @param abandoned completes when all have
     */
    record Load<R>(
            CompletableFuture<R> result,
            boolean isJoined,
            AtomicBoolean superseded,
            AtomicInteger waiting,
            CompletableFuture<Void> abandoned) {

        boolean isSuperseded() {
            return superseded.get();
        }

        private Load<R> joined() {
            return new Load<>(result, true, superseded, waiting, abandoned);
        }
    }

    /**
     * The load of a key: the in-flight load, or a new one. A result that is already there is for this caller only: a change may evict it
     * at any time, and a caller who arrives after that must not get it.
     *
     * @param completed finds the result of a load that completed after the caller looked the key up; null if there is none. Must not call
     *     this object
     */
    Load<R> of(K key, Function<K, @Nullable R> completed) {
        Load<R> own = new Load<>(
                new CompletableFuture<>(), false, new AtomicBoolean(), new AtomicInteger(1), new CompletableFuture<>());
        Load<R> present = inFlight.compute(key, (_, known) -> {
            if (known != null) {
                known.waiting.incrementAndGet();
                return known;
            }
            R result = completed.apply(key);
            if (result == null) {
                return own;
            }
            own.result.complete(result);
            return null;
        });
        if (present == null) {
            return own.joined();
        }
        return own.equals(present) ? own : present.joined();
    }

    /** Ends a load. Store its result before the call; otherwise another caller may start the same load again. */
    void complete(K key, Load<R> load, R result) {
        inFlight.remove(key, load);
        load.result.complete(result);
    }

    /** Ends a failed load. */
    void fail(K key, Load<R> load, Throwable failure) {
        inFlight.remove(key, load);
        load.result.completeExceptionally(failure);
    }

    /**
     * A caller does not wait for its load any more. Each caller says so once. When the last one does, later callers start a new load, and the
     * result must not be stored: nobody would supersede the load after an eviction.
     */
    void abandon(K key, Load<R> load) {
        inFlight.compute(key, (_, present) -> {
            boolean isLast = load.waiting.decrementAndGet() == 0;
            if (isLast) {
                load.superseded.set(true);
            }
            return isLast && present != null && present.waiting.equals(load.waiting) ? null : present;
        });
        // Nobody can join it after the last one.
        if (load.waiting.get() == 0) {
            load.abandoned.complete(null);
        }
    }

    /** Marks the in-flight loads of these keys as superseded. Later callers start new loads. */
    void supersede(Predicate<K> which) {
        inFlight.entrySet().removeIf(each -> {
            boolean isSuperseded = which.test(each.getKey());
            if (isSuperseded) {
                each.getValue().superseded.set(true);
            }
            return isSuperseded;
        });
    }

    /** How many callers wait for the load of a key that others can join, 0 if there is none. */
    int waiting(K key) {
        Load<R> load = inFlight.get(key);
        return load == null ? 0 : load.waiting.get();
    }

    /** The number of loads that callers can join. */
    int size() {
        return inFlight.size();
    }
}
