package dev.towline.redis;

import dev.towline.trace.Sampling;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.tracing.LettuceObservationContext;
import io.micrometer.observation.ObservationPredicate;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RedisConfiguration {

    /** The maximum delay that {@link Channel#subscribe} promises. The jitter spreads the reconnections of several instances. */
    private static final Duration LONGEST_RECONNECT_DELAY = Duration.ofMillis(500);

    /** Makes commands fail at once while Redis is unreachable, instead of after their time-out. */
    @Bean
    LettuceClientOptionsBuilderCustomizer failFast() {
        return (ClientOptions.Builder options) -> options.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS);
    }

    /**
     * Observes a command only as part of a recorded trace. In other traces its span would go nowhere. A command of no request, such as a
     * heartbeat, would begin a trace of its own.
     */
    @Bean
    ObservationPredicate commandsOfRecordedTraces() {
        return (_, context) -> !(context instanceof LettuceObservationContext)
                || (context.getParentObservation() != null && Sampling.mayBeSampled(context.getParentObservation()));
    }

    /** Limits the reconnection delay, which by default grows to 30 s. */
    @Bean
    ClientResourcesBuilderCustomizer reconnectSoon() {
        return (ClientResources.Builder resources) -> resources.reconnectDelay(
                Delay.equalJitter(Duration.ofMillis(1), LONGEST_RECONNECT_DELAY, 1, TimeUnit.MILLISECONDS));
    }
}
