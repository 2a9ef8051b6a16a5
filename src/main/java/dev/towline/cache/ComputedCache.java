package dev.towline.cache;

import dev.towline.cache.ComputedEntries.Loading;
import dev.towline.cache.SingleFlight.Load;
import dev.towline.geo.Located;
import dev.towline.store.ComputedValue;
import dev.towline.store.Entity;
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

/** Looks computed values up, and has each computed once for all who wait. Thread-safe. */
final class ComputedCache {

    private final ComputedEntries entries;
    private final SharedTier shared;
    private final Freshness freshness;
    private final InstantSource clock;
    private final Executor threads;
    private final SingleFlight<ComputedKey, Result> inFlight = new SingleFlight<>();

    /**
     * What a load has found.
     *
     * @param entry as which it can be remembered, null if it cannot
     * @param tier where it was
     */
    private record Result(Object value, @Nullable ComputedEntry entry, Tier tier) {}

    ComputedCache(
            ComputedEntries entries, SharedTier shared, Freshness freshness, InstantSource clock, Executor threads) {
        this.entries = entries;
        this.shared = shared;
        this.freshness = freshness;
        this.clock = clock;
        this.threads = threads;
    }

    /**
     * The value, remembered or computed on a thread of its own: whoever goes away leaves it running for the others.
     *
     * @param compute what yields the value; may block
     * @param told what came of it, before the value completes
     */
    CompletableFuture<Object> get(
            ComputedKey key, CachePolicy policy, Callable<Object> compute, Consumer<LookupResult> told) {
        ComputedEntry entry = entries.get(key);
        LookupResult lookup = freshness.of(entry, policy);
        if (entry != null && lookup.serves()) {
            if (lookup.status() == CacheStatus.STALE) {
                var _ = load(key, policy, compute);
            }
            told.accept(lookup);
            return CompletableFuture.completedFuture(entry.value());
        }
        Load<Result> load = load(key, policy, compute);
        return load.result().handle((loaded, failure) -> {
            if (failure != null) {
                return afterError(key, policy, failure, told);
            }
            told.accept(result(load, loaded, lookup, policy));
            return loaded.value;
        });
    }

    private LookupResult result(Load<Result> load, Result loaded, LookupResult missed, CachePolicy policy) {
        ComputedEntry cached = loaded.entry != null && loaded.entry.value().isUpToDate() ? loaded.entry : null;
        LookupResult now = freshness.of(cached, policy);
        if (loaded.tier == Tier.L2 && !load.isJoined()) {
            return now.in(Tier.L2);
        }
        return new LookupResult(
                CacheStatus.MISS, load.isJoined() ? Tier.FLIGHT : Tier.STORE, missed.reason(), null, now.remaining());
    }

    /** Forgets what an entity's change makes old; whoever asks from now on waits for no load that began before. */
    void changed(Entity value, @Nullable Entity before) {
        entries.changed(value, before);
        if (value instanceof Located) {
            // Also one that has just ended: it is still shared for a moment, and may have looked before the change.
            String tenant = value.key().tenant().name();
            inFlight.supersede(key -> key.tenant().equals(tenant));
        }
    }

    /** How much is remembered of each field. */
    Map<String, MemorySize> held() {
        return entries.held();
    }

    /**
     * Forgets values by what is in them. Returns how many.
     *
     * @param overtaken which loads under way are not remembered and not waited for any more: what will be in them nobody knows
     */
    int evictIf(Predicate<ComputedKey> overtaken, BiPredicate<ComputedKey, ComputedValue> which) {
        inFlight.supersede(overtaken);
        return entries.evictIf(overtaken, which);
    }

    private Load<Result> load(ComputedKey key, CachePolicy policy, Callable<Object> compute) {
        Load<Result> load = inFlight.of(key, _ -> {
            ComputedEntry entry = entries.get(key);
            return entry != null && freshness.isGood(entry, policy) ? new Result(entry.value(), entry, Tier.L1) : null;
        });
        if (!load.isJoined()) {
            threads.execute(() -> run(key, policy, compute, load));
        }
        return load;
    }

    private void run(ComputedKey key, CachePolicy policy, Callable<Object> compute, Load<Result> load) {
        Loading loading = entries.begin(key);
        Instant start = clock.instant();
        try {
            SharedTier.Found found = shared.find(key);
            ComputedEntry others = found.entry();
            if (others != null && freshness.isGood(others, policy)) {
                complete(loading, load, new Result(others.value(), others, Tier.L2));
                return;
            }
            Object value = compute.call();
            ComputedEntry computed = value instanceof ComputedValue known ? new ComputedEntry(known, start) : null;
            complete(loading, load, new Result(value, computed, Tier.STORE));
            if (computed != null && found.lease() != null && computed.value().isUpToDate() && !loading.isOvertaken()) {
                found.lease().keep(computed, policy.renew() ? policy.maxTtl() : policy.ttl());
            }
        } catch (Throwable e) {
            entries.end(loading, null);
            inFlight.fail(key, load, e);
        }
    }

    private void complete(Loading loading, Load<Result> load, Result result) {
        entries.end(loading, result.entry);
        inFlight.complete(loading.key(), load, result);
    }

    private Object afterError(ComputedKey key, CachePolicy policy, Throwable failure, Consumer<LookupResult> told) {
        ComputedEntry kept = entries.get(key);
        LookupResult result = freshness.afterError(kept, policy);
        if (kept == null || !result.serves()) {
            throw failure instanceof CompletionException e ? e : new CompletionException(failure);
        }
        told.accept(result);
        return kept.value();
    }
}
