package dev.towline.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RedisConfiguration {

    /** Without it, each command to a Redis that is down would wait for its time-out. */
    @Bean
    LettuceClientOptionsBuilderCustomizer failFast() {
        return (ClientOptions.Builder options) -> options.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS);
    }
}
