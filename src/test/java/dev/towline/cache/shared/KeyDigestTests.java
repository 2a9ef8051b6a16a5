package dev.towline.cache.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.cache.ComputedKey;
import dev.towline.cache.Thing;
import dev.towline.cache.Truck;
import dev.towline.store.EntityRef;
import dev.towline.viewer.Role;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The digests of the keys of shared computed values. */
class KeyDigestTests {

    @Test
    void isStableAcrossVersions() {
        // The digest is a constant, because instances of the next version must find the same values.
        assertThat(of("Query.around", null, Map.of("near", Map.of("latitude", 30.25), "first", 10)))
                .isEqualTo("09e9ef4b37c7f17ac9f737ea2682ee4e12cca56e0bf02941f40ce3b472dd1c15");
    }

    @Test
    void doesNotDependOnTheOrderOfArguments() {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("a", 1);
        one.put("b", Map.of("c", true));
        Map<String, Object> other = new LinkedHashMap<>();
        other.put("b", Map.of("c", true));
        other.put("a", 1);
        assertThat(of("f", null, one)).isEqualTo(of("f", null, other));
    }

    @Test
    void differsForDifferentKeys() {
        List<Object> values = List.of(
                "",
                "1",
                "s1:1",
                "?",
                "\ud800",
                "\udc00",
                "true",
                1,
                10,
                1.0,
                10.0,
                true,
                false,
                Role.DISPATCHER,
                "DISPATCHER",
                List.of(),
                List.of("1"),
                List.of("1", "1"),
                List.of("11"),
                List.of(List.of("1"), "1"),
                List.of(List.of("1", "1")),
                Map.of(),
                Map.of("a", 1),
                Map.of("a", "1"),
                Map.of("a", Map.of("b", 1)),
                Map.of("a", Map.of(), "b", 1),
                Map.of("an1:b", 1));
        Set<@Nullable String> names = new HashSet<>();
        for (Object value : values) {
            assertThat(names.add(of("f", null, Map.of("a", value))))
                    .as("%s", value)
                    .isTrue();
            assertThat(names.add(of("f", null, Map.of("b", value))))
                    .as("%s", value)
                    .isTrue();
        }
        assertThat(names.add(of("f", null, Map.of()))).isTrue();
        assertThat(names.add(of("g", null, Map.of()))).isTrue();
        assertThat(names.add(of("f", Truck.ref("k1"), Map.of()))).isTrue();
        assertThat(names.add(of("f", Truck.ref("k2"), Map.of()))).isTrue();
        assertThat(names.add(of("f", Thing.version(1).key().ref(), Map.of()))).isTrue();
        assertThat(names).doesNotContainNull().hasSize(2 * values.size() + 5);
    }

    @Test
    void isEqualForEqualNumbersOfDifferentTypes() {
        Map<String, Object> arguments = Map.of("a", 7L, "b", BigInteger.TEN, "c", new BigDecimal("1.5"));
        assertThat(of("f", null, arguments)).isEqualTo(of("f", null, Map.of("a", 7, "b", 10, "c", 1.5)));
    }

    @Test
    void hasNoDigestForUnknownTypes() {
        assertThat(of("f", null, Map.of("at", Instant.EPOCH))).isNull();
        assertThat(of("f", null, Map.of("deep", List.of(Map.of("it", new Object())))))
                .isNull();
    }

    private static @Nullable String of(String field, @Nullable EntityRef parent, Map<String, Object> arguments) {
        return KeyDigest.of(new ComputedKey(field, "acme", null, parent, arguments));
    }
}
