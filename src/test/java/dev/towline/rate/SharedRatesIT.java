package dev.towline.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.towline.redis.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** Instances that share a limit in a real Redis. */
@Timeout(60)
class SharedRatesIT {

    @AutoClose
    private static final RedisServer REDIS = new RedisServer();

    /** Half a block is ten tokens. */
    private static final Rate RATE = new Rate(50, 2000);

    private static final Duration RUN = Duration.ofSeconds(3);

    /** What waits for Redis takes at least the time-out of a command, which is 2 s. */
    private static final Duration NO_WAIT = Duration.ofMillis(500);

    @Test
    void instancesTogetherAdmitTheRateAndAtMostTwoBlocksMoreEach(TestInfo test)
            throws InterruptedException, ExecutionException {
        int instances = 3;
        List<RateLimit<String>> limits =
                IntStream.range(0, instances).mapToObj(_ -> instance(instances)).toList();
        long start = System.nanoTime();
        List<Callable<Long>> callers = new ArrayList<>();
        for (RateLimit<String> limit : limits) {
            for (int thread = 0; thread < 2; thread++) {
                callers.add(() -> admitted(limit, test.getDisplayName(), start));
            }
        }

        long admitted = 0;
        try (var threads = Executors.newCachedThreadPool()) {
            for (Future<Long> each : threads.invokeAll(callers)) {
                admitted += each.get();
            }
        }

        double seconds = (System.nanoTime() - start) / 1e9;
        long exact = Math.round(RATE.burst() + seconds * RATE.perSecond());
        assertThat(admitted)
                .isLessThanOrEqualTo(exact + 2L * instances * RATE.block())
                .as("the instances do not hold back what others could use")
                .isGreaterThan(exact * 8 / 10);
    }

    @Test
    void noRequestWaitsForRedis(TestInfo test) throws InterruptedException {
        RateLimit<String> limit = instance(2);
        long[] withRedis = times(limit, test.getDisplayName());

        REDIS.pause(true);
        try {
            long[] without = times(limit, test.getDisplayName() + " paused");

            assertThat(percentile(without, 100)).isLessThan(NO_WAIT.toNanos());
            assertThat(percentile(without, 99))
                    .as("beside %d ns with Redis", percentile(withRedis, 99))
                    .isLessThan(20 * percentile(withRedis, 99) + TimeUnit.MILLISECONDS.toNanos(1));
        } finally {
            REDIS.pause(false);
        }
    }

    @Test
    void sharesByItselfWhileRedisIsAwayAndInRedisWhenItIsBack(TestInfo test) {
        String subject = test.getDisplayName();
        REDIS.pause(true);
        RateLimit<String> limit;
        try {
            limit = instance(10);
            assertThat(limit.spend(subject, RATE, 1).admitted()).isTrue();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> limit.spend(subject, RATE, 1).remaining() < RATE.burst() / 10);
            long admitted = IntStream.range(0, 1000)
                    .filter(_ -> limit.spend(subject, RATE, 1).admitted())
                    .count();
            assertThat(admitted).as("a tenth").isBetween(100L, RATE.burst() / 10 + 10);
        } finally {
            REDIS.pause(false);
        }

        await().atMost(Duration.ofSeconds(20))
                .until(() -> limit.spend(subject, RATE, 1).remaining() > RATE.burst() / 2);
    }

    private static RateLimit<String> instance(int instances) {
        return new RateLimit<>(
                LimitedBy.VIEWER,
                TestRates.parts(REDIS.tokenBuckets(), Thread::startVirtualThread, Ticker.systemTicker(), instances),
                subject -> subject,
                100_000);
    }

    private static long admitted(RateLimit<String> limit, String subject, long start) throws InterruptedException {
        long admitted = 0;
        while (System.nanoTime() - start < RUN.toNanos()) {
            if (limit.spend(subject, RATE, 1).admitted()) {
                admitted++;
            }
            Thread.sleep(Duration.ofNanos(200_000));
        }
        return admitted;
    }

    /** The times of checks of known and of unknown subjects, in nanoseconds, sorted. */
    private static long[] times(RateLimit<String> limit, String subject) {
        return IntStream.range(0, 20_000)
                .mapToLong(i -> {
                    String name = i % 4 == 0 ? subject + i : subject;
                    long start = System.nanoTime();
                    limit.spend(name, RATE, 1);
                    return System.nanoTime() - start;
                })
                .sorted()
                .toArray();
    }

    private static long percentile(long[] sorted, int percent) {
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }
}
