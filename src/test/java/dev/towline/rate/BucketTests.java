package dev.towline.rate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.rate.Bucket.Decision;
import dev.towline.rate.Bucket.Wish;
import dev.towline.redis.TokenBuckets.Filling;
import dev.towline.redis.TokenBuckets.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What one instance admits, and what several do together, beside simple models. */
class BucketTests {

    private static final String NAME = "bucket";

    private final ManualTicker time = new ManualTicker();
    private final FakeBuckets redis = new FakeBuckets(time);

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @Test
    void admitsItsShareBeforeRedisHasAnswered() {
        Bucket bucket = new Bucket(new Rate(10, 100), 2, time);

        assertThat(IntStream.range(0, 53).filter(_ -> spend(bucket, 1).admitted()))
                .as("half of the bucket")
                .hasSize(50);
        Wish wish = new Wish(50, 25);
        bucket.leased(wish, new Lease(25, 25));
        assertThat(IntStream.range(0, 60).filter(_ -> spend(bucket, 1).admitted()))
                .as("the lease, and a block on credit, as the share is spent")
                .hasSize(50);
    }

    @Test
    void admitsABlockBeforeRedisHasAnsweredWhereItsShareIsLess() {
        Bucket bucket = new Bucket(new Rate(10, 40), 40, time);

        assertThat(IntStream.range(0, 12).filter(_ -> spend(bucket, 1).admitted()))
                .hasSize(10);
    }

    /** A block is 100 of these tokens. */
    @Test
    void aSlowLeaseRefusesNobodyWhoHasTokens() {
        Bucket bucket = new Bucket(new Rate(1, 2000), 1, time);
        IntStream.range(0, 1000).forEach(_ -> spendWithRedis(bucket, 1));

        assertThat(IntStream.range(0, 1100).filter(_ -> spend(bucket, 1).admitted()))
                .hasSize(1000);
        assertThat(Objects.requireNonNull(bucket.look(false)).admitted()).isFalse();
    }

    @Test
    void asksOnceWhileALeaseIsOnItsWay() {
        Bucket bucket = new Bucket(new Rate(10, 40), 1, time);

        assertThat(spend(bucket, 3).wish()).isEqualTo(new Wish(3, 10));
        assertThat(spend(bucket, 1).wish()).isNull();
        bucket.failed();
        assertThat(spend(bucket, 1).wish()).isEqualTo(new Wish(5, 10));
    }

    @Test
    void asksAgainWhenHalfOfTheLeaseIsSpent() {
        Bucket bucket = new Bucket(new Rate(10, 2000), 1, time);
        bucket.leased(Objects.requireNonNull(spend(bucket, 1).wish()), new Lease(100, 899));

        assertThat(spend(bucket, 49).wish()).isNull();
        assertThat(spend(bucket, 1).wish()).isEqualTo(new Wish(0, 50));
    }

    @Test
    void saysWhenARetrySucceeds() {
        Bucket bucket = new Bucket(new Rate(2, 100), 1, time);
        Decision refused = spendWithRedis(bucket, 20);
        while (refused.admitted()) {
            refused = spendWithRedis(bucket, 20);
        }

        assertThat(refused.retryAfter()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(11));
        assertThat(refused.remaining()).isLessThan(20);
        time.advance(refused.retryAfter());
        assertThat(spendWithRedis(bucket, 20).admitted()).isTrue();
    }

    @Test
    void asksRedisNotForEveryRefusal() {
        Bucket bucket = new Bucket(new Rate(1, 100), 1, time);
        IntStream.range(0, 200).forEach(_ -> spendWithRedis(bucket, 1));
        int before = redis.calls;

        IntStream.range(0, 1000).forEach(_ -> {
            time.advance(Duration.ofMillis(1));
            spendWithRedis(bucket, 1);
        });

        assertThat(redis.calls - before).isLessThanOrEqualTo(110);
    }

    /**
     * An instance that leases at once admits what an exact bucket admits, but for a block: it may hold one when the shared bucket is full. What it
     * owes after a pause may cost one attempt.
     */
    @ParameterizedTest
    @MethodSource("seeds")
    void admitsAsAnExactBucketDoes(int seed) {
        Random random = new Random(seed);
        Rate rate = new Rate(1 + random.nextInt(100), 20 + random.nextInt(1000));
        Bucket bucket = new Bucket(rate, 1, time);
        double exact = rate.burst();
        for (int step = 0; step < 2000; step++) {
            Duration pause = Duration.ofMillis(random.nextInt(10) == 0 ? random.nextInt(2000) : random.nextInt(5));
            time.advance(pause);
            exact = Math.min((double) rate.burst(), exact + pause.toNanos() * rate.perSecond() / 1e9);
            long tokens = 1 + random.nextLong(rate.block());

            boolean admitted = spendWithRedis(bucket, tokens).admitted();
            if (!admitted) {
                admitted = spendWithRedis(bucket, tokens).admitted();
            }

            if (exact >= tokens + rate.block()) {
                assertThat(admitted).as("step %d, exact %s", step, exact).isTrue();
            }
            if (exact + rate.block() < tokens - 1) {
                assertThat(admitted).as("step %d, exact %s", step, exact).isFalse();
            }
            exact -= admitted ? tokens : 0;
        }
    }

    /**
     * However late leases come, and however many fail: in any time, instances exceed a rate by at most once more the burst, which they spend as
     * their shares, and two blocks each, one that they hold and one that they owe.
     */
    @ParameterizedTest
    @MethodSource("seeds")
    void exceedsTheRateByAtMostTheBurstAndTwoBlocksForEachInstance(int seed) {
        Random random = new Random(seed);
        Rate rate = new Rate(1 + random.nextInt(100), 20 + random.nextInt(1000));
        int instances = 1 + random.nextInt(5);
        List<Bucket> buckets = new ArrayList<>();
        List<Runnable> onTheirWay = new ArrayList<>();
        IntStream.range(0, instances).forEach(_ -> buckets.add(new Bucket(rate, instances, time)));
        double most = 2.0 * rate.burst() + 2.0 * instances * rate.block();
        double left = most;
        long admitted = 0;
        for (int step = 0; step < 3000; step++) {
            Duration pause = Duration.ofMillis(random.nextInt(100) == 0 ? random.nextInt(20_000) : random.nextInt(20));
            time.advance(pause);
            left = Math.min(most, left + pause.toNanos() * rate.perSecond() / 1e9);
            Bucket bucket = buckets.get(random.nextInt(instances));
            long tokens = 1 + random.nextLong(rate.block());
            Decision decision = spend(bucket, tokens);
            admitted += decision.admitted() ? tokens : 0;
            left -= decision.admitted() ? tokens : 0;
            Wish wish = decision.wish();
            if (wish != null) {
                onTheirWay.add(random.nextInt(5) == 0 ? bucket::failed : () -> fulfil(bucket, wish, rate));
            }
            while (!onTheirWay.isEmpty() && random.nextInt(3) == 0) {
                onTheirWay.remove(random.nextInt(onTheirWay.size())).run();
            }

            assertThat(left).as("step %d", step).isNotNegative();
        }
        assertThat(admitted).isGreaterThan(rate.burst() / 2);
    }

    @Test
    void keepsItsShareOfTheRateWarmForTheTimeWithoutRedis() {
        Bucket bucket = new Bucket(new Rate(10, 100), 4, time);
        IntStream.range(0, 20).forEach(_ -> spendWithRedis(bucket, 1));

        assertThat(admittedLocally(bucket, 4))
                .as("25 but for the 20 spent before")
                .isEqualTo(5);
        time.advance(Duration.ofSeconds(2));
        assertThat(admittedLocally(bucket, 4)).as("2.5 a second").isEqualTo(5);
        time.advance(Duration.ofHours(1));
        assertThat(admittedLocally(bucket, 4)).isEqualTo(25);
        time.advance(Duration.ofHours(1));
        assertThat(admittedLocally(bucket, 1)).as("the others have left").isGreaterThanOrEqualTo(25);
        time.advance(Duration.ofHours(1));
        assertThat(admittedLocally(bucket, 1)).isEqualTo(100);
    }

    @Test
    void saysWhenARetrySucceedsWithoutRedis() {
        Bucket bucket = new Bucket(new Rate(10, 100), 10, time);
        assertThat(admittedLocally(bucket, 10)).isEqualTo(10);

        Decision refused = Objects.requireNonNull(bucket.spendLocally(5, 10));
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(5));
        time.advance(refused.retryAfter());
        assertThat(Objects.requireNonNull(bucket.spendLocally(5, 10)).admitted())
                .isTrue();
    }

    @Test
    void admitsMoreAtOnceThanABlockAndOwesTheRest() {
        Bucket bucket = new Bucket(new Rate(10, 100), 1, time);

        assertThat(spendWithRedis(bucket, 500).admitted()).isTrue();
        assertThat(spendWithRedis(bucket, 1).admitted()).isFalse();
        time.advance(Duration.ofSeconds(30));
        assertThat(spendWithRedis(bucket, 1).admitted()).isFalse();
        time.advance(Duration.ofSeconds(11));
        assertThat(spendWithRedis(bucket, 1).admitted()).isTrue();
    }

    @Test
    void countsWhatIsChargedInAnyCase() {
        Bucket bucket = new Bucket(new Rate(10, 100), 1, time);
        assertThat(bucket.charge(200)).isEqualTo(new Wish(200, 25));
        bucket.failed();

        assertThat(spendWithRedis(bucket, 1).admitted()).isFalse();
        time.advance(Duration.ofSeconds(9));
        assertThat(spendWithRedis(bucket, 1).admitted()).isFalse();
        time.advance(Duration.ofSeconds(2));
        assertThat(spendWithRedis(bucket, 1).admitted()).isTrue();
    }

    @Test
    void returnsWhatIsLeftWhenItIsClosed() {
        Bucket bucket = new Bucket(new Rate(10, 40), 1, time);
        spendWithRedis(bucket, 3);

        assertThat(bucket.close()).isEqualTo(-10);
        assertThat(bucket.spend(1)).isNull();
        assertThat(bucket.spendLocally(1, 1)).isNull();
    }

    private Decision spendWithRedis(Bucket bucket, long tokens) {
        Decision decision = spend(bucket, tokens);
        Wish wish = decision.wish();
        if (wish != null) {
            fulfil(bucket, wish, bucket.rate());
        }
        return decision;
    }

    private void fulfil(Bucket bucket, Wish wish, Rate rate) {
        bucket.leased(
                wish, redis.lease(NAME, new Filling(rate.burst(), rate.perSecond()), wish.charge(), wish.wanted()));
    }

    private static Decision spend(Bucket bucket, long tokens) {
        return Objects.requireNonNull(bucket.spend(tokens));
    }

    private static int admittedLocally(Bucket bucket, int instances) {
        int admitted = 0;
        while (Objects.requireNonNull(bucket.spendLocally(1, instances)).admitted()) {
            admitted++;
        }
        return admitted;
    }
}
