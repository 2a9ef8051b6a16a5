package dev.towline.histories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.towline.local.EmbeddedRedis;
import io.lettuce.core.RedisClient;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a fault of Redis has no effect is noticed. */
class RedisFaultScenarios {

    @Test
    void whatIsMeantToFailIsProbed(@TempDir Path folder) {
        EmbeddedRedis redis = EmbeddedRedis.storedIn(folder, 0);
        try (redis;
                RedisCommands commands = new RedisCommands(redis.port())) {
            assertThat(Ping.of(redis.port())).isEqualTo(Ping.ANSWERED);
            redis.pause();
            assertThat(Ping.of(redis.port())).isEqualTo(Ping.SILENT);
            redis.resume();
            commands.setMark();
            redis.stop();
            assertThat(Ping.of(redis.port())).isEqualTo(Ping.REFUSED);
            redis.start();
            assertThatThrownBy(commands::requireNoMark).hasMessageContaining("still has what it had before");
        }
    }

    @Test
    void aCutThatFailsIsNoted() {
        EmbeddedRedis redis = EmbeddedRedis.inMemory(0);
        RedisClient subscriber = RedisClient.create("redis://127.0.0.1:" + redis.port());
        try (redis;
                RedisCommands commands = new RedisCommands(redis.port())) {
            subscriber.connectPubSub().sync().subscribe("channel");
            commands.beginToCutSubscribers();
            redis.stop();
            assertThatThrownBy(commands::endToCutSubscribers).hasMessageContaining("Redis");
        } finally {
            subscriber.shutdown();
        }
    }
}
