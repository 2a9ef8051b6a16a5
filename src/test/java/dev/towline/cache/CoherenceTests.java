package dev.towline.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.store.Change;
import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeEvent.Reason;
import dev.towline.store.Entity;
import dev.towline.store.EntityRef;
import dev.towline.store.PartlyProven;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The effect of messages, gaps and doubts on cached entries. */
class CoherenceTests {

    private static final EntityRef TRUCK = Truck.ref("k1");
    private static final ComputedKey AROUND = new ComputedKey("Query.around", "acme", null, null, Map.of());
    private static final CachePolicy POLICY = Policies.of("ttlSeconds: 10, scope: PUBLIC");

    private final CacheFixture fixture = new CacheFixture();
    private final ComputedEntries derivedEntries = new ComputedEntries(1_000_000, (_, _) -> {});
    private final ComputedCache computed = new ComputedCache(
            derivedEntries, fixture.freshness, () -> fixture.now, Executors.newVirtualThreadPerTaskExecutor());

    /** The published changes, and the number of cached entries at that time. */
    private final List<Told> told = new ArrayList<>();

    private final Coherence coherence = new Coherence(
            fixture,
            computed,
            changes -> told.add(
                    new Told(changes, version(TRUCK), derivedEntries.size().entries(), sharedVersion())),
            () -> fixture.proven);

    private record Told(List<Change> changes, int remembered, long computed, int shared) {}

    @Test
    void anOwnChangeAppliesBeforeItIsPublished() {
        remember(Truck.at(Around.INSIDE, 1));
        remember(Around.of());
        Truck next = Truck.at(Around.INSIDE, 2);
        coherence.changed(List.of(change(next, Truck.at(Around.INSIDE, 1))));
        assertThat(told).hasSize(1).first().satisfies(message -> {
            assertThat(message.remembered()).isEqualTo(2);
            assertThat(message.computed()).isZero();
            assertThat(message.changes()).containsExactly(new Change(next, Truck.at(Around.INSIDE, 1)));
        });
    }

    @Test
    void sharesAWriteBeforeItIsPublished() {
        fixture.share();
        coherence.changed(List.of(change(Truck.at(Around.INSIDE, 2), null)));
        assertThat(told).extracting(Told::shared).containsExactly(2);
    }

    @Test
    void dropsSharedEntitiesInDoubt() {
        fixture.share();
        coherence.changed(List.of(change(Truck.at(Around.INSIDE, 2), null)));
        coherence.inDoubt(List.of(Truck.at(Around.INSIDE, 2).key()));
        assertThat(sharedVersion()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void sharesNothingFromBeforeAGap(Reason reason) {
        fixture.share();
        coherence.changed(List.of(change(Truck.at(Around.INSIDE, 2), null)));
        coherence.missed(reason);
        fixture.sharing.hold();
        assertThat(sharedVersion()).isEqualTo(new ChangeEvent.Gap(reason).isCommon() ? 0 : 2);
    }

    @Test
    void aMessageWhileTheBusIsUnprovenOnlyRaisesTheFloor() {
        remember(Truck.at(Around.INSIDE, 1));
        fixture.proven = false;
        coherence.received(List.of(change(Truck.at(Around.INSIDE, 2), null)));
        assertThat(fixture.entries.get(TRUCK)).isNull();
        assertThat(fixture.floors.of(TRUCK)).isEqualTo(2);
    }

    @Test
    void aMessageCountsWhereTheBusIsProvenForItsEntity() {
        Coherence partly = new Coherence(
                fixture,
                computed,
                _ -> {},
                new PartlyProven(entity -> entity.ref().equals(TRUCK)));
        remember(Truck.at(Around.INSIDE, 1));
        partly.received(List.of(change(Truck.at(Around.INSIDE, 2), null)));
        assertThat(version(TRUCK)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void readsConsistentlyForAWhileAfterAGap(Reason reason) {
        coherence.missed(reason);
        assertThat(fixture.floors.isDoubtful()).isTrue();
    }

    @Test
    void publishesTheChangesOfOneWriteTogether() {
        coherence.changed(List.of(change(Truck.at(Around.INSIDE, 2), null), change(Thing.version(2), null)));
        assertThat(told)
                .hasSize(1)
                .first()
                .satisfies(message -> assertThat(message.changes()).hasSize(2));
    }

    @Test
    void dropsEntitiesWithAWriteOfUnknownOutcome() {
        remember(Truck.at(Around.INSIDE, 1));
        remember(Thing.version(1));
        remember(Around.of());
        coherence.inDoubt(List.of(Truck.at(Around.INSIDE, 1).key()));
        assertThat(version(TRUCK)).isZero();
        assertThat(version(Thing.version(1).key().ref())).isEqualTo(1);
        assertThat(derivedEntries.size().entries()).isZero();
        assertThat(told).as("no published change").isEmpty();
    }

    @Test
    void doesNotCacheALoadThatBeganBeforeADoubt() {
        Truck truck = Truck.at(Around.INSIDE, 1);
        fixture.store(truck);
        fixture.onRead = () -> {
            coherence.inDoubt(List.of(truck.key()));
            assertThat(fixture.loads.size()).as("loads that can be joined").isZero();
        };

        fixture.local.load(Truck.TABLE, Set.of(truck.key())).join();

        assertThat(version(TRUCK)).isZero();
    }

    @Test
    void appliesANewerStateOfAMessage() {
        remember(Truck.at(Around.INSIDE, 1));
        fixture.now = fixture.now.plusSeconds(7);
        coherence.received(message(Truck.at(Around.OUTSIDE, 3), Truck.at(Around.INSIDE, 2)));
        assertThat(fixture.entries.get(TRUCK)).isEqualTo(new EntityEntry(Truck.at(Around.OUTSIDE, 3), fixture.now));
        assertThat(fixture.floors.of(TRUCK)).isEqualTo(3);
        assertThat(told).as("no message is published again").isEmpty();
    }

    @Test
    void aMessageDoesNotAddAnEntry() {
        coherence.received(message(Truck.at(Around.INSIDE, 3), null));
        assertThat(fixture.entries.size().entries()).isZero();
        assertThat(fixture.floors.of(TRUCK)).isEqualTo(3);
        fixture.entries.offer(TRUCK, new EntityEntry(Truck.at(Around.INSIDE, 2), fixture.now), new AtomicBoolean());
        assertThat(version(TRUCK)).as("older than the received state").isZero();
    }

    @Test
    void anOlderMessageChangesNothing() {
        coherence.received(message(Truck.at(Around.INSIDE, 5), null));
        remember(Truck.at(Around.INSIDE, 5));
        EntityEntry before = fixture.entries.get(TRUCK);
        fixture.now = fixture.now.plusSeconds(1);
        coherence.received(message(Truck.at(Around.OUTSIDE, 4), Truck.at(Around.INSIDE, 3)));
        assertThat(fixture.entries.get(TRUCK)).isEqualTo(before);
        assertThat(fixture.floors.of(TRUCK)).isEqualTo(5);
    }

    @Test
    void aMessageInvalidatesTheValuesComputedAroundTheChange() {
        remember(Around.of());
        coherence.received(message(Truck.at(Around.FAR_AWAY, 2), Truck.at(Around.OUTSIDE, 1)));
        assertThat(derivedEntries.size().entries()).isEqualTo(1);
        coherence.received(message(Truck.at(Around.FAR_AWAY, 3), Truck.at(Around.INSIDE, 2)));
        assertThat(derivedEntries.size().entries()).isZero();
    }

    @Test
    void dropsEverythingAfterAGap() {
        for (Reason reason : Reason.values()) {
            remember(Thing.version(1));
            remember(Around.of());
            coherence.missed(reason);
            assertThat(fixture.entries.size().entries()).as("%s", reason).isZero();
            assertThat(derivedEntries.isEmpty()).as("%s", reason).isTrue();
        }
    }

    @Test
    void neitherCachesNorSharesALoadThatBeganBeforeAGap() throws InterruptedException {
        fixture.store(Thing.version(1));
        CountDownLatch gate = new CountDownLatch(1);
        fixture.onRead = () -> pass(gate);
        CompletableFuture<Integer> early = CompletableFuture.supplyAsync(this::readThing);
        await().until(() -> fixture.reads.size() == 1);
        fixture.store(Thing.version(2));
        coherence.missed(Reason.LOST);
        CompletableFuture<Integer> late = CompletableFuture.supplyAsync(this::readThing);
        await().pollDelay(20, TimeUnit.MILLISECONDS).until(() -> true);
        gate.countDown();
        assertThat(late.join()).as("lookup after the gap").isEqualTo(2);
        assertThat(early.join()).as("lookup before the gap").isBetween(1, 2);
        assertThat(version(Thing.version(1).key().ref())).isEqualTo(2);
    }

    @Test
    void doesNotCacheALoadThatBeganBeforeAGap() throws InterruptedException {
        fixture.store(Thing.version(1));
        CountDownLatch gate = new CountDownLatch(1);
        fixture.onRead = () -> pass(gate);
        CompletableFuture<Integer> early = CompletableFuture.supplyAsync(this::readThing);
        await().until(() -> fixture.reads.size() == 1);
        coherence.missed(Reason.REDIS_CHANGED);
        gate.countDown();
        assertThat(early.join()).isEqualTo(1);
        assertThat(fixture.entries.size().entries()).isZero();
    }

    @Test
    void doesNotCacheAComputationThatBeganBeforeAGap() {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Object> early = computed.get(
                AROUND,
                POLICY,
                () -> {
                    begun.countDown();
                    pass(gate);
                    return Around.of();
                },
                _ -> {});
        pass(begun);
        coherence.missed(Reason.SILENCE);
        Around newer = Around.of(Truck.at(Around.INSIDE, 1));
        assertThat(computed.get(AROUND, POLICY, () -> newer, _ -> {}).join()).isEqualTo(newer);
        gate.countDown();
        early.join();
        assertThat(computed.get(AROUND, POLICY, () -> newer, _ -> {}).join()).isEqualTo(newer);
    }

    private int readThing() {
        Thing.Key key = Thing.version(1).key();
        Map<Object, Object> asks = Stream.of(key)
                .collect(Collectors.toMap(
                        Function.identity(),
                        _ -> new KeyContext(POLICY, LookupResult.miss(Tier.STORE, "absent"), null)));
        return Objects.requireNonNull(fixture.cache
                        .read(CacheFixture.THINGS, Set.of(key), asks)
                        .toCompletableFuture()
                        .join()
                        .get(key))
                .version();
    }

    private void remember(Entity entity) {
        fixture.entries.offer(entity.key().ref(), new EntityEntry(entity, fixture.now), new AtomicBoolean());
    }

    private void remember(Around value) {
        derivedEntries.offer(AROUND, new ComputedEntry(value, fixture.now), new AtomicBoolean());
    }

    private int version(EntityRef entity) {
        EntityEntry entry = fixture.entries.get(entity);
        return entry == null ? 0 : entry.version();
    }

    private List<Change> message(Entity value, @Nullable Entity before) {
        return List.of(change(value, before));
    }

    private static Change change(Entity value, @Nullable Entity before) {
        return new Change(value, before);
    }

    private static void pass(CountDownLatch gate) {
        try {
            assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The version of the truck that is shared; 0: none. */
    private int sharedVersion() {
        Truck.Key key = new Truck.Key(Thing.ACME, "k1");
        EntityEntry entry = fixture.shared.find(List.of(key), (_, _) -> true).get(key);
        return entry == null ? 0 : entry.version();
    }
}
