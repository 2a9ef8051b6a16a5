package dev.towline.cache;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the meters say of the cache since this instance began.
 *
 * @param fields by {@code Type.field}, those that were asked for
 * @param entries how many entities are remembered
 * @param weightBytes how much memory they take, about
 * @param evictions how many entries went before their time, by cause: size, or explicit
 * @param loads by kind of entity
 */
record CacheStatistics(
        Map<String, Field> fields,
        long entries,
        long weightBytes,
        Map<String, Long> evictions,
        Map<String, Loads> loads) {

    /**
     * One field's lookups.
     *
     * @param requests how many came to what
     * @param hitRatio how many of those that asked the cache were answered from memory, 0 to 1; null if none asked
     */
    record Field(Map<String, Long> requests, @Nullable Double hitRatio) {

        private static Field of(Map<String, Long> requests) {
            long asked = requests.entrySet().stream()
                    .filter(each -> !each.getKey().equals(Result.BYPASS.tag()))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            long missed = requests.getOrDefault(Result.MISS.tag(), 0L);
            return new Field(requests, asked == 0 ? null : (double) (asked - missed) / asked);
        }
    }

    /**
     * One kind of entity's reads from where it is stored.
     *
     * @param count how many, each of a batch
     * @param failed how many of them failed
     * @param meanMs how long one took on average
     * @param maxMs how long the slowest of the last minutes took
     */
    record Loads(long count, long failed, double meanMs, double maxMs) {

        private Loads and(Loads other) {
            long both = count + other.count;
            double mean = both == 0 ? 0 : (count * meanMs + other.count * other.meanMs) / both;
            return new Loads(both, failed + other.failed, mean, Math.max(maxMs, other.maxMs));
        }
    }

    static CacheStatistics of(MeterRegistry meters) {
        Map<String, Map<String, Long>> requests = new TreeMap<>();
        for (Counter counter : meters.find(CacheMetrics.REQUESTS).counters()) {
            requests.computeIfAbsent(tag(counter, "field"), _ -> new TreeMap<>())
                    .merge(tag(counter, "result"), (long) counter.count(), Long::sum);
        }
        Map<String, Field> fields = new TreeMap<>();
        requests.forEach((field, results) -> fields.put(field, Field.of(results)));
        Map<String, Long> evictions = new TreeMap<>();
        for (Counter counter : meters.find(CacheMetrics.EVICTIONS).counters()) {
            evictions.merge(tag(counter, "cause"), (long) counter.count(), Long::sum);
        }
        Map<String, Loads> loads = new TreeMap<>();
        for (Timer timer : meters.find(CacheMetrics.LOADS).timers()) {
            long failed = "ok".equals(timer.getId().getTag("outcome")) ? 0 : timer.count();
            loads.merge(
                    Objects.requireNonNull(timer.getId().getTag("entity")),
                    new Loads(
                            timer.count(), failed, timer.mean(TimeUnit.MILLISECONDS), timer.max(TimeUnit.MILLISECONDS)),
                    Loads::and);
        }
        return new CacheStatistics(
                fields, value(meters, CacheMetrics.ENTRIES), value(meters, CacheMetrics.WEIGHT), evictions, loads);
    }

    private static String tag(Counter counter, String name) {
        return Objects.requireNonNull(counter.getId().getTag(name));
    }

    private static long value(MeterRegistry meters, String name) {
        Gauge gauge = meters.find(name).gauge();
        return gauge == null ? 0 : (long) gauge.value();
    }
}
