package dev.towline.redis;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/** The connection check of Redis. Blocking, thread-safe. */
@Component
public class Redis {

    private final StringRedisTemplate redis;

    Redis(StringRedisTemplate redis) {
        this.redis = redis;
    }

    /**
     * Sends a {@code PING}.
     *
     * @throws RedisDown if Redis does not answer within the command time-out
     */
    public void probe() {
        Commands.call(() -> redis.execute((RedisCallback<String>) RedisConnection::ping));
    }
}
