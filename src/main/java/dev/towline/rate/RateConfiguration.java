package dev.towline.rate;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.towline.audit.AuditLog;
import dev.towline.change.Bus;
import dev.towline.rate.RateLimit.Parts;
import dev.towline.redis.TokenBuckets;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RateConfiguration {

    @Bean
    Rates rates(RateSettings settings, TokenBuckets redis, Bus bus, MeterRegistry meters, AuditLog audit) {
        Ticker ticker = Ticker.systemTicker();
        RateMetrics metrics = new RateMetrics(meters);
        InstanceCount instances = new InstanceCount(settings.instances(), bus::isSettled, bus::otherInstanceCount);
        Leases leases = new Leases(redis, instances, metrics, Thread::startVirtualThread, ticker);
        Rates rates = new Rates(settings, new Parts(leases, instances, metrics, ticker), audit);
        for (LimitedBy limit : LimitedBy.values()) {
            Gauge.builder("towline.rates.subjects", () -> rates.subjects(limit))
                    .description("viewers, addresses and sessions whose rates are remembered")
                    .tag("limit", limit.label())
                    .register(meters);
        }
        Gauge.builder("towline.rates.shared", () -> leases.isRedisAway() ? 0 : 1)
                .description("1 while instances share the limits in Redis, 0 while each has a part of its own")
                .register(meters);
        return rates;
    }

    @Bean
    OpenStreams openStreams(RateSettings settings, MeterRegistry meters) {
        Map<LimitedBy, Counter> refused = new EnumMap<>(LimitedBy.class);
        for (LimitedBy by : new LimitedBy[] {LimitedBy.ADDRESS, LimitedBy.VIEWER}) {
            refused.put(
                    by,
                    Counter.builder("towline.streams.refused")
                            .description("WebSockets and event streams that were refused, because too many were open")
                            .tag("limit", by.label())
                            .register(meters));
        }
        return new OpenStreams(settings, by -> {
            Counter counter = refused.get(by);
            if (counter != null) {
                counter.increment();
            }
        });
    }
}
