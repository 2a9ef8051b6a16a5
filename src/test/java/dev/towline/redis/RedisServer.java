package dev.towline.redis;

import dev.towline.local.EmbeddedRedis;
import java.time.Duration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/** A Redis of a test's own, and what the service keeps there. */
public final class RedisServer implements AutoCloseable {

    static final RedisSettings SETTINGS = new RedisSettings("test:");

    private final EmbeddedRedis server = EmbeddedRedis.inMemory(0);
    private final LettuceConnectionFactory connections;
    final StringRedisTemplate template;

    public RedisServer() {
        connections = new LettuceConnectionFactory(
                new RedisStandaloneConfiguration("127.0.0.1", server.port()),
                LettuceClientConfiguration.builder()
                        .commandTimeout(Duration.ofSeconds(2))
                        .build());
        connections.afterPropertiesSet();
        connections.start();
        template = new StringRedisTemplate(connections);
    }

    public SharedValues values() {
        return new RedisValues(template, SETTINGS);
    }

    public GeoIndex geoIndex() {
        return new GeoIndex(new GeoIndexShards(template, SETTINGS));
    }

    public TokenBuckets tokenBuckets() {
        return new RedisTokenBuckets(template, SETTINGS);
    }

    /** Lets the server stand still, and go on. */
    public void pause(boolean isPaused) {
        if (isPaused) {
            server.pause();
        } else {
            server.resume();
        }
    }

    /** Forgets everything. */
    public RedisServer emptied() {
        template.delete(template.keys("*"));
        return this;
    }

    /** Ends the server while whoever uses it goes on. */
    void stop() {
        server.stop();
    }

    /** Ends the connections, as at the end of the service. */
    void disconnect() {
        connections.destroy();
    }

    @Override
    public void close() {
        disconnect();
        server.close();
    }
}
