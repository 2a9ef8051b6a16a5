package dev.towline.redis;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Towline shares a Redis. Where it is, time-outs and credentials are Spring Boot's {@code spring.data.redis} settings.
 *
 * @param keyPrefix what every key and channel begins with
 */
@ConfigurationProperties("towline.redis")
record RedisSettings(@DefaultValue("towline:") String keyPrefix) {

    RedisSettings {
        if (keyPrefix.isBlank() || keyPrefix.indexOf('{') >= 0 || keyPrefix.indexOf('}') >= 0) {
            throw new IllegalArgumentException("towline.redis.key-prefix: not empty, and without { and }");
        }
    }
}
