package dev.towline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.towline.problem.BadInput;
import dev.towline.viewer.Tenant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeenVersionsTests {

    private static final Tenant ACME = new Tenant("acme");

    private static final Set<String> ENTITIES = Set.of("session", "vendor");

    @Test
    void parsesVersions() {
        assertThat(seen("session:s1=17, vendor:v7=3"))
                .containsExactly(Map.entry("session/acme/s1", 17), Map.entry("vendor/acme/v7", 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"vendor:v7=3", "  vendor:v7=3\t", "vendor:v7=0000003", "vendor:v7=3,", ", ,,vendor:v7=3 , \t,"})
    void toleratesSpacesZerosAndEmptyElements(String header) {
        assertThat(seen(header)).containsExactly(Map.entry("vendor/acme/v7", 3));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "   ", ",", " , ,"})
    void treatsAnEmptyHeaderAsAbsent(@Nullable String header) {
        assertThat(SeenVersions.parse(header, ENTITIES).isEmpty()).isTrue();
        assertThat(SeenVersions.parse("vendor:v7=3", ENTITIES).isEmpty()).isFalse();
    }

    @Test
    void parsesIdsWithItsSeparators() {
        assertThat(seen("session:a:b=4, session:c=d=5, vendor:=:=6"))
                .containsExactly(
                        Map.entry("session/acme/a:b", 4),
                        Map.entry("session/acme/c=d", 5),
                        Map.entry("vendor/acme/=:", 6));
    }

    @Test
    void parsesTheLargestNumberAndTheLongestId() {
        String id = "x".repeat(100);
        assertThat(seen("vendor:" + id + "=999999999")).containsExactly(Map.entry("vendor/acme/" + id, 999_999_999));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "incident:i1=3",
                "Vendor:v7=3",
                "vendor",
                "vendor:v7",
                "vendor:=3",
                "vendor:v7=",
                "vendor:v7=-3",
                "vendor:v7=3.5",
                "vendor:v7=three",
                "vendor:v7=1000000000",
                "vendor:v7=99999999999999999999",
                "v7=3",
                ":v7=3",
                "vendor:v7=3;vendor:v8=x",
            })
    void rejectsAMalformedHeader(String header) {
        assertThatThrownBy(() -> SeenVersions.parse("session:s1=17," + header, ENTITIES))
                .isInstanceOfSatisfying(
                        BadInput.class,
                        refusal -> assertThat(refusal.argument()).isEqualTo("X-Towline-Seen"))
                .hasMessageContaining("session:<id>=<version>")
                .hasMessageContaining("session, vendor");
    }

    @Test
    void rejectsALongId() {
        assertThatThrownBy(() -> seen("vendor:" + "x".repeat(101) + "=1")).isInstanceOf(BadInput.class);
    }

    @Test
    void rejectsMoreThanAHundred() {
        assertThat(seen(many(100))).hasSize(100);
        assertThatThrownBy(() -> seen(many(101)))
                .isInstanceOfSatisfying(
                        BadInput.class,
                        refusal -> assertThat(refusal.argument()).isEqualTo("X-Towline-Seen"))
                .hasMessageContaining("100");
    }

    private static String many(int count) {
        return IntStream.range(0, count).mapToObj(i -> "vendor:v" + i + "=1").collect(Collectors.joining(","));
    }

    private static Map<String, Integer> seen(String header) {
        Map<String, Integer> seen = new LinkedHashMap<>();
        SeenVersions.parse(header, ENTITIES).forEach(ACME, (entity, version) -> seen.put(text(entity), version));
        return seen;
    }

    private static String text(EntityRef entity) {
        return entity.entity() + "/" + entity.tenant() + "/" + entity.id();
    }
}
