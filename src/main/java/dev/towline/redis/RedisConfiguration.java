package dev.towline.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RedisConfiguration {

    /** As {@link Channel#subscribe} promises. Instances that lost Redis together do not all come back at once. */
    private static final Duration LONGEST_RECONNECT_DELAY = Duration.ofMillis(500);

    /** Without it, each command to a Redis that is down would wait for its time-out. */
    @Bean
    LettuceClientOptionsBuilderCustomizer failFast() {
        return (ClientOptions.Builder options) -> options.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS);
    }

    /** Without it, Lettuce would come to look for a Redis that was gone for long only every half a minute. */
    @Bean
    ClientResourcesBuilderCustomizer comeBackSoon() {
        return (ClientResources.Builder resources) -> resources.reconnectDelay(
                Delay.equalJitter(Duration.ofMillis(1), LONGEST_RECONNECT_DELAY, 1, TimeUnit.MILLISECONDS));
    }
}
