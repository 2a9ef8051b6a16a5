package dev.towline.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.redis.SharedValues.Shared;
import dev.towline.viewer.Tenant;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of {@link SharedValues}. No value is stored when a test starts. */
public abstract class SharedValuesContract {

    private static final Tenant ACME = new Tenant("acme");
    private static final Duration LONG = Duration.ofMinutes(1);

    private final SharedValues values;

    protected SharedValuesContract(SharedValues values) {
        this.values = values;
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
    void storesAnyVersionAfterADrop() {
        values.keep(ACME, List.of(shared("d", 5, "five")));
        values.drop(ACME, List.of("d"));
        values.keep(ACME, List.of(shared("d", 4, "four")));
        assertThat(texts("d")).containsExactly("four");
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

    private static Shared shared(String key, int version, String text) {
        return new Shared(key, version, text.getBytes(StandardCharsets.UTF_8), LONG);
    }

    private List<@Nullable String> texts(String... keys) {
        List<@Nullable String> texts = new ArrayList<>();
        for (byte @Nullable [] each : values.getAll(ACME, List.of(keys))) {
            texts.add(each == null ? null : new String(each, StandardCharsets.UTF_8));
        }
        return texts;
    }
}
