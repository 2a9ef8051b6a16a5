package dev.towline.redis;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/** The Redis that everything computed is kept in, as a whole. Blocking, thread-safe. */
@Component
public class Redis {

    private final StringRedisTemplate redis;

    Redis(StringRedisTemplate redis) {
        this.redis = redis;
    }

    /**
     * Asks Redis whether it is there.
     *
     * @throws RedisDown if it does not answer within the time-out of commands
     */
    public void probe() {
        Commands.call(() -> redis.execute((RedisCallback<String>) RedisConnection::ping));
    }
}
