package dev.towline.redis;

import java.nio.charset.StandardCharsets;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.stereotype.Component;

/** The channels of this service. Thread-safe. */
@Component
public class Channels {

    private final LettuceConnectionFactory connections;
    private final String keyPrefix;

    Channels(LettuceConnectionFactory connections, RedisSettings settings) {
        this.connections = connections;
        this.keyPrefix = settings.keyPrefix();
    }

    /** A channel whose full name is the key prefix and this name. Does not connect yet. */
    public Channel named(String name) {
        return new LettuceChannel(connections, (keyPrefix + name).getBytes(StandardCharsets.UTF_8));
    }
}
