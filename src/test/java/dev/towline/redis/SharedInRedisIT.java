package dev.towline.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.towline.redis.SharedValues.Shared;
import dev.towline.redis.TaggedValues.Tagged;
import dev.towline.viewer.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What instances share, in a real Redis. */
class SharedInRedisIT {

    private static final Tenant ACME = new Tenant("acme");
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final String MARKS = "test:{acme}:cache:marks";

    @AutoClose
    private static final RedisServer REDIS = new RedisServer();

    private final TaggedValues tagged = REDIS.emptied().taggedValues();

    @Nested
    class Values extends SharedValuesContract {

        Values() {
            super(REDIS.values());
        }
    }

    @Nested
    class WithTags extends TaggedValuesContract {

        WithTags() {
            super(REDIS.taggedValues(), REDIS.values());
        }
    }

    @Test
    void leavesOnlyTheMarksOfWhatIsGone() {
        tagged.keep(ACME, "short", lease(), marked(Duration.ofMillis(50), List.of("m1")));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> tagged.find(ACME, "short").value() == null);
        assertThat(REDIS.template.keys("test:*"))
                .singleElement()
                .satisfies(key -> assertThat(REDIS.template.getExpire(key)).isPositive());
    }

    @Test
    void aMarkThatRedisHasLostOnlyCostsAValue() {
        tagged.keep(ACME, "a", lease(), marked(LONG, List.of("m1")));
        REDIS.template.delete(MARKS);
        assertThat(tagged.find(ACME, "a").value()).isNull();
        tagged.keep(ACME, "b", lease(), marked(LONG, List.of("m1")));
        assertThat(tagged.find(ACME, "a").value()).isNull();
        assertThat(tagged.find(ACME, "b").value()).isNotNull();
    }

    @Test
    void nobodyCanFillRedisWithMarks() {
        for (int i = 0; i < 40; i++) {
            String round = i + ".m";
            List<String> many =
                    IntStream.range(0, 3_000).mapToObj(mark -> round + mark).toList();
            tagged.keep(ACME, "a", lease(), marked(LONG, many));
        }
        assertThat(REDIS.template.opsForHash().size(MARKS)).isBetween(3_000L, 103_000L);
    }

    @Test
    void saysThatRedisIsDown() {
        try (RedisServer gone = new RedisServer()) {
            SharedValues values = gone.values();
            TaggedValues withTags = gone.taggedValues();
            gone.stop();
            Stream.<ThrowingCallable>of(
                            () -> values.getAll(ACME, List.of("a")),
                            () -> values.keep(ACME, List.of(new Shared("a", 1, new byte[1], LONG))),
                            () -> values.drop(ACME, List.of("a")),
                            () -> values.hold("a", "b", false, LONG),
                            () -> withTags.find(ACME, "a"),
                            () -> withTags.keep(ACME, "a", "t", marked(LONG, List.of("m1"))),
                            () -> withTags.invalidate(ACME, List.of("m1")),
                            () -> withTags.invalidateAll(ACME))
                    .forEach(command -> assertThatThrownBy(command).isInstanceOf(RedisDown.class));
            gone.disconnect();
            assertThatThrownBy(() -> values.getAll(ACME, List.of("a"))).isInstanceOf(RedisDown.class);
        }
    }

    private String lease() {
        return tagged.find(ACME, "ticket").lease();
    }

    private static Tagged marked(Duration keptFor, List<String> tags) {
        return new Tagged(new byte[1], tags, Map.of(), keptFor);
    }
}
