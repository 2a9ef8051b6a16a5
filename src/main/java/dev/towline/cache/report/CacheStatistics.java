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
 * What the cache of this instance has done since it began, and what it remembers now.
 *
 * @param fields by {@code Type.field}
 * @param entries how much is remembered together
 * @param weightBytes how much memory that takes, about
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
     * One field.
     *
     * @param requests how many of its lookups came to what
     * @param hitRatio how many of those that asked the cache were answered from memory, 0 to 1; null if none asked
     * @param memory what it remembers: a kind of entity, which all fields that yield it share, or its own values
     * @param entries how many are in that memory
     * @param weightBytes how much they take, about
     * @param evictions how many of them went before their time, by cause
     */
    record Field(
            Map<String, Long> requests,
            @Nullable Double hitRatio,
            String memory,
            long entries,
            long weightBytes,
            Map<String, Long> evictions) {

        private static Field of(
                Map<String, Long> requests, String memory, MemorySize held, Map<String, Long> evictions) {
            long asked = requests.entrySet().stream()
                    .filter(each -> !each.getKey().equals(CacheStatus.BYPASS.tag()))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            long missed = requests.getOrDefault(CacheStatus.MISS.tag(), 0L);
            Double hitRatio = asked == 0 ? null : (double) (asked - missed) / asked;
            return new Field(requests, hitRatio, memory, held.entries(), held.weightBytes(), evictions);
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

    /**
     * Puts together what the meters say with what is remembered.
     *
     * @param memories what each field remembers, by {@code Type.field}
     * @param held how much there is of it, by kind of entity or field
     */
    static CacheStatistics of(MeterRegistry meters, Map<String, String> memories, Map<String, MemorySize> held) {
        Map<String, Map<String, Long>> requests = counts(meters, CacheMetrics.REQUESTS, "field", "result");
        Map<String, Map<String, Long>> evictions = counts(meters, CacheMetrics.EVICTIONS, "of", "cause");
        Map<String, Field> fields = new TreeMap<>();
        memories.forEach((field, memory) -> fields.put(
                field,
                Field.of(
                        requests.getOrDefault(field, Map.of()),
                        memory,
                        held.getOrDefault(memory, MemorySize.NOTHING),
                        evictions.getOrDefault(memory, Map.of()))));
        Map<String, Long> causes = new TreeMap<>();
        evictions.values().forEach(each -> each.forEach((cause, count) -> causes.merge(cause, count, Long::sum)));
        MemorySize all = held.values().stream().reduce(MemorySize.NOTHING, MemorySize::and);
        return new CacheStatistics(fields, all.entries(), all.weightBytes(), causes, loads(meters));
    }

    /** Counters by the values of two tags. */
    private static Map<String, Map<String, Long>> counts(MeterRegistry meters, String name, String by, String and) {
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        for (Counter counter : meters.find(name).counters()) {
            counts.computeIfAbsent(tag(counter, by), _ -> new TreeMap<>())
                    .merge(tag(counter, and), (long) counter.count(), Long::sum);
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
                    Loads::and);
        }
        return loads;
    }

    private static String tag(Counter counter, String name) {
        return Objects.requireNonNull(counter.getId().getTag(name));
    }
}
