package dev.towline.cache;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/** The metrics of the cache. Thread-safe. */
public final class CacheMetrics {

    public static final String REQUESTS = "towline.cache.requests";
    public static final String LOADS = "towline.cache.loads";
    public static final String EVICTIONS = "towline.cache.evictions";
    static final String ENTRIES = "towline.cache.entries";
    public static final String SHARED_FAILURES = "towline.cache.shared.failures";
    static final String WEIGHT = "towline.cache.weight";
    static final String STALENESS = "towline.cache.staleness";
    static final String WARMING = "towline.cache.warming";
    static final String WARM_NOTES = "towline.cache.warm.notes";

    /** From the shortest TTL to the maximum of {@code staleSeconds} and {@code staleOnErrorSeconds}. */
    private static final Duration[] STALENESS_BUCKETS = {
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(10),
        Duration.ofMinutes(15),
        Duration.ofHours(1),
        Duration.ofHours(24)
    };

    private final MeterRegistry meters;
    private final ConcurrentMap<Request, Counter> requests = new ConcurrentHashMap<>();

    private final ConcurrentMap<String, Timer> staleness = new ConcurrentHashMap<>();

    private record Request(String field, Tier tier, CacheStatus result) {}

    public CacheMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Counts a lookup of a field ({@code Type.field}). Records the age of a stale value. */
    public void count(String field, LookupResult result) {
        requests.computeIfAbsent(new Request(field, result.tier(), result.status()), this::counter)
                .increment();
        Duration age = result.age();
        if (result.status() == CacheStatus.STALE && age != null) {
            staleness.computeIfAbsent(field, this::timer).record(age);
        }
    }

    /** Runs and times a load of entities of one kind. */
    public <R> R timeLoad(String entity, Supplier<R> load) {
        Timer.Sample sample = Timer.start(meters);
        String outcome = "error";
        try {
            R found = load.get();
            outcome = "ok";
            return found;
        } finally {
            sample.stop(meters.timer(LOADS, "entity", entity, "outcome", outcome));
        }
    }

    /**
     * Counts an addition to the usage ranking.
     *
     * @param outcome {@code ok} or {@code error}
     */
    public void rankingUpdated(String outcome) {
        meters.counter(WARM_NOTES, "outcome", outcome).increment();
    }

    /** Counts a failed operation on the shared tier. */
    public void sharedTierFailed(String operation) {
        meters.counter(SHARED_FAILURES, "operation", operation).increment();
    }

    /**
     * Runs and times the warm-up.
     *
     * @param warming runs the warm-up and returns its outcome: ok, late or error
     */
    public void timeWarming(Supplier<String> warming) {
        Timer.Sample sample = Timer.start(meters);
        sample.stop(meters.timer(WARMING, "outcome", warming.get()));
    }

    /**
     * Counts an evicted entry.
     *
     * @param of the kind of the entity, or the field of the computed value
     * @param cause {@code size} or {@code explicit}
     */
    public void evicted(String of, String cause) {
        meters.counter(EVICTIONS, "of", of, "cause", cause).increment();
    }

    /**
     * Registers gauges for the size of a memory.
     *
     * @param memory the name of the memory, the tag {@code memory}
     */
    public void watch(String memory, Supplier<MemorySize> size) {
        Gauge.builder(ENTRIES, () -> size.get().entries()).tag("memory", memory).register(meters);
        Gauge.builder(WEIGHT, () -> size.get().weightBytes())
                .tag("memory", memory)
                .register(meters);
    }

    private Timer timer(String field) {
        return Timer.builder(STALENESS)
                .description("age of values that were served stale")
                .tag("field", field)
                .serviceLevelObjectives(STALENESS_BUCKETS)
                .register(meters);
    }

    private Counter counter(Request request) {
        return Counter.builder(REQUESTS)
                .description("lookups of cached fields")
                .tag("field", request.field)
                .tag("tier", request.tier.tag())
                .tag("result", request.result.tag())
                .register(meters);
    }
}
