package dev.towline.dispatch;

import dev.towline.viewer.FieldRoles;
import dev.towline.viewer.Role;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DispatchConfiguration {

    private static final Executor THREADS = Thread.ofVirtual().name("dispatch-", 0)::start;

    /** {@link LoggedChange} decides which changes each of them sees. */
    @Bean
    FieldRoles dispatchRoles() {
        return field -> field.equals("Subscription.onDispatchChanged")
                ? Set.of(Role.OPERATOR, Role.DISPATCHER, Role.VENDOR)
                : null;
    }

    @Bean
    DispatchMetrics dispatchMetrics(MeterRegistry meters) {
        return new DispatchMetrics(meters);
    }

    @Bean
    DispatchLog dispatchLog(DispatchSettings settings, InstantSource clock, DispatchMetrics metrics) {
        return new DispatchLog(settings, clock, metrics, THREADS);
    }

    @Bean
    BoardStream.Dependencies boardStreams(DispatchLog log, DispatchMetrics metrics, InstantSource clock) {
        return new BoardStream.Dependencies(
                log,
                metrics,
                clock,
                THREADS,
                (task, delay) -> CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, THREADS)
                        .execute(task));
    }
}
