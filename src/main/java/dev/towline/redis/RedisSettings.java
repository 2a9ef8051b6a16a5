package dev.towline.redis;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The names that Towline uses in Redis. Address, time-outs and credentials are Spring Boot's {@code spring.data.redis} settings.
 *
 * @param keyPrefix the prefix of every key and channel
 */
@ConfigurationProperties("towline.redis")
record RedisSettings(@DefaultValue("towline:") String keyPrefix) {

    RedisSettings {
        if (keyPrefix.isBlank() || keyPrefix.indexOf('{') >= 0 || keyPrefix.indexOf('}') >= 0) {
            throw new IllegalArgumentException("towline.redis.key-prefix: must not be empty or contain { or }");
        }
    }
}
