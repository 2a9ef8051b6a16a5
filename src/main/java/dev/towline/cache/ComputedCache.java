package dev.towline.cache;

import dev.towline.cache.SingleFlight.Load;
import dev.towline.geo.Located;
import dev.towline.resolver.Cancellation;
import dev.towline.store.ComputedValue;
import dev.towline.store.Entity;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The cache of computed values. Callers of one key share one computation. Thread-safe, does not block. */
final class ComputedCache {

    private final ComputedEntries entries;
    private final Freshness freshness;
    private final InstantSource clock;
    private final Executor threads;
    private final SingleFlight<ComputedKey, Result> inFlight = new SingleFlight<>();

    /**
     * A load result.
     *
     * @param entry the value as it can be stored, null if it cannot
     */
    private record Result(Object value, @Nullable ComputedEntry entry) {}

    ComputedCache(ComputedEntries entries, Freshness freshness, InstantSource clock, Executor threads) {
        this.entries = entries;
        this.freshness = freshness;
        this.clock = clock;
        this.threads = threads;
    }

    /**
     * The value of a key, cached or computed on a thread of its own. The computation goes on for other callers if this caller goes away, and
     * is interrupted if there are none ({@link Cancellation#current}).
     *
     * @param compute computes the value; may block
     * @param listener receives the lookup result before the value completes
     */
    CompletableFuture<Object> get(
            ComputedKey key, CachePolicy policy, Callable<Object> compute, Consumer<LookupResult> listener) {
        ComputedEntry entry = entries.get(key);
        LookupResult lookup = freshness.of(entry, policy);
        if (entry != null && lookup.serves()) {
            if (lookup.status() == CacheStatus.STALE) {
                var _ = load(key, policy, compute);
            }
            listener.accept(lookup);
            return CompletableFuture.completedFuture(entry.value());
        }
        Load<Result> load = load(key, policy, compute);
        Cancellation caller = Cancellation.current();
        if (caller != null && !load.result().isDone()) {
            caller.onCancel(() -> inFlight.abandon(key, load));
        }
        return load.result().handle((loaded, failure) -> {
            if (failure != null) {
                return afterError(key, policy, failure, listener);
            }
            listener.accept(result(load, loaded, lookup, policy));
            return loaded.value;
        });
    }

    private LookupResult result(Load<Result> load, Result loaded, LookupResult missed, CachePolicy policy) {
        ComputedEntry cached = loaded.entry != null && loaded.entry.value().isUpToDate() ? loaded.entry : null;
        LookupResult now = freshness.of(cached, policy);
        LookupResult miss = new LookupResult(
                CacheStatus.MISS, load.isJoined() ? Tier.FLIGHT : Tier.STORE, missed.reason(), null, now.remaining());
        return loaded.entry == null ? miss : miss.of(loaded.entry.value());
    }

    /** The entry of a key, null if there is none. */
    @Nullable
    ComputedEntry get(ComputedKey key) {
        return entries.get(key);
    }

    /** Decides whether a field may be answered with an entry. */
    LookupResult look(ComputedEntry entry, CachePolicy policy) {
        return freshness.of(entry, policy);
    }

    /**
     * The ingredient of an answer that has this value of a field. Null if there is no entry with this value, because it was not stored, or is
     * not any more.
     */
    @Nullable
    Ingredient ingredient(CachedField field, ComputedKey key, @Nullable Object value) {
        ComputedEntry entry = entries.get(key);
        return entry == null || !entry.isOf(value)
                ? null
                : new ComputedIngredient(this, field, key, new WeakReference<>(entry));
    }

    /**
     * Removes the values that the change of an entity invalidates, and supersedes the loads that may have searched before it.
     *
     * @param before the entity before the change, null if it is new or unknown
     */
    void changed(Entity value, @Nullable Entity before) {
        if (value instanceof Located) {
            String tenant = value.key().tenant().name();
            inFlight.supersede(key -> key.tenant().equals(tenant));
        }
        entries.changed(value, before);
    }

    /** The current size, by field. */
    Map<String, MemorySize> sizes() {
        return entries.sizes();
    }

    /**
     * Removes values. Returns the number of removed values.
     *
     * @param superseded the keys of in-flight loads whose values may be among the removed ones
     */
    int evictIf(Predicate<ComputedKey> superseded, BiPredicate<ComputedKey, ComputedValue> which) {
        inFlight.supersede(superseded);
        return entries.evictIf(which);
    }

    private Load<Result> load(ComputedKey key, CachePolicy policy, Callable<Object> compute) {
        Load<Result> load = inFlight.of(key, _ -> {
            ComputedEntry entry = entries.get(key);
            return entry != null && freshness.isGood(entry, policy) ? new Result(entry.value(), entry) : null;
        });
        if (!load.isJoined()) {
            threads.execute(() -> run(key, compute, load));
        }
        return load;
    }

    private void run(ComputedKey key, Callable<Object> compute, Load<Result> load) {
        Instant start = clock.instant();
        try {
            Object value = interruptedOnceAbandoned(load).during(compute::call);
            ComputedEntry computed = value instanceof ComputedValue known ? new ComputedEntry(known, start) : null;
            complete(key, load, new Result(value, computed));
        } catch (Throwable e) {
            inFlight.fail(key, load, e);
        }
    }

    /** For what is computed on this thread, which has no other task after this one, and on threads that it starts. */
    private static Cancellation interruptedOnceAbandoned(Load<Result> load) {
        Cancellation computation = new Cancellation();
        computation.onCancel(Thread.currentThread()::interrupt);
        var _ = load.abandoned().thenRun(computation::cancel);
        return computation;
    }

    private void complete(ComputedKey key, Load<Result> load, Result result) {
        if (result.entry != null) {
            entries.offer(key, result.entry, load.superseded());
        }
        inFlight.complete(key, load, result);
    }

    private Object afterError(ComputedKey key, CachePolicy policy, Throwable failure, Consumer<LookupResult> listener) {
        ComputedEntry entry = entries.get(key);
        LookupResult result = freshness.afterError(entry, policy);
        if (entry == null || !result.serves()) {
            throw failure instanceof CompletionException e ? e : new CompletionException(failure);
        }
        listener.accept(result);
        return entry.value();
    }
}
