package dev.towline.cache;

import dev.towline.cache.DerivedEntries.Loading;
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
final class DerivedCache {

    private final DerivedEntries entries;
    private final SharedTier shared;
    private final Freshness freshness;
    private final InstantSource clock;
    private final Executor threads;
    private final SingleFlight<DerivedKey, Result> inFlight = new SingleFlight<>();

    /**
     * What a load has found.
     *
     * @param entry as which it can be remembered, null if it cannot
     * @param tier where it was
     */
    private record Result(Object value, @Nullable DerivedEntry entry, Tier tier) {}

    DerivedCache(
            DerivedEntries entries, SharedTier shared, Freshness freshness, InstantSource clock, Executor threads) {
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
            DerivedKey key, CachePolicy policy, Callable<Object> compute, Consumer<Finding> told) {
        DerivedEntry entry = entries.get(key);
        Finding finding = freshness.of(entry, policy);
        if (entry != null && finding.serves()) {
            if (finding.result() == CacheStatus.STALE) {
                var _ = load(key, policy, compute);
            }
            told.accept(finding);
            return CompletableFuture.completedFuture(entry.value());
        }
        Load<Result> load = load(key, policy, compute);
        return load.result().handle((result, failure) -> {
            if (failure != null) {
                return afterError(key, policy, failure, told);
            }
            told.accept(outcome(load, result, finding, policy));
            return result.value;
        });
    }

    private Finding outcome(Load<Result> load, Result result, Finding finding, CachePolicy policy) {
        DerivedEntry kept = result.entry != null && result.entry.value().isUpToDate() ? result.entry : null;
        Finding found = freshness.of(kept, policy);
        if (result.tier == Tier.L2 && !load.isJoined()) {
            return found.in(Tier.L2);
        }
        return new Finding(
                CacheStatus.MISS, load.isJoined() ? Tier.FLIGHT : Tier.STORE, finding.reason(), null, found.remaining());
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
    Map<String, Held> held() {
        return entries.held();
    }

    /**
     * Forgets values by what is in them. Returns how many.
     *
     * @param overtaken which loads under way are not remembered and not waited for any more: what will be in them nobody knows
     */
    int evictIf(Predicate<DerivedKey> overtaken, BiPredicate<DerivedKey, ComputedValue> which) {
        inFlight.supersede(overtaken);
        return entries.evictIf(overtaken, which);
    }

    private Load<Result> load(DerivedKey key, CachePolicy policy, Callable<Object> compute) {
        Load<Result> load = inFlight.of(key, _ -> {
            DerivedEntry entry = entries.get(key);
            return entry != null && freshness.isGood(entry, policy) ? new Result(entry.value(), entry, Tier.L1) : null;
        });
        if (!load.isJoined()) {
            threads.execute(() -> run(key, policy, compute, load));
        }
        return load;
    }

    private void run(DerivedKey key, CachePolicy policy, Callable<Object> compute, Load<Result> load) {
        Loading loading = entries.begin(key);
        Instant start = clock.instant();
        try {
            SharedTier.Found found = shared.find(key);
            DerivedEntry others = found.entry();
            if (others != null && freshness.isGood(others, policy)) {
                complete(loading, load, new Result(others.value(), others, Tier.L2));
                return;
            }
            Object value = compute.call();
            DerivedEntry computed = value instanceof ComputedValue known ? new DerivedEntry(known, start) : null;
            complete(loading, load, new Result(value, computed, Tier.STORE));
            if (computed != null
                    && found.lease() != null
                    && computed.value().isUpToDate()
                    && !loading.isOvertaken()) {
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

    private Object afterError(DerivedKey key, CachePolicy policy, Throwable failure, Consumer<Finding> told) {
        DerivedEntry kept = entries.get(key);
        Finding finding = freshness.afterError(kept, policy);
        if (kept == null || !finding.serves()) {
            throw failure instanceof CompletionException e ? e : new CompletionException(failure);
        }
        told.accept(finding);
        return kept.value();
    }
}
