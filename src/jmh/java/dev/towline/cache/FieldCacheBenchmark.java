package dev.towline.cache;

import graphql.ExecutionResult;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a hit costs beside the same with the cache switched off, where reading is nearly free: the least that a hit can save, and what it
 * costs where it saves nothing.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 4, time = 1)
public class FieldCacheBenchmark {

    /** How it is switched. */
    public enum Cache {
        HIT,
        OFF
    }

    @Param
    public Cache cache = Cache.HIT;

    @SuppressWarnings("NullAway.Init") // JMH calls open() first
    private VendorService service;

    @SuppressWarnings("NullAway.Init")
    private VendorQuery vendor;

    @SuppressWarnings("NullAway.Init")
    private VendorQuery search;

    @Setup
    public void open() throws Exception {
        service = new VendorService(cache == Cache.HIT);
        vendor = VendorQuery.getVendor(service);
        search = VendorQuery.searchVendorsNearby(service);
        vendor.warmUp();
        search.warmUp();
    }

    @Benchmark
    public ExecutionResult getVendorQuery() {
        return vendor.execute();
    }

    @Benchmark
    public @Nullable Object getVendorField() throws Exception {
        return vendor.resolve();
    }

    @Benchmark
    public ExecutionResult searchVendorsNearbyQuery() {
        return search.execute();
    }

    @Benchmark
    public @Nullable Object searchVendorsNearbyField() throws Exception {
        return search.resolve();
    }

    /** Both were read when they were opened: a hit reads no more, and without the cache each reads. */
    @TearDown
    public void check() {
        boolean hasReadAgain = service.backend.reads() > 2;
        if (hasReadAgain == (cache == Cache.HIT)) {
            throw new IllegalStateException(cache + ": " + service.backend.reads() + " reads");
        }
    }
}
