package dev.towline.rate;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.towline.audit.AuditLog;
import dev.towline.rate.RateLimit.Parts;
import dev.towline.redis.TokenBuckets.Lease;
import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the checks of a request cost: one of its address and two of its viewer, with leases that are there at once. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RateBenchmark {

    private static final RateSettings SETTINGS = new RateSettings(
            true,
            1_000_000_000,
            1_000_000_000,
            Map.of(),
            1_000_000_000,
            1_000_000_000,
            20,
            20,
            10_000,
            1000,
            5000,
            500,
            500,
            1,
            20_000);

    private final Rates rates = rates();
    private final InetSocketAddress remote = new InetSocketAddress("192.0.2.7", 1234);
    private final Viewer viewer = new Viewer(Role.CALLER, "ann", new Tenant("acme"));

    @Benchmark
    public @Nullable RateCheck address() {
        return rates.ofAddress(remote);
    }

    @Benchmark
    public @Nullable RateCheck request() {
        rates.ofAddress(remote);
        rates.ofViewer(viewer, 1);
        return rates.ofViewer(viewer, 44);
    }

    private static Rates rates() {
        Ticker ticker = Ticker.systemTicker();
        RateMetrics metrics = new RateMetrics(new SimpleMeterRegistry());
        InstanceCount instances = new InstanceCount(1, () -> false, () -> 0);
        Leases leases = new Leases(
                (_, filling, _, wanted) -> new Lease(wanted, filling.burst()),
                instances,
                metrics,
                Runnable::run,
                ticker);
        return new Rates(SETTINGS, new Parts(leases, instances, metrics, ticker), new AuditLog(InstantSource.system()));
    }
}
