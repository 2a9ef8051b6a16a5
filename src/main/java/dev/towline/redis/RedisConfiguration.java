package dev.towline.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.tracing.MicrometerTracing;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
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

    /** Replaces Boot's, which observes every command. */
    @Bean
    ClientResourcesBuilderCustomizer observeCommands(ObjectProvider<ObservationRegistry> registry) {
        ObservationRegistry observations = registry.getIfAvailable(() -> ObservationRegistry.NOOP);
        return (ClientResources.Builder resources) ->
                resources.tracing(new RecordedCommands(observations, new MicrometerTracing(observations, "Redis")));
    }

    /** Limits the reconnection delay, which by default grows to 30 s. */
    @Bean
    ClientResourcesBuilderCustomizer reconnectSoon() {
        return (ClientResources.Builder resources) -> resources.reconnectDelay(
                Delay.equalJitter(Duration.ofMillis(1), LONGEST_RECONNECT_DELAY, 1, TimeUnit.MILLISECONDS));
    }
}
