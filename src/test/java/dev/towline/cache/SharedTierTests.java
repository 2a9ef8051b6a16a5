package dev.towline.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.towline.cache.shared.FakeShared;
import dev.towline.problem.Unavailable;
import dev.towline.redis.RedisDowns;
import dev.towline.store.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The entities that instances share, and those that they must not share. */
class SharedTierTests {

    private static final CachePolicy POLICY = Policies.of("ttlSeconds: 60, scope: PUBLIC, negativeSeconds: 10");
    private static final CachePolicy SHORT = Policies.of("ttlSeconds: 5, scope: PUBLIC");

    private final FakeShared redis = new FakeShared(() -> this.one.now);
    private final CacheFixture one = new CacheFixture(Runnable::run, redis);
    private final CacheFixture other = new CacheFixture(Runnable::run, redis);

    SharedTierTests() {
        pass(CacheFixture.LEASE.multipliedBy(2));
    }

    @Test
    void oneInstanceUsesTheEntitiesThatAnotherHasRead() {
        one.store(Thing.version(1));
        assertThat(lookUp(one, "t1")).isEqualTo("1 miss:STORE");
        pass(Duration.ofSeconds(20));
        assertThat(lookUp(other, "t1")).isEqualTo("1 hit:L2 20s");
        assertThat(lookUp(other, "t1")).as("its own entry from now on").isEqualTo("1 hit:L1 20s");
        assertThat(other.reads).isEmpty();
    }

    @Test
    void aBatchIsOneRoundTrip() {
        for (String id : List.of("t1", "t2", "t3")) {
            one.store(Thing.of(id, 1));
            other.store(Thing.of(id, 1));
        }
        read(one, Set.of("t1", "t2"));
        redis.reads.clear();
        read(other, Set.of("t1", "t2", "t3"));
        assertThat(redis.reads).singleElement().asInstanceOf(LIST).hasSize(3);
        assertThat(other.reads).singleElement().asInstanceOf(LIST).hasSize(1);
    }

    @Test
    void sharesAnAbsence() {
        assertThat(lookUp(one, "t1")).isEqualTo("null miss:STORE");
        assertThat(lookUp(other, "t1")).isEqualTo("null hit:L2 0s");
        pass(Duration.ofSeconds(10));
        other.store(Thing.version(1));
        assertThat(lookUp(other, "t1")).isEqualTo("1 miss:STORE");
    }

    @Test
    void readsAgainIfAnEntryIsTooOldForTheField() {
        one.store(Thing.version(1));
        lookUp(one, "t1");
        other.store(Thing.version(1));
        pass(Duration.ofSeconds(5));
        assertThat(lookUp(other, "t1", SHORT)).isEqualTo("1 miss:STORE");
    }

    @Test
    void usesNothingBelowTheVersionFloor() {
        one.store(Thing.version(1));
        lookUp(one, "t1");
        other.store(Thing.version(2));
        other.floors.raise(other.ref("t1"), 2);
        assertThat(lookUp(other, "t1")).isEqualTo("2 miss:STORE");
    }

    @Test
    void sharesAWrite() {
        one.store(Thing.version(1));
        lookUp(one, "t1");
        other.write(Thing.version(2));
        other.sharing.wrote(change(2));
        one.entries.evictIf(_ -> true);
        assertThat(lookUp(one, "t1")).isEqualTo("2 hit:L2 0s");
    }

    @Test
    void anOlderReadNeverReplacesAWrite() {
        one.store(Thing.version(1));
        one.onRead = () -> other.sharing.wrote(change(2));
        lookUp(one, "t1");
        assertThat(lookUp(other, "t1")).startsWith("2 hit:L2");
    }

    @Test
    void aWriterThatCannotShareYetStoresATombstone() {
        one.store(Thing.version(1));
        other.sharing.end();
        one.onRead = () -> other.sharing.wrote(change(2));
        lookUp(one, "t1");
        CacheFixture third = new CacheFixture(Runnable::run, redis);
        third.now = one.now;
        third.share();
        third.store(Thing.version(2));
        assertThat(lookUp(third, "t1")).isEqualTo("2 miss:STORE");
    }

    @Test
    void aWriteThatCouldNotBePublishedEndsTheGeneration() {
        one.store(Thing.version(1));
        lookUp(one, "t1");
        redis.failure = RedisDowns.any();
        other.sharing.wrote(change(2));
        redis.failure = null;
        other.sharing.hold();
        one.sharing.hold();
        one.entries.evictIf(_ -> true);
        one.store(Thing.version(2));
        assertThat(lookUp(one, "t1")).isEqualTo("2 miss:STORE");
    }

    @Test
    void dropsEntitiesInDoubt() {
        one.store(Thing.version(1));
        lookUp(one, "t1");
        one.sharing.inDoubt(Thing.version(1).key());
        other.store(Thing.version(2));
        assertThat(lookUp(other, "t1")).isEqualTo("2 miss:STORE");
    }

    @Test
    void usesNothingOfAnEndedGeneration() {
        one.store(Thing.version(1));
        lookUp(one, "t1");
        one.sharing.end();
        one.sharing.hold();
        other.sharing.hold();
        other.store(Thing.version(2));
        assertThat(lookUp(other, "t1")).isEqualTo("2 miss:STORE");
    }

    @Test
    void aReadThatBeganInAnEndedGenerationIsNotShared() {
        one.store(Thing.version(1));
        one.onRead = () -> {
            other.sharing.end();
            other.sharing.hold();
            one.sharing.hold();
        };
        lookUp(one, "t1");
        other.store(Thing.version(2));
        assertThat(lookUp(other, "t1")).isEqualTo("2 miss:STORE");
    }

    @Test
    void aReadThatAGapSupersedesIsNotShared() {
        one.store(Thing.version(1));
        one.onRead = one.local::clear;
        lookUp(one, "t1");
        other.store(Thing.version(2));
        assertThat(lookUp(other, "t1")).isEqualTo("2 miss:STORE");
    }

    @Test
    void withoutRedisEachInstanceLoadsForItself() {
        redis.failure = RedisDowns.any();
        one.store(Thing.version(1));
        assertThat(lookUp(one, "t1")).isEqualTo("1 miss:STORE");
        assertThat(one.meters
                        .counter(CacheMetrics.SHARED_FAILURES, "operation", "find")
                        .count())
                .isEqualTo(1);
        assertThat(one.meters
                        .counter(CacheMetrics.SHARED_FAILURES, "operation", "keep")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void anExceptionOfRedisFailsNoRequest() {
        redis.failure = new IllegalStateException("by the test");
        one.store(Thing.version(1));
        assertThat(lookUp(one, "t1")).isEqualTo("1 miss:STORE");
        other.sharing.wrote(change(2));
        redis.failure = null;
        other.sharing.hold();
        assertThat(other.shared.generation()).isNotEqualTo(one.shared.generation());
    }

    @Test
    void aFailedReadIsNotShared() {
        one.onRead = () -> {
            throw new Unavailable("cut off", null);
        };
        assertThatThrownBy(() -> lookUp(one, "t1")).hasRootCauseInstanceOf(Unavailable.class);
        other.store(Thing.version(2));
        assertThat(lookUp(other, "t1")).isEqualTo("2 miss:STORE");
    }

    @Test
    void dropsOnlyTheKindsThatItShares() {
        one.shared.dropAllIfShared("other"::equals);
        assertThat(one.shared.generation()).isNotNull();
        one.shared.dropAllIfShared("thing"::equals);
        assertThat(one.shared.generation()).isNull();
    }

    /** Advances the clock in steps, and renews the generation in each. */
    private void pass(Duration time) {
        Instant until = one.now.plus(time);
        do {
            one.now = one.now.plusSeconds(1).isBefore(until) ? one.now.plusSeconds(1) : until;
            other.now = one.now;
            one.sharing.hold();
            other.sharing.hold();
        } while (one.now.isBefore(until));
    }

    private static Change change(int version) {
        Thing thing = Thing.version(version);
        return new Change(thing, null);
    }

    private static String lookUp(CacheFixture instance, String id) {
        return lookUp(instance, id, POLICY);
    }

    /** The version, the lookup result with its tier, and the age. */
    private static String lookUp(CacheFixture instance, String id, CachePolicy policy) {
        Thing.Key key = new Thing.Key(Thing.ACME, id);
        EntityEntry entry = instance.cache.get(key);
        LookupResult result = instance.cache.lookup(key, entry, policy);
        if (entry != null && result.serves()) {
            return text(entry.version(), result);
        }
        KeyContext context = new KeyContext(policy, result, null);
        Map<Thing.Key, Thing> found = instance.cache
                .read(CacheFixture.THINGS, Set.of(key), Map.of(key, context))
                .toCompletableFuture()
                .join();
        Thing thing = found.get(key);
        return text(thing == null ? 0 : thing.version(), Objects.requireNonNull(context.outcome));
    }

    private static String text(int version, LookupResult result) {
        Duration age = result.age();
        return (version == 0 ? "null" : version) + " " + result.status().tag() + ":" + result.tier()
                + (age == null ? "" : " " + age.toSeconds() + "s");
    }

    private static void read(CacheFixture instance, Set<String> ids) {
        Map<Object, Object> contexts = new HashMap<>();
        Set<Thing.Key> keys = new HashSet<>();
        for (String id : ids) {
            Thing.Key key = new Thing.Key(Thing.ACME, id);
            keys.add(key);
            contexts.put(key, new KeyContext(POLICY, LookupResult.miss(Tier.STORE, "absent"), null));
        }
        instance.cache
                .read(CacheFixture.THINGS, keys, contexts)
                .toCompletableFuture()
                .join();
    }
}
