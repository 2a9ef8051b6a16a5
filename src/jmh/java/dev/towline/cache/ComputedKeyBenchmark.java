package dev.towline.cache;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLAppliedDirective;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the key of a search costs that has a position, a radius, a filter and a number of vendors. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class ComputedKeyBenchmark {

    private static final String FIELD = "searchVendorsNearby";

    @SuppressWarnings("NullAway.Init") // JMH calls open() first
    private DataFetchingEnvironment environment;

    @SuppressWarnings("NullAway.Init")
    private CachePolicy policy;

    @Setup
    public void open() {
        VendorService service = new VendorService(true);
        environment = VendorQuery.searchVendorsNearby(service).environment();
        GraphQLAppliedDirective directive = Objects.requireNonNull(
                service.schema.getQueryType().getField(FIELD).getAppliedDirective(CacheDirective.NAME));
        policy = CacheDirective.policy("Query." + FIELD, directive);
    }

    /** Hashed, as every lookup does with it. */
    @Benchmark
    public int makeAndHash() {
        return Objects.hashCode(ComputedKey.of(policy, environment));
    }
}
