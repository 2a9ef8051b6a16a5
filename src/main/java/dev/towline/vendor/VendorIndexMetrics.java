package dev.towline.vendor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The metrics of the position indexes. Thread-safe. */
@Component
class VendorIndexMetrics {

    private final Counter failures;
    private final Counter repaired;
    private final Map<String, Timer> loads;
    private final Timer rebuilds;
    private final AtomicInteger rebuilding = new AtomicInteger();

    VendorIndexMetrics(MeterRegistry meters, VendorGrids grids) {
        this.failures = Counter.builder("towline.search.index.failures")
                .description("failed updates and searches of the position index in Redis")
                .register(meters);
        this.repaired = Counter.builder("towline.search.index.repaired")
                .description("vendors that differed between a complete position index and DynamoDB, and were mended")
                .register(meters);
        this.loads = Stream.of("redis", "dynamodb")
                .collect(Collectors.toUnmodifiableMap(
                        source -> source,
                        source -> Timer.builder("towline.search.index.loads")
                                .description("loads of a tenant's vendors into memory")
                                .tag("source", source)
                                .register(meters)));
        this.rebuilds = Timer.builder("towline.search.index.rebuilds")
                .description("rebuilds of the position indexes from DynamoDB")
                .register(meters);
        Gauge.builder("towline.search.index.rebuilding", rebuilding, AtomicInteger::get)
                .description("vendors that the rebuild under way has read; 0 without one")
                .register(meters);
        Gauge.builder("towline.search.index.vendors", grids, VendorGrids::vendors)
                .description("vendors in the position index in memory")
                .register(meters);
    }

    /** Counts a command that Redis did not carry out. */
    void failed() {
        failures.increment();
    }

    /** Counts differences that were mended. */
    void repaired(int vendors) {
        repaired.increment(vendors);
    }

    /** The timer of loads of a tenant from that source, {@code redis} or {@code dynamodb}. */
    Timer loads(String source) {
        return Objects.requireNonNull(loads.get(source));
    }

    /** The timer of rebuilds from DynamoDB. */
    Timer rebuilds() {
        return rebuilds;
    }

    /** Notes how many vendors the rebuild under way has read, 0 at its end. */
    void rebuilding(int vendors) {
        rebuilding.set(vendors);
    }
}
