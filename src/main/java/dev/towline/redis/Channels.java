package dev.towline.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
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

    /** Channels whose full names are the key prefix and these names. Does not connect yet. */
    public ChannelSet named(List<String> names) {
        ChannelNames all = new ChannelNames(names.stream()
                .map(name -> (keyPrefix + name).getBytes(StandardCharsets.UTF_8))
                .toList());
        return connections.isClusterAware()
                ? new ClusterChannelSet(connections, all)
                : new LettuceChannelSet(connections, all);
    }
}
