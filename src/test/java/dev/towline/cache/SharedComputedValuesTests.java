package dev.towline.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.cache.shared.FakeShared;
import dev.towline.cache.shared.SharedFixture;
import dev.towline.geo.GeoPoint;
import dev.towline.redis.RedisDowns;
import dev.towline.store.Change;
import dev.towline.store.ChangeEvent.Reason;
import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The computed values that instances share, and those that they must not share. */
class SharedComputedValuesTests {

    private static final CachePolicy POLICY = Policies.of("ttlSeconds: 60, scope: PUBLIC");
    private static final ComputedKey KEY = new ComputedKey(AroundCodec.FIELD, "acme", null, null, Map.of("first", 10));

    private final FakeShared redis = new FakeShared(() -> this.one.fixture.now);
    private final Instance one = new Instance();
    private final Instance other = new Instance();

    /** The computation. */
    private Supplier<Object> source = () -> Around.of(Truck.at(Around.INSIDE, 1));

    private int computations;

    SharedComputedValuesTests() {
        pass(CacheFixture.LEASE.multipliedBy(2));
    }

    /** An instance whose messages do not reach the others. */
    private final class Instance {

        final CacheFixture fixture = new CacheFixture(Runnable::run, redis);
        final ComputedEntries entries = new ComputedEntries(1_000_000, (_, _) -> {});
        final ComputedCache computed =
                new ComputedCache(entries, fixture.shared, fixture.freshness, () -> fixture.now, Runnable::run);
        final Coherence coherence = new Coherence(fixture, computed, _ -> {}, () -> true);

        /** The version of the first truck, the lookup result with its tier, and the age. */
        String ask(ComputedKey key) {
            List<LookupResult> told = new ArrayList<>();
            Object found = computed.get(key, POLICY, this::compute, told::add).join();
            assertThat(told).hasSize(1);
            LookupResult result = told.getFirst();
            List<Truck> trucks = ((Around) found).trucks();
            Duration age = result.age();
            return (trucks.isEmpty() ? "none" : trucks.getFirst().version()) + " "
                    + result.status().tag() + ":" + result.tier().tag()
                    + (age == null ? "" : " " + age.toSeconds() + "s");
        }

        String ask() {
            return ask(KEY);
        }

        void changed(Truck now, @Nullable Truck before) {
            coherence.changed(List.of(new Change(now, before)));
        }

        private Object compute() {
            computations++;
            return source.get();
        }
    }

    @Test
    void oneInstanceUsesTheValuesThatAnotherHasComputed() {
        assertThat(one.ask()).isEqualTo("1 miss:store");
        pass(Duration.ofSeconds(20));
        assertThat(other.ask()).isEqualTo("1 hit:l2 20s");
        assertThat(other.ask()).as("its own entry from now on").isEqualTo("1 hit:l1 20s");
        assertThat(computations).isEqualTo(1);
    }

    @Test
    void sharesAnEmptyValue() {
        source = Around::of;
        assertThat(one.ask()).isEqualTo("none miss:store");
        assertThat(other.ask()).isEqualTo("none hit:l2 0s");
    }

    @Test
    void computesAgainIfAValueIsTooOld() {
        one.ask();
        pass(Duration.ofSeconds(60));
        source = () -> Around.of(Truck.at(Around.INSIDE, 2));
        assertThat(other.ask()).isEqualTo("2 miss:store");
        one.entries.evictIf((_, _) -> true);
        assertThat(one.ask()).as("replaces the old one").isEqualTo("2 hit:l2 0s");
    }

    @Test
    void anotherKeyIsAnotherValue() {
        one.ask();
        source = () -> Around.of(Truck.at(Around.INSIDE, 7));
        assertThat(other.ask(key("acme", Map.of("first", 11)))).isEqualTo("7 miss:store");
        assertThat(other.ask(key("zenith", Map.of("first", 10)))).isEqualTo("7 miss:store");
        assertThat(other.ask(key("acme", Map.of("first", 10L)))).isEqualTo("1 hit:l2 0s");
    }

    @Test
    void doesNotSharePrivateValues() {
        ComputedKey mine = new ComputedKey(
                AroundCodec.FIELD, "acme", new Viewer(Role.DISPATCHER, "d1", Thing.ACME), null, Map.of("first", 10));
        one.ask(mine);
        assertThat(other.ask(mine)).isEqualTo("1 miss:store");
    }

    @Test
    void aChangeInTheAreaInvalidatesIt() {
        int round = 0;
        for (GeoPoint before : List.of(Around.INSIDE, Around.FAR_AWAY)) {
            for (GeoPoint now : List.of(Around.INSIDE, Around.FAR_AWAY)) {
                String id = "other" + round++;
                source = () -> Around.of(Truck.at(Around.INSIDE, 1));
                one.ask();
                one.changed(Truck.of(Thing.ACME, id, 2, now, null), Truck.of(Thing.ACME, id, 1, before, null));
                source = Around::of;
                boolean isThere = before.equals(Around.INSIDE) || now.equals(Around.INSIDE);
                assertThat(other.ask())
                        .as("from %s to %s", before, now)
                        .isEqualTo(isThere ? "none miss:store" : "1 hit:l2 0s");
                one.fixture.shared.dropComputed(Thing.ACME);
                forget();
            }
        }
    }

    @Test
    void aNewEntityInTheAreaInvalidatesIt() {
        one.ask();
        one.changed(Truck.of(Thing.ACME, "k2", 1, Around.INSIDE, null), null);
        source = Around::of;
        assertThat(other.ask()).isEqualTo("none miss:store");
    }

    @Test
    void anEntityWithUnknownFormerPositionInvalidatesIt() {
        one.ask();
        one.changed(Truck.at(Around.FAR_AWAY, 2), null);
        source = Around::of;
        assertThat(other.ask()).isEqualTo("none miss:store");
    }

    @Test
    void aWriteWithUnknownOutcomeInvalidatesIt() {
        one.ask();
        one.coherence.inDoubt(List.of(Truck.at(Around.INSIDE, 2).key()));
        source = Around::of;
        assertThat(other.ask()).isEqualTo("none miss:store");
    }

    @Test
    void aChangeOfAnotherTenantInvalidatesNothing() {
        one.ask();
        Truck theirs = Truck.of(new Tenant("zenith"), "k1", 1, Around.INSIDE, null);
        one.changed(theirs, null);
        assertThat(other.ask()).isEqualTo("1 hit:l2 0s");
    }

    @Test
    void aComputationThatBeganBeforeAChangeIsNotShared() {
        source = () -> {
            other.changed(Truck.at(Around.INSIDE, 2), Truck.at(Around.INSIDE, 1));
            return Around.of(Truck.at(Around.INSIDE, 1));
        };
        one.ask();
        source = () -> Around.of(Truck.at(Around.INSIDE, 2));
        assertThat(other.ask()).isEqualTo("2 miss:store");
    }

    /** The instance has not received a write yet, and its read does not contain it either. */
    @Test
    void aLaggingReadAfterAChangeIsNotShared() {
        other.changed(Truck.at(Around.INSIDE, 2), Truck.at(Around.INSIDE, 1));
        assertThat(one.ask()).isEqualTo("1 miss:store");
        pass(Duration.ofSeconds(1));
        Instance third = new Instance();
        third.fixture.now = one.fixture.now;
        third.fixture.share();
        source = () -> Around.of(Truck.at(Around.INSIDE, 2));
        assertThat(third.ask()).isEqualTo("2 miss:store");
    }

    @Test
    void usesNothingBelowTheVersionFloor() {
        one.ask();
        other.fixture.floors.raise(Truck.ref("k1"), 2);
        source = () -> Around.of(Truck.at(Around.INSIDE, 2));
        assertThat(other.ask()).isEqualTo("2 miss:store");
    }

    @Test
    void usesNoValueFromBeforeAKnownChangeInTheArea() {
        one.ask();
        pass(Duration.ofSeconds(2));
        redis.isLosingInvalidations = true;
        Truck come = Truck.of(Thing.ACME, "k2", 1, Around.INSIDE, null);
        other.changed(come, null);
        source = () -> Around.of(Truck.at(Around.INSIDE, 2));
        assertThat(other.ask()).as("the shared value lacks the new truck").isEqualTo("2 miss:store");
    }

    @Test
    void usesNoValueFromBeforeAReceivedChangeInTheArea() {
        one.ask();
        pass(Duration.ofSeconds(2));
        Truck come = Truck.of(Thing.ACME, "k2", 1, Around.INSIDE, null);
        other.coherence.received(List.of(new Change(come, null)));
        source = () -> Around.of(Truck.at(Around.INSIDE, 2));
        assertThat(other.ask()).isEqualTo("2 miss:store");
    }

    @Test
    void usesAValueComputedAfterAChange() {
        other.changed(Truck.of(Thing.ACME, "k2", 1, Around.INSIDE, null), null);
        pass(Duration.ofSeconds(2));
        one.ask();
        assertThat(other.ask()).isEqualTo("1 hit:l2 0s");
    }

    @Test
    void theWriterFindsNothingOlder() {
        one.ask();
        other.ask();
        one.changed(Truck.of(Thing.ACME, "k2", 1, Around.INSIDE, null), null);
        source = Around::of;
        assertThat(one.ask()).isEqualTo("none miss:store");
    }

    @Test
    void invalidatesSharedValuesBeforeLocalOnes() {
        one.ask();
        List<Long> remembered = new ArrayList<>();
        redis.onTagged = () -> remembered.add(one.entries.size().entries());
        one.changed(Truck.of(Thing.ACME, "k2", 1, Around.INSIDE, null), null);
        redis.onTagged = null;
        assertThat(remembered)
                .as("otherwise it would find and cache the shared value again")
                .containsExactly(1L);
        assertThat(one.entries.size().entries()).isZero();
    }

    @Test
    void anInstanceWhoseCodecIsNotReadyFindsAndSharesNothing() {
        one.ask();
        other.fixture.codec.isReady = false;
        source = () -> Around.of(Truck.at(Around.INSIDE, 7));
        assertThat(other.ask()).isEqualTo("7 miss:store");
        one.entries.evictIf((_, _) -> true);
        assertThat(one.ask()).isEqualTo("1 hit:l2 0s");
    }

    @Test
    void replacesAnUndecodableValue() {
        one.fixture.codec.isGarbling = true;
        one.ask();
        assertThat(other.ask()).isEqualTo("1 miss:store");
        one.entries.evictIf((_, _) -> true);
        assertThat(one.ask()).isEqualTo("1 hit:l2 0s");
    }

    @Test
    void aValueLivesAsLongAsAFieldCanUseIt() {
        one.ask();
        assertThat(redis.taggedFor).isEqualTo(Duration.ofSeconds(60));
        CachePolicy renewing = Policies.of("ttlSeconds: 60, maxTtlSeconds: 3600, renew: true, scope: PUBLIC");
        one.computed
                .get(key("acme", Map.of("first", 11)), renewing, one::compute, _ -> {})
                .join();
        assertThat(redis.taggedFor).as("retention of the settings").isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void callersOfASharedLoadGetItsRemainingTime() {
        one.ask();
        pass(Duration.ofSeconds(20));
        List<Runnable> loads = new ArrayList<>();
        ComputedCache waiting = new ComputedCache(
                other.entries, other.fixture.shared, other.fixture.freshness, () -> other.fixture.now, loads::add);
        List<LookupResult> told = new ArrayList<>();
        var _ = waiting.get(KEY, POLICY, other::compute, told::add);
        var _ = waiting.get(KEY, POLICY, other::compute, told::add);
        assertThat(loads).hasSize(1);
        loads.getFirst().run();
        assertThat(told).extracting(LookupResult::tier).containsExactlyInAnyOrder(Tier.L2, Tier.FLIGHT);
        assertThat(told).extracting(LookupResult::remaining).containsOnly(Duration.ofSeconds(40));
    }

    @Test
    void anInstanceThatSharesNothingInvalidatesToo() {
        one.ask();
        CacheFixture fixture = other.fixture;
        new SharedFixture(
                        redis,
                        redis,
                        new SharedFixture.Instance(fixture.floors, () -> true, () -> fixture.now, fixture.metrics),
                        List.of(),
                        Map.of())
                .wrote(new Change(Truck.at(Around.INSIDE, 1), null));
        source = Around::of;
        assertThat(other.ask()).isEqualTo("none miss:store");
    }

    @Test
    void usesNothingOfAnEndedGeneration() {
        one.ask();
        one.coherence.missed(Reason.LOST);
        pass(Duration.ofSeconds(1));
        source = () -> Around.of(Truck.at(Around.INSIDE, 2));
        assertThat(other.ask()).isEqualTo("2 miss:store");
        assertThat(one.ask()).as("replaces the old one").isEqualTo("2 hit:l2 0s");
    }

    @Test
    void aFailedInvalidationEndsTheGeneration() {
        one.ask();
        redis.failure = RedisDowns.any();
        other.changed(Truck.at(Around.INSIDE, 2), Truck.at(Around.INSIDE, 1));
        redis.failure = null;
        pass(Duration.ofSeconds(2));
        one.entries.evictIf((_, _) -> true);
        source = () -> Around.of(Truck.at(Around.INSIDE, 2));
        assertThat(one.ask()).isEqualTo("2 miss:store");
    }

    @Test
    void aWriterThatCannotShareYetInvalidatesToo() {
        one.ask();
        other.fixture.sharing.end();
        other.changed(Truck.at(Around.FAR_AWAY, 2), Truck.at(Around.INSIDE, 1));
        one.entries.evictIf((_, _) -> true);
        source = Around::of;
        assertThat(one.ask()).isEqualTo("none miss:store");
    }

    @Test
    void withoutRedisEachInstanceLoadsForItself() {
        redis.failure = RedisDowns.any();
        assertThat(one.ask()).isEqualTo("1 miss:store");
        assertThat(other.ask()).isEqualTo("1 miss:store");
        assertThat(one.fixture
                        .meters
                        .counter(CacheMetrics.SHARED_FAILURES, "operation", "find")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void anExceptionOfRedisFailsNoRequest() {
        redis.failure = new IllegalStateException("by the test");
        assertThat(one.ask()).isEqualTo("1 miss:store");
    }

    @Test
    void sharesNothingThatIsNotCacheable() {
        source = () -> new Around(List.of(), Around.AREA, false);
        one.ask();
        assertThat(other.ask()).as("may be outdated").isEqualTo("none miss:store");
        source = () -> new Around(List.of(), null, true);
        one.ask();
        forget();
        assertThat(other.ask()).as("searched no area").isEqualTo("none miss:store");
    }

    @Test
    void computesAgainAfterAnEvictionByAnOperator() {
        one.ask();
        other.fixture.shared.dropComputed(Thing.ACME);
        source = Around::of;
        assertThat(other.ask()).isEqualTo("none miss:store");
    }

    private void forget() {
        one.entries.evictIf((_, _) -> true);
        other.entries.evictIf((_, _) -> true);
    }

    /** Advances the clock in steps, and renews the generation in each. */
    private void pass(Duration time) {
        Instant until = one.fixture.now.plus(time);
        do {
            Instant next = one.fixture.now.plusSeconds(1);
            one.fixture.now = next.isBefore(until) ? next : until;
            other.fixture.now = one.fixture.now;
            one.fixture.sharing.hold();
            other.fixture.sharing.hold();
        } while (one.fixture.now.isBefore(until));
    }

    private static ComputedKey key(String tenant, Map<String, Object> arguments) {
        return new ComputedKey(AroundCodec.FIELD, tenant, null, null, arguments);
    }
}
