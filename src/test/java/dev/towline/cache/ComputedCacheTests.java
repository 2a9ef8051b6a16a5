package dev.towline.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.towline.geo.Area;
import dev.towline.geo.GeoPoint;
import dev.towline.problem.Unavailable;
import dev.towline.store.ComputedValue;
import dev.towline.store.EntityRef;
import dev.towline.viewer.Tenant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The cache of computed values. */
class ComputedCacheTests {

    private static final CachePolicy POLICY =
            Policies.of("ttlSeconds: 10, scope: PUBLIC, staleSeconds: 5, staleOnErrorSeconds: 60");
    private static final ComputedKey KEY = key("a");

    private volatile Instant now = Instant.parse("2026-03-21T14:00:00Z");
    private final List<String> evictions = new CopyOnWriteArrayList<>();
    private final ComputedEntries entries = new ComputedEntries(1_000_000, (_, cause) -> evictions.add(cause));
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ComputedCache cache =
            new ComputedCache(entries, new Freshness(() -> now, () -> true), () -> now, threads);
    private final AtomicInteger computations = new AtomicInteger();

    /** The computation. */
    private volatile Callable<Object> source = Around::of;

    @AfterEach
    void awaitEverything() {
        threads.close();
    }

    @Test
    void cachesAValue() {
        assertThat(ask()).isEqualTo("miss:store:absent");
        assertThat(ask()).isEqualTo("hit:l1:null");
        assertThat(computations).hasValue(1);
    }

    @Test
    void computesAgainAfterTheTtl() {
        ask();
        now = now.plusSeconds(15);
        assertThat(ask()).isEqualTo("miss:store:expired");
        assertThat(computations).hasValue(2);
    }

    @Test
    void aChangeOfAContainedEntityInvalidatesAValue() {
        source = () -> new Around(List.of(Truck.at(Around.FAR_AWAY, 1)), null, true);
        ask();
        cache.changed(other(Around.INSIDE), null);
        assertThat(isRemembered()).isTrue();
        cache.changed(Truck.at(Around.OUTSIDE, 2), Truck.at(Around.FAR_AWAY, 1));
        assertThat(isRemembered()).isFalse();
    }

    @Test
    void anEntityThatMovesIntoTheAreaInvalidatesAValue() {
        ask();
        cache.changed(Truck.at(Around.INSIDE, 2), Truck.at(Around.FAR_AWAY, 1));
        assertThat(isRemembered()).isFalse();
    }

    @Test
    void anUnlistedEntityThatMovesOutOfTheAreaInvalidatesAValue() {
        ask();
        cache.changed(Truck.at(Around.FAR_AWAY, 2), Truck.at(Around.INSIDE, 1));
        assertThat(isRemembered()).isFalse();
    }

    @Test
    void aNewEntityInTheAreaInvalidatesAnEmptyValue() {
        ask();
        cache.changed(Truck.at(Around.INSIDE, 1), null);
        assertThat(isRemembered()).isFalse();
    }

    @Test
    void aChangeOutsideOfTheAreaInvalidatesNothing() {
        source = () -> Around.of(Truck.at(Around.INSIDE, 1));
        ask();
        cache.changed(other(Around.OUTSIDE), other(Around.FAR_AWAY));
        cache.changed(other(Around.FAR_AWAY), null);
        assertThat(isRemembered()).isTrue();
    }

    @Test
    void aChangeOfAnotherTenantInvalidatesNothing() {
        source = () -> Around.of(Truck.at(Around.INSIDE, 1));
        ask();
        cache.changed(Truck.of(new Tenant("zenith"), "k1", 2, Around.INSIDE, null), null);
        assertThat(isRemembered()).isTrue();
        assertThat(evictions).isEmpty();
    }

    @Test
    void neitherCachesNorSharesALoadThatBeganBeforeAChange() {
        AtomicReference<Around> there = new AtomicReference<>(Around.of());
        CountDownLatch gate = new CountDownLatch(1);
        source = () -> {
            Around found = there.get();
            pass(gate);
            return found;
        };
        CompletableFuture<Object> early = get(KEY);
        await().until(() -> computations.get() == 1);

        there.set(Around.of(Truck.at(Around.INSIDE, 1)));
        cache.changed(Truck.at(Around.INSIDE, 1), null);
        CompletableFuture<Object> late = get(KEY);
        await().until(() -> computations.get() == 2);
        gate.countDown();

        assertThat(late.join()).isEqualTo(there.get());
        assertThat(early.join()).isEqualTo(Around.of());
        assertThat(get(KEY).join()).isEqualTo(there.get());
    }

    @Test
    void doesNotCacheALoadThatBeganBeforeAChange() {
        CountDownLatch gate = hold();
        CompletableFuture<Object> early = get(KEY);
        await().until(() -> computations.get() == 1);
        cache.changed(Truck.at(Around.FAR_AWAY, 1), null);
        gate.countDown();
        early.join();
        assertThat(isRemembered()).isFalse();
        assertThat(entries.isEmpty()).isTrue();
    }

    @Test
    void cachesALoadDuringAChangeOfAnotherTenant() {
        CountDownLatch gate = hold();
        CompletableFuture<Object> load = get(KEY);
        await().until(() -> computations.get() == 1);
        cache.changed(Truck.of(new Tenant("zenith"), "k1", 1, Around.INSIDE, null), null);
        assertThat(get(KEY)).isNotDone();
        gate.countDown();
        load.join();
        assertThat(isRemembered()).isTrue();
        assertThat(computations).hasValue(1);
    }

    @Test
    void neitherCachesNorSharesAnEvictedLoad() {
        CountDownLatch gate = hold();
        CompletableFuture<Object> early = get(KEY);
        await().until(() -> computations.get() == 1);
        cache.evictIf(_ -> true, (_, _) -> true);
        CompletableFuture<Object> late = get(key("b"));
        CompletableFuture<Object> again = get(KEY);
        await().until(() -> computations.get() == 3);
        source = () -> {
            throw new IllegalStateException("not asked any more");
        };
        gate.countDown();
        CompletableFuture.allOf(early, late, again).join();
        assertThat(isRemembered()).isTrue();
    }

    @Test
    void computesOnceForAllWaitingCallers() throws InterruptedException {
        CountDownLatch gate = hold();
        List<String> outcomes = new CopyOnWriteArrayList<>();
        List<CompletableFuture<Object>> waiting = new CopyOnWriteArrayList<>();
        CountDownLatch asked = new CountDownLatch(500);
        for (int i = 0; i < 500; i++) {
            threads.execute(() -> {
                waiting.add(cache.get(KEY, POLICY, this::compute, result -> outcomes.add(text(result))));
                asked.countDown();
            });
        }
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
        gate.countDown();
        assertThat(waiting)
                .hasSize(500)
                .allSatisfy(each -> assertThat(each.join()).isEqualTo(Around.of()));
        assertThat(computations).hasValue(1);
        assertThat(outcomes).hasSize(500).contains("miss:store:absent", "miss:flight:absent");
    }

    @Test
    void aFailureFailsAllCallersAndIsNotCached() {
        CountDownLatch gate = new CountDownLatch(1);
        source = () -> {
            pass(gate);
            throw new Unavailable("cut off", null);
        };
        List<CompletableFuture<Object>> waiting = List.of(get(KEY), get(KEY), get(KEY));
        gate.countDown();
        assertThat(waiting)
                .allSatisfy(each -> assertThatThrownBy(
                                () -> each.orTimeout(10, TimeUnit.SECONDS).join())
                        .isInstanceOf(CompletionException.class)
                        .hasCauseInstanceOf(Unavailable.class));
        assertThat(computations).hasValue(1);

        source = Around::of;
        assertThat(ask()).isEqualTo("miss:store:absent");
    }

    @Test
    void doesNotCacheAValueThatMayBeOutdated() {
        source = () -> new Around(List.of(), Around.AREA, false);
        ask();
        assertThat(ask()).isEqualTo("miss:store:absent");
        assertThat(entries.isEmpty()).isTrue();
    }

    @Test
    void doesNotCacheAValueWithUnknownSources() {
        source = () -> "text";
        assertThat(get(KEY).join()).isEqualTo("text");
        assertThat(ask()).isEqualTo("miss:store:absent");
    }

    @Test
    void servesStaleAndComputesMeanwhile() {
        ask();
        source = () -> Around.of(Truck.at(Around.INSIDE, 1));
        now = now.plusSeconds(12);
        assertThat(get(KEY).join()).isEqualTo(Around.of());
        await().untilAsserted(() -> assertThat(get(KEY).join()).isEqualTo(Around.of(Truck.at(Around.INSIDE, 1))));
        assertThat(ask()).isEqualTo("hit:l1:null");
        assertThat(computations).hasValue(2);
    }

    @Test
    void servesStaleOnError() {
        ask();
        source = () -> {
            throw new Unavailable("cut off", null);
        };
        now = now.plusSeconds(69);
        assertThat(ask()).isEqualTo("stale:l1:error");
        now = now.plusSeconds(1);
        assertThatThrownBy(() -> get(KEY).join()).hasRootCauseInstanceOf(Unavailable.class);
    }

    @Test
    void evictionLeavesNothingInTheIndexes() {
        source = () -> Around.of(Truck.at(Around.INSIDE, 1), other(Around.INSIDE));
        for (int i = 0; i < 100; i++) {
            get(key("q" + i)).join();
        }
        assertThat(entries.size().entries()).isEqualTo(100);
        assertThat(cache.evictIf(_ -> true, (key, _) -> !key.equals(key("q7")))).isEqualTo(99);
        assertThat(entries.isEmpty()).isFalse();
        cache.changed(other(Around.INSIDE), null);
        assertThat(entries.isEmpty()).isTrue();
        assertThat(evictions).hasSize(100).containsOnly("explicit");
    }

    @Test
    void staysWithinItsWeightAndLeavesNothingInTheIndexes() {
        ComputedEntries small = new ComputedEntries(20_000, (of, cause) -> evictions.add(of + " " + cause));
        for (int i = 0; i < 1000; i++) {
            Around found =
                    new Around(List.of(Truck.of(Thing.ACME, "k" + i, 1, Around.INSIDE, null)), Around.AREA, true);
            small.offer(key("q" + i), new ComputedEntry(found, now), new AtomicBoolean());
        }
        assertThat(small.size().entries()).as("each weighs 1700 bytes").isBetween(5L, 11L);
        assertThat(evictions).hasSizeGreaterThan(980).containsOnly("Query.around size");
        small.evictIf((_, _) -> true);
        assertThat(small.isEmpty()).isTrue();
    }

    @Test
    void aReplacingEntryKeepsItsIndexes() {
        remember(Around.of(Truck.at(Around.INSIDE, 1), other(Around.INSIDE)));
        remember(new Around(List.of(Truck.at(Around.FAR_AWAY, 2)), Around.AREA, true));
        cache.changed(other(Around.FAR_AWAY), null);
        assertThat(isRemembered()).as("the value no longer has the other truck").isTrue();
        cache.changed(Truck.at(Around.FAR_AWAY, 3), Truck.at(Around.FAR_AWAY, 2));
        assertThat(isRemembered()).isFalse();
        assertThat(entries.isEmpty()).isTrue();

        remember(Around.of());
        remember(Around.of());
        cache.changed(other(Around.INSIDE), null);
        assertThat(isRemembered()).isFalse();
        assertThat(entries.isEmpty()).isTrue();
        assertThat(evictions).as("a replacement is no eviction").hasSize(2);
    }

    @Test
    void anEntryStoredDuringTheEvictionOfItsPredecessorKeepsItsIndexes() {
        Meddled first = new Meddled();
        remember(first);
        first.onMadeFrom = () -> {
            first.onMadeFrom = null;
            remember(new Around(List.of(Truck.at(Around.INSIDE, 2)), null, true));
        };
        entries.evictIf((_, _) -> true);
        assertThat(isRemembered()).isTrue();
        cache.changed(Truck.at(Around.INSIDE, 3), null);
        assertThat(isRemembered()).as("found by its entity").isFalse();
        assertThat(entries.isEmpty()).isTrue();
    }

    @Test
    void neverReturnsAValueWhoseLoadIsSupersededWhileItIsStored() {
        AtomicBoolean superseded = new AtomicBoolean();
        List<Boolean> seen = new ArrayList<>();
        Meddled first = new Meddled();
        remember(first);
        // Continues when the next entry has replaced it.
        first.onMadeFrom = () -> seen.add(isRemembered());
        Meddled next = new Meddled();
        next.onLookedIn = () -> {
            next.onLookedIn = null;
            superseded.set(true);
        };
        entries.offer(KEY, new ComputedEntry(next, now), superseded);
        assertThat(seen).isNotEmpty().containsOnly(false);
        assertThat(isRemembered()).isFalse();
        assertThat(entries.isEmpty()).isTrue();
    }

    @Test
    void neverReturnsAValueComputedBeforeAnAcknowledgedChange() throws InterruptedException {
        AtomicInteger stored = new AtomicInteger();
        source = () -> Around.of(Truck.at(Around.INSIDE, stored.get()));
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            readers.add(Thread.ofPlatform().start(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    get(KEY).join();
                }
            }));
        }
        List<String> violations = new ArrayList<>();
        for (int version = 1; version <= 5_000; version++) {
            stored.set(version);
            cache.changed(Truck.at(Around.INSIDE, version), Truck.at(Around.INSIDE, version - 1));
            int found = ((Around) get(KEY).join()).trucks().getFirst().version();
            if (found < version) {
                violations.add(found + " after " + version);
            }
        }
        for (Thread reader : readers) {
            reader.interrupt();
            reader.join();
        }
        assertThat(violations).isEmpty();
    }

    /** A value that runs a hook when its entities or its area are read. */
    private static final class Meddled implements ComputedValue {

        private @Nullable Runnable onMadeFrom;
        private @Nullable Runnable onLookedIn;

        @Override
        public Set<EntityRef> madeFrom() {
            Runnable meddling = onMadeFrom;
            if (meddling != null) {
                meddling.run();
            }
            return Set.of(Truck.ref("k1"));
        }

        @Override
        public @Nullable Area lookedIn() {
            Runnable meddling = onLookedIn;
            if (meddling != null) {
                meddling.run();
            }
            return null;
        }

        @Override
        public boolean isUpToDate() {
            return true;
        }
    }

    private void remember(ComputedValue value) {
        entries.offer(KEY, new ComputedEntry(value, now), new AtomicBoolean());
    }

    private boolean isRemembered() {
        return entries.get(KEY) != null;
    }

    /** Looks the value up, and describes the lookup result. */
    private String ask() {
        List<LookupResult> told = new ArrayList<>();
        cache.get(KEY, POLICY, this::compute, told::add).join();
        assertThat(told).hasSize(1);
        return text(told.getFirst());
    }

    private CompletableFuture<Object> get(ComputedKey key) {
        return cache.get(key, POLICY, this::compute, _ -> {});
    }

    private Object compute() throws Exception {
        Callable<Object> present = source;
        computations.incrementAndGet();
        return present.call();
    }

    /** Delays all computations from now on. */
    private CountDownLatch hold() {
        CountDownLatch gate = new CountDownLatch(1);
        source = () -> {
            pass(gate);
            return Around.of();
        };
        return gate;
    }

    private static void pass(CountDownLatch gate) throws InterruptedException {
        assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private static Truck other(GeoPoint position) {
        return Truck.of(Thing.ACME, "k2", 1, position, null);
    }

    private static ComputedKey key(String query) {
        return new ComputedKey("Query.around", "acme", null, null, Map.of("query", query));
    }

    private static String text(LookupResult result) {
        return result.status().tag() + ":" + result.tier().tag() + ":" + result.reason();
    }
}
