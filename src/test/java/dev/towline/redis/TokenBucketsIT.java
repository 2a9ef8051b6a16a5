package dev.towline.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.towline.redis.TokenBuckets.Filling;
import dev.towline.redis.TokenBuckets.Lease;
import java.time.Duration;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.data.redis.core.RedisCallback;

/** Shared buckets in a real Redis. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TokenBucketsIT {

    /** It gets no token while a test runs. */
    private static final Filling STILL = new Filling(100, 1);

    @AutoClose
    private static final RedisServer REDIS = new RedisServer();

    private final TokenBuckets buckets = new RedisTokenBuckets(REDIS.template, RedisServer.SETTINGS);

    @Test
    void leasesWhatIsWantedOfAFullBucket(TestInfo test) {
        assertThat(buckets.lease(test.getDisplayName(), STILL, 0, 30)).isEqualTo(new Lease(30, 70));
    }

    @Test
    void leasesAtMostHalfOfWhatIsLeftAndTheLastToken(TestInfo test) {
        String bucket = test.getDisplayName();
        assertThat(IntStream.range(0, 8)
                        .mapToObj(_ -> buckets.lease(bucket, STILL, 0, 100).leased()))
                .startsWith(50L, 25L, 13L, 6L, 3L)
                .contains(1L);
    }

    @Test
    void chargesEvenWhatIsNotThere(TestInfo test) {
        String bucket = test.getDisplayName();
        assertThat(buckets.lease(bucket, STILL, 150, 10).leased()).isZero();
        assertThat(buckets.lease(bucket, STILL, 0, 10).left()).isBetween(-50L, -45L);
    }

    @Test
    void takesBackWhatWasNotSpentButNoMoreThanTheBucketHolds(TestInfo test) {
        String bucket = test.getDisplayName();
        buckets.lease(bucket, STILL, 0, 40);
        assertThat(buckets.lease(bucket, STILL, -30, 0).left()).isBetween(90L, 95L);
        assertThat(buckets.lease(bucket, STILL, -30, 0).left()).isEqualTo(100);
    }

    @Test
    void fillsOnTheClockOfRedis(TestInfo test) throws InterruptedException {
        Filling filling = new Filling(1000, 100);
        String bucket = test.getDisplayName();
        long before = now();
        buckets.lease(bucket, filling, 1000, 0);
        Thread.sleep(500);
        long left = buckets.lease(bucket, filling, 0, 0).left();
        assertThat(left).isBetween(49L, (now() - before) / 10_000 + 1);
    }

    @Test
    void asksTheClockOfRedisForEachLease(TestInfo test) {
        String bucket = test.getDisplayName();
        buckets.lease(bucket, STILL, 0, 1);
        long before = now();
        long asked = calls("time");
        IntStream.range(0, 10).forEach(_ -> buckets.lease(bucket, STILL, 0, 1));
        assertThat(calls("time") - asked).isEqualTo(10);
        Object at = REDIS.template.opsForHash().get(key(bucket), "at");
        assertThat(Long.parseLong(String.valueOf(at))).isBetween(before, now());
    }

    @Test
    void sendsTheScriptOnceAndKeepsOneKeyForEachSubject(TestInfo test) {
        String bucket = test.getDisplayName();
        long byHash = calls("evalsha");
        long asText = calls("eval");
        Set<String> others = REDIS.template.keys("*");
        IntStream.range(0, 10).forEach(_ -> buckets.lease(bucket, STILL, 0, 1));
        assertThat(calls("evalsha") - byHash).isGreaterThanOrEqualTo(10);
        assertThat(calls("eval") - asText).isBetween(0L, 1L);
        Set<String> keys = new HashSet<>(REDIS.template.keys("*"));
        keys.removeAll(others);
        assertThat(keys).containsExactly(key(bucket));
    }

    @Test
    void forgetsABucketWhenItIsFull(TestInfo test) {
        String key = key(test.getDisplayName());
        buckets.lease(test.getDisplayName(), new Filling(100, 100), 50, 0);
        assertThat(REDIS.template.getExpire(key, TimeUnit.MILLISECONDS)).isBetween(1L, 501L);
        await().atMost(Duration.ofSeconds(5)).until(() -> !Boolean.TRUE.equals(REDIS.template.hasKey(key)));
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void saysThatRedisIsDown() {
        REDIS.stop();
        assertThatThrownBy(() -> buckets.lease("any", STILL, 0, 1)).isInstanceOf(RedisDown.class);
    }

    private static String key(String bucket) {
        return "test:rate:{" + bucket + '}';
    }

    /** How often Redis was sent a command, also by a script. */
    private static long calls(String command) {
        Properties all = REDIS.template.execute((RedisCallback<Properties>)
                connection -> connection.serverCommands().info("commandstats"));
        String calls = all == null ? null : all.getProperty("cmdstat_" + command);
        return calls == null ? 0 : Long.parseLong(calls.replaceAll("calls=(\\d+),.*", "$1"));
    }

    private static long now() {
        Long micros = REDIS.template.execute(
                (RedisCallback<Long>) connection -> connection.serverCommands().time(TimeUnit.MICROSECONDS));
        return micros == null ? 0 : micros;
    }
}
