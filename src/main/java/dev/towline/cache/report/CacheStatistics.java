package dev.towline.cache.report;

import dev.towline.cache.CacheMetrics;
import dev.towline.cache.CacheStatus;
import dev.towline.cache.MemorySize;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The statistics of the cache of this instance since its start, and its present sizes.
 *
 * @param fields the statistics by {@code Type.field}
 * @param entries the number of entries
 * @param weightBytes the estimated memory of the entries, in bytes
 * @param evictions the number of evicted entries by cause: size or explicit
 * @param loads the loads by kind of entity
 */
record CacheStatistics(
        Map<String, Field> fields,
        long entries,
        long weightBytes,
        Map<String, Long> evictions,
        Map<String, Loads> loads) {

    /**
     * The statistics of one field.
     *
     * @param requests the number of lookups by status
     * @param hitRatio the fraction of lookups that the cache answered, 0 to 1. Bypasses do not count. Null if there were no lookups
     * @param memory the name of the cache that has the values of the field: a kind of entity, whose cache all fields of that kind share, or the
     *     field itself
     * @param entries the number of entries in that cache
     * @param weightBytes the estimated memory of these entries, in bytes
     * @param evictions the number of entries evicted from that cache, by cause
     */
    record Field(
            Map<String, Long> requests,
            @Nullable Double hitRatio,
            String memory,
            long entries,
            long weightBytes,
            Map<String, Long> evictions) {

        private static Field of(
                Map<String, Long> requests, String memory, MemorySize size, Map<String, Long> evictions) {
            long lookups = requests.entrySet().stream()
                    .filter(each -> !each.getKey().equals(CacheStatus.BYPASS.tag()))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            long missed = requests.getOrDefault(CacheStatus.MISS.tag(), 0L);
            Double hitRatio = lookups == 0 ? null : (double) (lookups - missed) / lookups;
            return new Field(requests, hitRatio, memory, size.entries(), size.weightBytes(), evictions);
        }
    }

    /**
     * The loads of one kind of entity from the store.
     *
     * @param count the number of loads; one batch is one load
     * @param failed the number of failed loads
     * @param meanMs the mean duration in milliseconds
     * @param maxMs the maximum duration in the last few minutes, in milliseconds
     */
    record Loads(long count, long failed, double meanMs, double maxMs) {

        private Loads plus(Loads other) {
            long both = count + other.count;
            double mean = both == 0 ? 0 : (count * meanMs + other.count * other.meanMs) / both;
            return new Loads(both, failed + other.failed, mean, Math.max(maxMs, other.maxMs));
        }
    }

    /**
     * Combines the meters and the sizes.
     *
     * @param memories the name of the cache of each field, by {@code Type.field}
     * @param sizes the size of each cache, by kind of entity or field
     */
    static CacheStatistics of(MeterRegistry meters, Map<String, String> memories, Map<String, MemorySize> sizes) {
        Map<String, Map<String, Long>> requests = counts(meters, CacheMetrics.REQUESTS, "field", "result");
        Map<String, Map<String, Long>> evictions = counts(meters, CacheMetrics.EVICTIONS, "of", "cause");
        Map<String, Field> fields = new TreeMap<>();
        memories.forEach((field, memory) -> fields.put(
                field,
                Field.of(
                        requests.getOrDefault(field, Map.of()),
                        memory,
                        sizes.getOrDefault(memory, MemorySize.NOTHING),
                        evictions.getOrDefault(memory, Map.of()))));
        Map<String, Long> causes = new TreeMap<>();
        evictions.values().forEach(each -> each.forEach((cause, count) -> causes.merge(cause, count, Long::sum)));
        MemorySize all = sizes.values().stream().reduce(MemorySize.NOTHING, MemorySize::plus);
        return new CacheStatistics(fields, all.entries(), all.weightBytes(), causes, loads(meters));
    }

    /** The counts of a metric, grouped by two tags. */
    private static Map<String, Map<String, Long>> counts(
            MeterRegistry meters, String name, String firstTag, String secondTag) {
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        for (Counter counter : meters.find(name).counters()) {
            counts.computeIfAbsent(tag(counter, firstTag), _ -> new TreeMap<>())
                    .merge(tag(counter, secondTag), (long) counter.count(), Long::sum);
        }
        return counts;
    }

    private static Map<String, Loads> loads(MeterRegistry meters) {
        Map<String, Loads> loads = new TreeMap<>();
        for (Timer timer : meters.find(CacheMetrics.LOADS).timers()) {
            long failed = "ok".equals(timer.getId().getTag("outcome")) ? 0 : timer.count();
            loads.merge(
                    Objects.requireNonNull(timer.getId().getTag("entity")),
                    new Loads(
                            timer.count(), failed, timer.mean(TimeUnit.MILLISECONDS), timer.max(TimeUnit.MILLISECONDS)),
                    Loads::plus);
        }
        return loads;
    }

    private static String tag(Counter counter, String name) {
        return Objects.requireNonNull(counter.getId().getTag(name));
    }
}
