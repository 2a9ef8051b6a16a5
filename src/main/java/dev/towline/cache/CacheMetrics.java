package dev.towline.cache;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/** What the cache tells operators. Thread-safe. */
final class CacheMetrics {

    static final String REQUESTS = "towline.cache.requests";
    static final String LOADS = "towline.cache.loads";
    static final String EVICTIONS = "towline.cache.evictions";
    static final String ENTRIES = "towline.cache.entries";
    static final String SHARED_FAILURES = "towline.cache.shared.failures";
    static final String WEIGHT = "towline.cache.weight";

    private final MeterRegistry meters;
    private final ConcurrentMap<Request, Counter> requests = new ConcurrentHashMap<>();

    private record Request(String field, Tier tier, Result result) {}

    CacheMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void count(String field, Finding finding) {
        requests.computeIfAbsent(new Request(field, finding.tier(), finding.result()), this::counter)
                .increment();
    }

    <R> R timeLoad(String entity, Supplier<R> load) {
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

    /** An entry is gone before its time. */
    void evicted(String cause) {
        meters.counter(EVICTIONS, "cause", cause).increment();
    }

    /** The second tier could not be asked or told. */
    void sharedTierFailed(String operation) {
        meters.counter(SHARED_FAILURES, "operation", operation).increment();
    }

    /** Measures the memory of this instance from now on. */
    void watch(Entries entries) {
        meters.gauge(ENTRIES, entries, Entries::size);
        meters.gauge(WEIGHT, entries, Entries::weightBytes);
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
