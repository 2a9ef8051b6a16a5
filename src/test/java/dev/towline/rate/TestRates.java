package dev.towline.rate;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.towline.audit.AuditLog;
import dev.towline.rate.RateLimit.Parts;
import dev.towline.redis.TokenBuckets;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executor;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Limits for tests. */
public final class TestRates {

    private TestRates() {}

    /** The default settings but for these, whose names have no {@code towline.rates}. */
    public static RateSettings settings(Map<String, ?> changed) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        changed.forEach((name, value) -> source.put("towline.rates." + name, value));
        return new Binder(source).bindOrCreate("towline.rates", RateSettings.class);
    }

    /** Limits of one instance that never reaches Redis. */
    public static Rates local(RateSettings settings) {
        return rates(
                settings,
                (_, _, _, _) -> {
                    throw new AssertionError("not called");
                },
                _ -> {},
                Ticker.systemTicker());
    }

    public static OpenStreams streams(RateSettings settings) {
        return new OpenStreams(settings, _ -> {});
    }

    static Rates rates(RateSettings settings, TokenBuckets redis, Executor threads, Ticker ticker) {
        return new Rates(
                settings, parts(redis, threads, ticker, settings.instances()), new AuditLog(InstantSource.system()));
    }

    static Parts parts(TokenBuckets redis, Executor threads, Ticker ticker, int instances) {
        RateMetrics metrics = new RateMetrics(new SimpleMeterRegistry());
        InstanceCount count = new InstanceCount(instances, () -> false, () -> 0);
        return new Parts(new Leases(redis, count, metrics, threads, ticker), count, metrics, ticker);
    }
}
