package dev.towline.redis;

import io.lettuce.core.RedisCommandExecutionException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Asks Redis at the start whether it accepts this instance. A refusal ends the start, because the settings are wrong. A Redis that does not
 * answer is waited for while the instance works, as at any other time. Blocks up to the connection time-out.
 */
final class ServerCheck implements SmartInitializingSingleton {

    private static final Logger LOG = LoggerFactory.getLogger(ServerCheck.class);

    /** What the answers of Redis begin with that no waiting changes, and what to do about them. */
    private static final Map<String, String> REFUSALS = Map.of(
            "WRONGPASS", "spring.data.redis.username and spring.data.redis.password: Redis does not accept them",
            "NOAUTH", "spring.data.redis.password: Redis wants one",
            "NOPERM", "spring.data.redis.username: Redis does not allow this user what Towline does",
            "ERR This instance has cluster support disabled",
                    "spring.data.redis.cluster.nodes: this Redis is no cluster; set spring.data.redis.host and .port");

    private final LettuceConnectionFactory connections;

    ServerCheck(LettuceConnectionFactory connections) {
        this.connections = connections;
    }

    @Override
    public void afterSingletonsInstantiated() {
        try (RedisConnection connection = connections.getConnection()) {
            Properties info = connection.serverCommands().info("server");
            if (!connections.isClusterAware() && info != null && "cluster".equals(info.getProperty("redis_mode"))) {
                throw new IllegalArgumentException(
                        "spring.data.redis.cluster.nodes: this Redis is a cluster; set it instead of"
                                + " spring.data.redis.host");
            }
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            refusal(e).ifPresent(message -> {
                throw new IllegalArgumentException(message, e);
            });
            LOG.warn("Redis does not answer yet: {}", e.toString());
        }
    }

    /** Of a cluster, the refusals of the nodes are suppressed exceptions. */
    private static Optional<String> refusal(Throwable failure) {
        String answer = String.valueOf(failure.getMessage());
        Optional<String> known = failure instanceof RedisCommandExecutionException
                ? REFUSALS.entrySet().stream()
                        .filter(refusal -> answer.startsWith(refusal.getKey()))
                        .findFirst()
                        .map(refusal -> refusal.getValue() + " (" + answer + ")")
                : Optional.empty();
        return known.or(() -> Stream.concat(Stream.ofNullable(failure.getCause()), Stream.of(failure.getSuppressed()))
                .flatMap(cause -> refusal(cause).stream())
                .findFirst());
    }
}
