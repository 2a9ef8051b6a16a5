package dev.towline.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.redis.SharedValues.Shared;
import dev.towline.redis.TaggedValues.Found;
import dev.towline.redis.TaggedValues.Tagged;
import dev.towline.viewer.Tenant;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of {@link TaggedValues}. No value is stored when a test starts. */
public abstract class TaggedValuesContract {

    private static final Tenant ACME = new Tenant("acme");
    private static final Tenant ZENITH = new Tenant("zenith");
    private static final Duration LONG = Duration.ofMinutes(1);

    private final TaggedValues values;
    private final SharedValues entities;

    /** @param entities what is known of versions where the values are */
    protected TaggedValuesContract(TaggedValues values, SharedValues entities) {
        this.values = values;
        this.entities = entities;
    }

    @Test
    void returnsStoredValues() {
        assertThat(values.find(ACME, "a").value()).isNull();
        keep("a", "text", "m1", "m2");
        assertThat(text(values.find(ACME, "a"))).isEqualTo("text");
        assertThat(values.find(ACME, "b").value()).isNull();
        assertThat(values.find(ZENITH, "a").value()).isNull();
    }

    @Test
    void takesAnyBytes() {
        byte[] bytes = new byte[256];
        IntStream.range(0, 256).forEach(i -> bytes[i] = (byte) i);
        values.keep(ACME, "b", lease(), new Tagged(bytes, List.of("m1"), Map.of(), LONG));
        assertThat(values.find(ACME, "b").value()).isEqualTo(bytes);
    }

    @Test
    void invalidatingATagRemovesItsValues() {
        keep("a", "a", "m1", "m2");
        keep("b", "b", "m2", "m3");
        keep("c", "c", "m3");
        values.invalidate(ACME, List.of("m1", "unknown"));
        assertThat(found("a", "b", "c")).containsExactly("", "b", "c");
        values.invalidate(ACME, List.of("m3"));
        assertThat(found("a", "b", "c")).containsExactly("", "", "");
    }

    @Test
    void invalidatingEverythingRemovesTheValuesOfTheTenant() {
        keep("a", "a", "m1");
        values.keep(ZENITH, "a", values.find(ZENITH, "a").lease(), marked("theirs", "m1"));
        values.invalidateAll(ACME);
        assertThat(found("a")).containsExactly("");
        assertThat(text(values.find(ZENITH, "a"))).isEqualTo("theirs");
    }

    @Test
    void storesNothingWithALeaseFromBeforeTheInvalidationOfEverything() {
        String before = lease();
        values.invalidateAll(ACME);
        values.keep(ACME, "a", before, marked("old", "m1"));
        assertThat(found("a")).containsExactly("");
        values.keep(ACME, "a", before, marked("old", "m1"));
        assertThat(found("a")).containsExactly("");
    }

    @Test
    void storesNothingWithALeaseFromBeforeAnInvalidation() {
        String before = lease();
        values.invalidate(ACME, List.of("m9"));
        values.keep(ACME, "a", before, marked("old", "m1"));
        assertThat(found("a")).as("no lease since").containsExactly("");
        values.keep(ACME, "a", before, marked("old", "m1"));
        assertThat(found("a")).as("another lease since").containsExactly("");
        keep("a", "new", "m1");
        assertThat(found("a")).containsExactly("new");
    }

    @Test
    void aLeaseIsGoodForManyValues() {
        String lease = lease();
        assertThat(lease()).isEqualTo(lease);
        values.keep(ACME, "a", lease, marked("a", "m1"));
        values.keep(ACME, "b", lease, marked("b", "m1"));
        assertThat(found("a", "b")).containsExactly("a", "b");
    }

    @Test
    void aMarkThatIsMadeAgainIsAnother() {
        keep("a", "a", "m1");
        values.invalidate(ACME, List.of("m1"));
        keep("b", "b", "m1");
        assertThat(found("a", "b")).containsExactly("", "b");
    }

    @Test
    void aStoredValueReplacesTheFormerOne() {
        keep("a", "a long text", "m1", "m2");
        keep("a", "short", "m2");
        values.invalidate(ACME, List.of("m1"));
        assertThat(found("a")).as("it depends on m2 alone").containsExactly("short");
    }

    @Test
    void storesNoValueMadeFromAnOlderVersion() {
        entities.keep(ACME, List.of(new Shared("v1", 10, new byte[0], LONG)));
        values.keep(ACME, "a", lease(), new Tagged(bytes("a"), List.of("m1"), Map.of("v0", 1, "v1", 9), LONG));
        assertThat(found("a")).containsExactly("");
        values.keep(ACME, "a", lease(), new Tagged(bytes("a"), List.of("m1"), Map.of("v0", 1, "v1", 10), LONG));
        assertThat(found("a")).containsExactly("a");
        values.invalidate(ACME, List.of("m1"));
        assertThat(found("a")).as("its mark is none of the versions").containsExactly("");
    }

    @Test
    void keepsNothingForLongerThanSaid() {
        values.keep(ACME, "short", lease(), new Tagged(new byte[1], List.of("m1"), Map.of(), Duration.ofMillis(50)));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> values.find(ACME, "short").value() == null);
    }

    private String lease() {
        return values.find(ACME, "lease").lease();
    }

    private void keep(String key, String text, String... tags) {
        values.keep(ACME, key, lease(), marked(text, tags));
    }

    private static Tagged marked(String text, String... tags) {
        return new Tagged(bytes(text), List.of(tags), Map.of(), LONG);
    }

    /** The texts of these keys, an empty one for what is not there. */
    private List<String> found(String... keys) {
        return List.of(keys).stream().map(key -> text(values.find(ACME, key))).toList();
    }

    private static String text(Found found) {
        byte @Nullable [] value = found.value();
        return value == null ? "" : new String(value, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
