package dev.towline.localdax;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class LruCacheTests {

    private final MovableClock clock = new MovableClock(InstantSource.fixed(Instant.EPOCH));
    private final Counting counting = new Counting();

    @Test
    void forgetsAnEntryWhenItsTimeIsOver() {
        var cache = cache(100, Duration.ofMinutes(5));
        cache.put("a", 1, 10);

        clock.advance(Duration.ofMinutes(5).minusNanos(1));
        assertThat(cache.get("a")).isEqualTo(1);

        clock.advance(Duration.ofNanos(1));
        assertThat(cache.get("a")).isNull();
        assertThat(cache.bytes()).isZero();
    }

    @Test
    void keepsEntriesForEverIfTheirTimeIsZero() {
        var cache = cache(100, Duration.ZERO);
        cache.put("a", 1, 10);

        clock.advance(Duration.ofDays(10_000));

        assertThat(cache.get("a")).isEqualTo(1);
    }

    @Test
    void doesNotProlongTheTimeOfAnEntryThatIsRead() {
        var cache = cache(100, Duration.ofMinutes(5));
        cache.put("a", 1, 10);

        clock.advance(Duration.ofMinutes(4));
        cache.get("a");
        clock.advance(Duration.ofMinutes(1));

        assertThat(cache.get("a")).isNull();
    }

    @Test
    void beginsTheTimeAnewWhenAnEntryIsWritten() {
        var cache = cache(100, Duration.ofMinutes(5));
        cache.put("a", 1, 10);
        clock.advance(Duration.ofMinutes(4));

        cache.put("a", 2, 10);
        clock.advance(Duration.ofMinutes(4));

        assertThat(cache.get("a")).isEqualTo(2);
    }

    @Test
    void evictsTheLeastRecentlyUsedEntriesAndCountsThem() {
        var cache = cache(30, Duration.ZERO);
        cache.put("a", 1, 10);
        cache.put("b", 2, 10);
        cache.put("c", 3, 10);

        cache.get("a");
        cache.put("d", 4, 15);

        assertThat(cache.get("b")).isNull();
        assertThat(cache.get("c")).isNull();
        assertThat(cache.get("a")).isEqualTo(1);
        assertThat(cache.bytes()).isEqualTo(25);
        Counters counted = counting.snapshot(0, 0);
        assertThat(counted.get(Metric.EVICTED_ENTRIES)).isEqualTo(2);
        assertThat(counted.get(Metric.EVICTED_SIZE)).isEqualTo(20);
    }

    @Test
    void doesNotStoreWhatIsLargerThanTheCacheAndEvictsNothingForIt() {
        var cache = cache(30, Duration.ZERO);
        cache.put("a", 1, 10);
        cache.put("b", 2, 10);

        cache.put("a", 3, 31);

        assertThat(cache.get("a")).isNull();
        assertThat(cache.get("b")).isEqualTo(2);
        assertThat(cache.bytes()).isEqualTo(10);
        Counters counted = counting.snapshot(0, 0);
        assertThat(counted.get(Metric.EVICTED_ENTRIES)).isEqualTo(1);
        assertThat(counted.get(Metric.EVICTED_SIZE)).isEqualTo(31);
    }

    private LruCache<String, Integer> cache(long maximumBytes, Duration timeToLive) {
        return new LruCache<>(maximumBytes, timeToLive, clock, counting);
    }
}
