package dev.towline.rate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.rate.RateLimit.Parts;
import dev.towline.redis.RedisDowns;
import dev.towline.redis.TokenBuckets;
import dev.towline.redis.TokenBuckets.Filling;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A limit with its subjects, without Redis. */
class RateLimitTests {

    private static final Rate RATE = new Rate(10, 200);
    private static final Filling FILLING = new Filling(200, 10);

    private final ManualTicker time = new ManualTicker();
    private final FakeBuckets redis = new FakeBuckets(time);

    @Test
    void keepsSubjectsApart() {
        RateLimit<String> limit = limit(redis, 1, 100);

        assertThat(admitted(limit, "a")).isBetween(199, 200);
        assertThat(admitted(limit, "b")).isBetween(199, 200);
    }

    @Test
    void givesBackWhatAnIdleSubjectHasNotSpent() {
        RateLimit<String> limit = limit(redis, 1, 100);
        limit.spend("a", RATE, 3);
        assertThat(redis.tokens("viewer:a", FILLING)).isEqualTo(147);

        time.advance(RateLimit.IDLE);
        limit.cleanUp();

        assertThat(limit.size()).isZero();
        assertThat(redis.tokens("viewer:a", FILLING)).isEqualTo(200);
    }

    @Test
    void chargesWhatASubjectOwesWhenItIsForgotten() {
        RateLimit<String> limit = limit(redis, 1, 100);
        admitted(limit, "a");
        limit.charge("a", RATE, 500);

        time.advance(RateLimit.IDLE);
        limit.cleanUp();

        assertThat(redis.tokens("viewer:a", FILLING)).isBetween(-460.0, -440.0);
        assertThat(limit.spend("a", RATE, 1).admitted()).as("on credit").isTrue();
        assertThat(admitted(limit, "a")).as("Redis has said what it owes").isZero();
    }

    @Test
    void remembersNoMoreSubjectsThanItMay() {
        RateLimit<String> limit = limit(redis, 1, 10);

        IntStream.range(0, 1000).forEach(i -> limit.spend("s" + i, RATE, 1));
        limit.cleanUp();

        assertThat(limit.size()).isLessThanOrEqualTo(10);
    }

    @Test
    void sharesTheRateByItselfWhileRedisIsAway() {
        AtomicInteger calls = new AtomicInteger();
        TokenBuckets away = (_, _, _, _) -> {
            calls.incrementAndGet();
            throw RedisDowns.any();
        };
        RateLimit<String> limit = limit(away, 4, 100);

        assertThat(admitted(limit, "a")).as("a quarter of 200").isBetween(49, 51);
        assertThat(calls).as("asked once, and again after a while").hasValue(1);
        time.advance(Leases.RETRY);
        admitted(limit, "a");
        assertThat(calls).hasValue(2);
    }

    @Test
    void sharesTheRateInRedisAgainWhenItIsBack() {
        Queue<RuntimeException> failures = new ArrayDeque<>();
        failures.add(RedisDowns.any());
        RateLimit<String> limit = limit(
                (name, filling, charge, wanted) -> {
                    RuntimeException failure = failures.poll();
                    if (failure != null) {
                        throw failure;
                    }
                    return redis.lease(name, filling, charge, wanted);
                },
                4,
                100);
        limit.spend("a", RATE, 1);
        assertThat(redis.calls).isZero();

        time.advance(Leases.RETRY);
        limit.spend("a", RATE, 1);

        assertThat(redis.calls).isEqualTo(1);
        assertThat(admitted(limit, "a")).isBetween(190, 200);
    }

    @Test
    void spendsOnCreditWhileRedisIsSlow() {
        Queue<Runnable> waiting = new ArrayDeque<>();
        RateLimit<String> limit = new RateLimit<>(
                LimitedBy.VIEWER, TestRates.parts(redis, waiting::add, time, 20), subject -> subject, 1000);

        assertThat(admitted(limit, "a")).isEqualTo(50);
        assertThat(waiting).hasSize(1);
        waiting.remove().run();
        assertThat(limit.spend("a", RATE, 1).admitted()).isTrue();
    }

    @Test
    void waitsForRedisWithABoundedNumberOfLeases() {
        Queue<Runnable> waiting = new ArrayDeque<>();
        RateLimit<String> limit = new RateLimit<>(
                LimitedBy.VIEWER, TestRates.parts(redis, waiting::add, time, 1), subject -> subject, 1000);

        IntStream.range(0, 500).forEach(i -> limit.spend("s" + i, RATE, 1));
        assertThat(waiting).hasSize(Leases.MAX_WAITING);

        waiting.forEach(Runnable::run);
        limit.spend("s499", RATE, 1);
        assertThat(waiting).as("whoever was left out asks again").hasSize(Leases.MAX_WAITING + 1);
    }

    @Test
    void admitsTwoBatchesOfFixesBeforeTheFirstLease() {
        Queue<Runnable> waiting = new ArrayDeque<>();
        Rate rate = new Rate(20, 10_000);
        RateLimit<String> fixes = new RateLimit<>(
                LimitedBy.FIXES, TestRates.parts(redis, waiting::add, time, 20), subject -> subject, 1000);

        assertThat(fixes.spend("a", rate, 500).admitted()).isTrue();
        assertThat(fixes.spend("a", rate, 500).admitted()).isTrue();
        RateCheck third = fixes.spend("a", rate, 500);
        assertThat(third.admitted()).isFalse();
        assertThat(third.retryAfter()).as("the lease is on its way").isEqualTo(Duration.ofSeconds(1));
        waiting.remove().run();
        assertThat(fixes.spend("a", rate, 500).admitted()).isTrue();
    }

    private RateLimit<String> limit(TokenBuckets buckets, int instances, int maxSubjects) {
        Parts parts = TestRates.parts(buckets, Runnable::run, time, instances);
        return new RateLimit<>(LimitedBy.VIEWER, parts, subject -> subject, maxSubjects);
    }

    private static int admitted(RateLimit<String> limit, String subject) {
        int admitted = 0;
        while (admitted < 10_000 && limit.spend(subject, RATE, 1).admitted()) {
            admitted++;
        }
        return admitted;
    }
}
