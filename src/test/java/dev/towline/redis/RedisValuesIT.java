package dev.towline.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.towline.local.EmbeddedRedis;
import dev.towline.redis.SharedValues.Shared;
import dev.towline.viewer.Tenant;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Shared values in a real Redis. */
class RedisValuesIT {

    private static final Tenant ACME = new Tenant("acme");
    private static final Duration LONG = Duration.ofMinutes(1);

    @SuppressWarnings("NullAway.Init") // before all tests
    private static EmbeddedRedis redis;

    @SuppressWarnings("NullAway.Init") // before all tests
    private static LettuceConnectionFactory connections;

    @SuppressWarnings("NullAway.Init") // before all tests
    private static SharedValues values;

    @BeforeAll
    static void connect() {
        redis = EmbeddedRedis.inMemory(0);
        connections = new LettuceConnectionFactory("127.0.0.1", redis.port());
        connections.afterPropertiesSet();
        connections.start();
        values = new RedisValues(new StringRedisTemplate(connections), new RedisSettings("test:"));
    }

    @AfterAll
    static void end() {
        connections.destroy();
        redis.close();
    }

    @Test
    void returnsStoredValuesInTheOrderOfTheKeys() {
        values.keep(ACME, List.of(shared("o1", 1, "one"), shared("o2", 2, "two")));
        assertThat(texts("o2", "none", "o1")).containsExactly("two", null, "one");
    }

    @Test
    void takesAnyBytes() {
        byte[] bytes = new byte[256];
        IntStream.range(0, 256).forEach(i -> bytes[i] = (byte) i);
        values.keep(ACME, List.of(new Shared("b", Integer.MAX_VALUE, bytes, LONG)));
        assertThat(values.getAll(ACME, List.of("b")).getFirst()).isEqualTo(bytes);
    }

    @Test
    void storesNoOlderVersion() {
        values.keep(ACME, List.of(shared("v", 9, "nine")));
        values.keep(ACME, List.of(shared("v", 8, "eight"), shared("w", 1, "beside it")));
        assertThat(texts("v", "w")).containsExactly("nine", "beside it");
        values.keep(ACME, List.of(shared("v", 9, "nine again")));
        assertThat(texts("v")).containsExactly("nine again");
        values.keep(ACME, List.of(shared("v", 10, "ten")));
        assertThat(texts("v")).containsExactly("ten");
    }

    @Test
    void keepsNothingForLongerThanSaid() {
        values.keep(ACME, List.of(new Shared("short", 1, new byte[1], Duration.ofMillis(50))));
        await().atMost(Duration.ofSeconds(10)).until(() -> texts("short").getFirst() == null);
    }

    @Test
    void tenantsShareNothing() {
        values.keep(ACME, List.of(shared("mine", 1, "mine")));
        assertThat(values.getAll(new Tenant("zenith"), List.of("mine")).getFirst())
                .isNull();
    }

    @Test
    void dropsWhatItIsTold() {
        values.keep(ACME, List.of(shared("d1", 5, "one"), shared("d2", 5, "two")));
        values.drop(ACME, List.of("d1"));
        assertThat(texts("d1", "d2")).containsExactly(null, "two");
    }

    @Test
    void sharesOneTextAmongInstances() {
        assertThat(values.hold("word", "first", false, LONG)).isEqualTo("first");
        assertThat(values.hold("word", "second", false, LONG)).isEqualTo("first");
        assertThat(values.hold("word", "third", true, LONG)).isEqualTo("third");
        assertThat(values.hold("word", "fourth", false, Duration.ofMillis(50))).isEqualTo("third");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> values.hold("word", "fifth", false, Duration.ofMillis(20))
                        .equals("fifth"));
    }

    @Test
    void saysThatRedisIsDown() {
        try (EmbeddedRedis other = EmbeddedRedis.inMemory(0)) {
            LettuceConnectionFactory gone = new LettuceConnectionFactory("127.0.0.1", other.port());
            gone.afterPropertiesSet();
            gone.start();
            SharedValues unreachable = new RedisValues(new StringRedisTemplate(gone), new RedisSettings("test:"));
            other.stop();
            assertThatThrownBy(() -> unreachable.getAll(ACME, List.of("a"))).isInstanceOf(RedisDown.class);
            assertThatThrownBy(() -> unreachable.keep(ACME, List.of(shared("a", 1, "a"))))
                    .isInstanceOf(RedisDown.class);
            assertThatThrownBy(() -> unreachable.drop(ACME, List.of("a"))).isInstanceOf(RedisDown.class);
            assertThatThrownBy(() -> unreachable.hold("a", "b", false, LONG)).isInstanceOf(RedisDown.class);
            gone.destroy(); // as at the end of the service
            assertThatThrownBy(() -> unreachable.getAll(ACME, List.of("a"))).isInstanceOf(RedisDown.class);
        }
    }

    private static Shared shared(String key, int version, String text) {
        return new Shared(key, version, text.getBytes(StandardCharsets.UTF_8), LONG);
    }

    private static List<@Nullable String> texts(String... keys) {
        List<@Nullable String> texts = new ArrayList<>();
        for (byte @Nullable [] each : values.getAll(ACME, List.of(keys))) {
            texts.add(each == null ? null : new String(each, StandardCharsets.UTF_8));
        }
        return texts;
    }
}
