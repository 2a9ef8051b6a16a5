package dev.towline.edge.scalar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Well-formed and ill-formed Unicode text. */
class WellFormedTests {

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "\u00e4", "\ud83d\ude00", "\ud83d\ude00\ud83d\ude00", "\ue000\ud7ff"})
    void acceptsSurrogatePairs(String text) {
        assertThat(WellFormed.is(text)).isTrue();
        assertThat(WellFormed.of(text)).isSameAs(text);
    }

    @Test
    void rejectsLoneSurrogates() {
        Map.of(
                        "\ud83d", "\ufffd",
                        "\ude00", "\ufffd",
                        "\ude00\ud83d", "\ufffd\ufffd",
                        "a\ud83db", "a\ufffdb",
                        "\ud83d\ud83d\ude00", "\ufffd\ud83d\ude00",
                        "\ud83d\ude00\ude00", "\ud83d\ude00\ufffd")
                .forEach((text, replaced) -> {
                    assertThat(WellFormed.is(text)).isFalse();
                    assertThat(WellFormed.of(text)).isEqualTo(replaced);
                });
    }

    @Test
    void findsIllFormedTextInAValue() {
        assertThat(WellFormed.firstIllFormed(Map.of("a", List.of("b", Map.of("c", "\ud83d")))))
                .isEqualTo(".a[1].c");
        assertThat(WellFormed.firstIllFormed(Map.of("a", Map.of("\ud83d", 1)))).isEqualTo(".a");
        assertThat(WellFormed.firstIllFormed(Map.of("a", List.of("b", 1, true))))
                .isNull();
        assertThat(WellFormed.firstIllFormed(null)).isNull();
    }
}
