package dev.towline.redis;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.towline.redis.SharedValues.Shared;
import dev.towline.viewer.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What instances share, in a real Redis. */
class SharedInRedisIT {

    private static final Tenant ACME = new Tenant("acme");
    private static final Duration LONG = Duration.ofMinutes(1);

    @AutoClose
    private static final RedisServer REDIS = new RedisServer();

    @Nested
    class Values extends SharedValuesContract {

        Values() {
            super(REDIS.emptied().values());
        }
    }

    @Test
    void saysThatRedisIsDown() {
        try (RedisServer gone = new RedisServer()) {
            SharedValues values = gone.values();
            gone.stop();
            Stream.<ThrowingCallable>of(
                            () -> values.getAll(ACME, List.of("a")),
                            () -> values.keep(ACME, List.of(new Shared("a", 1, new byte[1], LONG))),
                            () -> values.drop(ACME, List.of("a")),
                            () -> values.hold("a", "b", false, LONG))
                    .forEach(command -> assertThatThrownBy(command).isInstanceOf(RedisDown.class));
            gone.disconnect();
            assertThatThrownBy(() -> values.getAll(ACME, List.of("a"))).isInstanceOf(RedisDown.class);
        }
    }
}
