package dev.towline.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.towline.problem.Unavailable;
import dev.towline.resolver.Cancellation;
import dev.towline.store.EntityKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The cache of entities and its loads. */
class EntityCacheTests {

    private static final CachePolicy POLICY =
            Policies.of("ttlSeconds: 10, scope: PUBLIC, staleSeconds: 5, staleOnErrorSeconds: 60, negativeSeconds: 2");

    private final CacheFixture fixture = new CacheFixture();

    @Test
    void loadsOnceAndThenHits() {
        fixture.store(Thing.version(1));
        assertThat(lookUp("t1").outcome()).isEqualTo("miss:store:absent");
        assertThat(lookUp("t1").outcome()).isEqualTo("hit:l1:null");
        assertThat(fixture.reads).hasSize(1);
    }

    @Test
    void cachesAnAbsence() {
        assertThat(lookUp("t1").thing()).isNull();
        assertThat(lookUp("t1").outcome()).isEqualTo("hit:l1:null");
        fixture.write(Thing.version(1));
        assertThat(lookUp("t1").thing()).isEqualTo(Thing.version(1));
    }

    @Test
    void loadsAKeyOnceForAllWaitingCallers() throws InterruptedException {
        fixture.store(Thing.version(1));
        CountDownLatch gate = hold();
        List<CompletableFuture<Looked>> waiting = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 500; i++) {
                waiting.add(CompletableFuture.supplyAsync(() -> lookUp("t1"), threads));
            }
            await().until(() -> !fixture.reads.isEmpty());
            gate.countDown();
        }
        assertThat(fixture.reads).hasSize(1);
        assertThat(waiting.stream().map(CompletableFuture::join).map(Looked::thing))
                .hasSize(500)
                .containsOnly(Thing.version(1));
        assertThat(fixture.loads.size()).isZero();
    }

    @Test
    void searchesTheMemoryAgainBeforeALoad() {
        fixture.store(Thing.version(1));
        Thing.Key key = Thing.version(1).key();
        KeyContext late = new KeyContext(POLICY, fixture.cache.lookup(key, fixture.cache.get(key), POLICY), null);
        lookUp("t1");
        assertThat(fixture.cache
                        .read(CacheFixture.THINGS, Set.of(key), Map.of(key, late))
                        .toCompletableFuture()
                        .join())
                .containsEntry(key, Thing.version(1));
        assertThat(fixture.reads).hasSize(1);
        assertThat(text(Objects.requireNonNull(late.outcome))).isEqualTo("miss:flight:absent");
    }

    @Test
    void keepsBatchesAsBatches() {
        fixture.store(Thing.of("t1", 1));
        read(Set.of("t1", "t2", "t3"));
        read(Set.of("t3", "t4", "t5"));
        assertThat(fixture.reads).hasSize(2);
        assertThat(fixture.reads.getFirst()).hasSize(3);
    }

    @Test
    void joinsInFlightLoadsAndLoadsTheOtherKeys() throws InterruptedException {
        CountDownLatch gate = hold();
        CompletableFuture<?> first = CompletableFuture.runAsync(() -> read(Set.of("t1", "t2")));
        await().until(() -> fixture.reads.size() == 1);
        CompletableFuture<?> second = CompletableFuture.runAsync(() -> read(Set.of("t2", "t3")));
        await().until(() -> fixture.reads.size() == 2);
        gate.countDown();
        first.join();
        second.join();
        assertThat(fixture.reads.getLast()).extracting(EntityKey::id).containsExactly("t3");
    }

    @Test
    void anAbandonedCallerDoesNotAffectOthers() throws InterruptedException {
        fixture.store(Thing.version(1));
        CountDownLatch gate = hold();
        Thread impatient = Thread.ofVirtual().start(() -> lookUp("t1"));
        await().until(() -> fixture.reads.size() == 1);
        CompletableFuture<Looked> patient = CompletableFuture.supplyAsync(() -> lookUp("t1"));
        impatient.interrupt();
        gate.countDown();
        assertThat(patient.orTimeout(10, TimeUnit.SECONDS).join().thing()).isEqualTo(Thing.version(1));
    }

    @Test
    void aLoadThatNobodyWaitsForIsInterruptedAndNotJoined() throws InterruptedException {
        fixture.store(Thing.version(1));
        CountDownLatch gate = hold();
        Cancellation one = new Cancellation();
        Cancellation other = new Cancellation();
        CompletableFuture<?> first = CompletableFuture.runAsync(() -> lookUp("t1", one));
        await().until(() -> fixture.reads.size() == 1);
        CompletableFuture<?> second = CompletableFuture.runAsync(() -> lookUp("t1", other));
        // so that it has joined
        await().until(() -> fixture.loads.waiting(Thing.version(1).key()) == 2);

        one.cancel();
        assertThat(first.isDone() || second.isDone()).isFalse();
        other.cancel();

        // the read of the fixture fails when it is interrupted
        assertThatThrownBy(() -> second.orTimeout(10, TimeUnit.SECONDS).join())
                .hasRootCauseInstanceOf(InterruptedException.class);
        assertThat(fixture.loads.size()).isZero();
        fixture.onRead = null;
        assertThat(lookUp("t1").thing()).isEqualTo(Thing.version(1));
        gate.countDown();
    }

    @Test
    void aLoadThatOthersWaitForGoesOnWhenOneIsCancelled() throws InterruptedException {
        fixture.store(Thing.version(1));
        CountDownLatch gate = hold();
        Cancellation impatient = new Cancellation();
        CompletableFuture<?> first = CompletableFuture.runAsync(() -> lookUp("t1", impatient));
        await().until(() -> fixture.reads.size() == 1);
        CompletableFuture<Looked> patient = CompletableFuture.supplyAsync(() -> lookUp("t1", new Cancellation()));
        await().until(() -> fixture.loads.waiting(Thing.version(1).key()) == 2);

        impatient.cancel();
        gate.countDown();

        assertThat(patient.orTimeout(10, TimeUnit.SECONDS).join().thing()).isEqualTo(Thing.version(1));
        first.orTimeout(10, TimeUnit.SECONDS).join();
        assertThat(fixture.reads).hasSize(1);
    }

    @Test
    void whatAnAbandonedLoadBringsIsNotStoredAfterAnEviction() throws InterruptedException {
        fixture.store(Thing.version(1));
        CountDownLatch gate = hold();
        Cancellation impatient = new Cancellation();
        // another caller waits for the other entity of the batch, so that the read goes on
        CompletableFuture<?> batch =
                CompletableFuture.runAsync(() -> read(Map.of("t1", context(impatient), "t2", context(null))));
        await().until(() -> fixture.reads.size() == 1);

        impatient.cancel();
        fixture.loads.supersede(_ -> true);
        gate.countDown();
        batch.orTimeout(10, TimeUnit.SECONDS).join();

        assertThat(fixture.cache.get(Thing.version(1).key())).isNull();
    }

    @Test
    void aFailedLoadFailsAllCallersAndIsNotCached() throws InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        fixture.onRead = () -> {
            pass(gate);
            throw new Unavailable("cut off", null);
        };
        List<CompletableFuture<Looked>> waiting = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> lookUp("t1")))
                .limit(3)
                .toList();
        await().until(() -> !fixture.reads.isEmpty());
        gate.countDown();
        assertThat(waiting)
                .allSatisfy(each -> assertThatThrownBy(each::join).hasRootCauseInstanceOf(Unavailable.class));

        fixture.onRead = null;
        fixture.store(Thing.version(1));
        assertThat(lookUp("t1").thing()).isEqualTo(Thing.version(1));
    }

    @Test
    void neverAnswersALoadThatReadBeforeAnAcknowledgedWrite() throws InterruptedException {
        fixture.store(Thing.version(1));
        CountDownLatch gate = hold();
        CompletableFuture<Looked> early = CompletableFuture.supplyAsync(() -> lookUp("t1"));
        await().until(() -> fixture.reads.size() == 1);
        fixture.write(Thing.version(2));
        // Joins the load that has already read the first version.
        CompletableFuture<Looked> late = CompletableFuture.supplyAsync(() -> lookUp("t1"));
        await().until(() -> fixture.loads.size() == 1);
        gate.countDown();
        assertThat(late.join().thing()).isEqualTo(Thing.version(2));
        assertThat(early.join().thing()).isEqualTo(Thing.version(2));
        assertThat(lookUp("t1").thing()).isEqualTo(Thing.version(2));
    }

    @Test
    void servesStaleAndLoadsMeanwhile() {
        fixture.store(Thing.version(1));
        lookUp("t1");
        fixture.store(Thing.version(2));
        fixture.now = fixture.now.plusSeconds(12);
        assertThat(lookUp("t1")).isEqualTo(new Looked(Thing.version(1), "stale:l1:revalidating"));
        await().untilAsserted(() -> assertThat(lookUp("t1").thing()).isEqualTo(Thing.version(2)));
        assertThat(lookUp("t1").outcome()).isEqualTo("hit:l1:null");
        assertThat(fixture.reads).hasSize(2);
    }

    @Test
    void servesStaleOnError() {
        fixture.store(Thing.version(1));
        lookUp("t1");
        fixture.onRead = () -> {
            throw new Unavailable("cut off", null);
        };
        fixture.now = fixture.now.plusSeconds(69);
        assertThat(lookUp("t1")).isEqualTo(new Looked(Thing.version(1), "stale:l1:error"));
        fixture.now = fixture.now.plusSeconds(1);
        assertThatThrownBy(() -> lookUp("t1")).hasRootCauseInstanceOf(Unavailable.class);
    }

    @Test
    void failsRatherThanServeAnOlderVersionThanTheClientHasSeen() {
        fixture.store(Thing.version(1));
        lookUp("t1");
        fixture.floors.claim(fixture.ref("t1"), 2);
        fixture.onRead = () -> {
            throw new Unavailable("cut off", null);
        };
        assertThatThrownBy(() -> lookUp("t1")).hasRootCauseInstanceOf(Unavailable.class);
    }

    @Test
    void servesNothingOlderThanTheClientHasSeen() {
        fixture.store(Thing.version(1));
        lookUp("t1");
        fixture.store(Thing.version(2));
        fixture.floors.claim(fixture.ref("t1"), 2);
        assertThat(lookUp("t1")).isEqualTo(new Looked(Thing.version(2), "miss:store:seen"));
        assertThat(lookUp("t1").outcome()).isEqualTo("hit:l1:null");
    }

    @Test
    void doesNotCacheReadsOfUncachedFields() {
        fixture.store(Thing.version(1));
        Thing.Key key = Thing.version(1).key();
        for (int i = 0; i < 2; i++) {
            assertThat(fixture.cache
                            .read(CacheFixture.THINGS, Set.of(key), Map.of())
                            .toCompletableFuture()
                            .join())
                    .containsEntry(key, Thing.version(1));
        }
        assertThat(fixture.reads).hasSize(2);
        assertThat(fixture.entries.size().entries()).isZero();
    }

    /** A lookup result. */
    private record Looked(@Nullable Thing thing, String outcome) {}

    /** Looks entities up as {@link CachingDataLoader} and the batch of its DataLoader do. */
    private Looked lookUp(String id) {
        return lookUp(id, null);
    }

    private Looked lookUp(String id, @Nullable Cancellation cancellation) {
        Thing.Key key = new Thing.Key(Thing.ACME, id);
        EntityEntry entry = fixture.cache.get(key);
        LookupResult result = fixture.cache.lookup(key, entry, POLICY);
        if (entry != null && result.serves()) {
            return new Looked((Thing) entry.value(), text(result));
        }
        KeyContext context = new KeyContext(POLICY, result, cancellation);
        try {
            Map<Thing.Key, Thing> found = fixture.cache
                    .read(CacheFixture.THINGS, Set.of(key), Map.of(key, context))
                    .toCompletableFuture()
                    .join();
            return new Looked(found.get(key), text(Objects.requireNonNull(context.outcome)));
        } catch (CompletionException e) {
            EntityEntry stale = fixture.cache.get(key);
            LookupResult after = fixture.cache.lookupAfterError(key, stale, POLICY);
            if (stale == null || !after.serves()) {
                throw e;
            }
            return new Looked((Thing) stale.value(), text(after));
        }
    }

    private void read(Set<String> ids) {
        read(ids.stream().collect(Collectors.toMap(id -> id, _ -> context(null))));
    }

    private static KeyContext context(@Nullable Cancellation cancellation) {
        return new KeyContext(POLICY, LookupResult.miss(Tier.STORE, "absent"), cancellation);
    }

    private void read(Map<String, KeyContext> contextsById) {
        Map<Object, Object> contexts = new HashMap<>();
        contextsById.forEach((id, context) -> contexts.put(new Thing.Key(Thing.ACME, id), context));
        Set<Thing.Key> keys = contextsById.keySet().stream()
                .map(id -> new Thing.Key(Thing.ACME, id))
                .collect(Collectors.toSet());
        fixture.cache
                .read(CacheFixture.THINGS, keys, contexts)
                .toCompletableFuture()
                .join();
    }

    /** Delays all reads from now on, after they have read. */
    private CountDownLatch hold() {
        CountDownLatch gate = new CountDownLatch(1);
        fixture.onRead = () -> pass(gate);
        return gate;
    }

    private static void pass(CountDownLatch gate) {
        try {
            assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(LookupResult result) {
        return result.status().tag() + ":" + result.tier().tag() + ":" + result.reason();
    }
}
