package dev.towline.cache;

import dev.towline.cache.DerivedEntries.Loading;
import dev.towline.geo.Located;
import dev.towline.store.ComputedValue;
import dev.towline.store.Entity;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Looks computed values up, and has each computed once for all who wait. Thread-safe. */
final class DerivedCache {

    private final DerivedEntries entries;
    private final SharedPages shared;
    private final Freshness freshness;
    private final InstantSource clock;
    private final Executor threads;
    private final ConcurrentMap<DerivedKey, CompletableFuture<Landed>> open = new ConcurrentHashMap<>();

    /** @param isJoined whether somebody else had begun it */
    private record Load(CompletableFuture<Landed> landing, boolean isJoined) {}

    /**
     * What has come.
     *
     * @param entry as which it can be remembered, null if it cannot
     * @param tier where it was
     */
    private record Landed(Object value, @Nullable DerivedEntry entry, Tier tier) {}

    DerivedCache(
            DerivedEntries entries, SharedPages shared, Freshness freshness, InstantSource clock, Executor threads) {
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
            if (finding.result() == Result.STALE) {
                var _ = load(key, policy, compute);
            }
            told.accept(finding);
            return CompletableFuture.completedFuture(entry.value());
        }
        Load load = load(key, policy, compute);
        return load.landing.handle((landed, failure) -> {
            if (failure != null) {
                return afterError(key, policy, failure, told);
            }
            told.accept(outcome(load, landed, finding, policy));
            return landed.value;
        });
    }

    private Finding outcome(Load load, Landed landed, Finding finding, CachePolicy policy) {
        DerivedEntry kept = landed.entry != null && landed.entry.value().isUpToDate() ? landed.entry : null;
        Finding found = freshness.of(kept, policy);
        if (landed.tier == Tier.L2 && !load.isJoined) {
            return found.in(Tier.L2);
        }
        return new Finding(
                Result.MISS, load.isJoined ? Tier.FLIGHT : Tier.STORE, finding.reason(), null, found.remaining());
    }

    /** Forgets what an entity's change makes old; whoever asks from now on waits for no load that began before. */
    void changed(Entity value, @Nullable Entity before) {
        shared.happened(value.key().tenant(), ChangedPlace.of(value, before));
        entries.changed(value, before);
        if (value instanceof Located) {
            // Also one that has just ended: it is still shared for a moment, and may have looked before the change.
            String tenant = value.key().tenant().name();
            open.keySet().removeIf(key -> key.tenant().equals(tenant));
        }
    }

    /** How much is remembered of each field. */
    Map<String, Held> held() {
        return entries.held();
    }

    /** Forgets the values of these keys. Returns how many. */
    int evictIf(Predicate<DerivedKey> which) {
        open.keySet().removeIf(which);
        return entries.evictIf(which);
    }

    /**
     * Forgets values by what is in them. Returns how many.
     *
     * @param overtaken which loads under way are not remembered and not waited for any more: what will be in them nobody knows
     */
    int evictIf(Predicate<DerivedKey> overtaken, BiPredicate<DerivedKey, ComputedValue> which) {
        open.keySet().removeIf(overtaken);
        return entries.evictIf(overtaken, which);
    }

    private Load load(DerivedKey key, CachePolicy policy, Callable<Object> compute) {
        CompletableFuture<Landed> own = new CompletableFuture<>();
        CompletableFuture<Landed> present = open.putIfAbsent(key, own);
        if (present != null) {
            return new Load(present, true);
        }
        // Somebody's load may have landed since the caller looked.
        DerivedEntry landed = entries.get(key);
        if (landed != null && freshness.isGood(landed, policy)) {
            open.remove(key, own);
            own.complete(new Landed(landed.value(), landed, Tier.L1));
            return new Load(own, true);
        }
        threads.execute(() -> load(key, policy, compute, own));
        return new Load(own, false);
    }

    private void load(DerivedKey key, CachePolicy policy, Callable<Object> compute, CompletableFuture<Landed> landing) {
        Loading loading = entries.begin(key);
        Instant start = clock.instant();
        try {
            SharedPages.Look look = shared.look(key);
            DerivedEntry others = look.entry();
            if (others != null && freshness.isGood(others, policy)) {
                land(loading, landing, new Landed(others.value(), others, Tier.L2));
                return;
            }
            Object value = compute.call();
            DerivedEntry found = value instanceof ComputedValue derived ? new DerivedEntry(derived, start) : null;
            land(loading, landing, new Landed(value, found, Tier.STORE));
            if (found != null && found.value().isUpToDate() && !loading.isOvertaken()) {
                shared.keep(look.begun(), found, policy.renew() ? policy.maxTtl() : policy.ttl());
            }
        } catch (Throwable e) {
            entries.end(loading, null);
            open.remove(key, landing);
            landing.completeExceptionally(e);
        }
    }

    private void land(Loading loading, CompletableFuture<Landed> landing, Landed landed) {
        entries.end(loading, landed.entry);
        open.remove(loading.key(), landing);
        landing.complete(landed);
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
