package dev.towline.edge.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.towline.problem.Limit;
import dev.towline.problem.TooComplex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class RequestSizeTests {

    @Test
    void countsTheCharactersOfTheDocument() {
        LimitSettings limits = Limits.with(Map.of("document-characters", 4));

        assertThatCode(() -> RequestSize.check("{ä}", Map.of(), limits)).doesNotThrowAnyException();
        assertThatCode(() -> RequestSize.check("{ a}", Map.of(), limits)).doesNotThrowAnyException();
        assertThat(refusal("{ a }", Map.of(), limits)).isEqualTo(new Limit("documentCharacters", 4));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0  | {}
        3  | {"a": "bc"}
        3  | {"a": "ä"}
        5  | {"a": "\\uD83D\\uDE9A"}
        9  | {"a": 1}
        9  | {"a": 123456.789}
        9  | {"a": null}
        10 | {"a": true, "b": ""}
        9  | {"a": []}
        27 | {"a": [1, "xy", null]}
        23 | {"abc": {"de": "f", "g": 1}}
        """)
    @SuppressWarnings("unchecked")
    void countsTheBytesOfTheVariables(int bytes, String json) {
        Map<String, Object> variables = JsonMapper.shared().readValue(json, Map.class);

        assertThatCode(() -> RequestSize.check("{a}", variables, Limits.with(Map.of("variable-bytes", bytes))))
                .doesNotThrowAnyException();
        if (bytes > 0) {
            assertThat(refusal("{a}", variables, Limits.with(Map.of("variable-bytes", bytes - 1))))
                    .isEqualTo(new Limit("variableBytes", bytes - 1L));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        1 | {"a": [1]}
        2 | {"a": [1, [2]], "b": {"c": 1}}
        3 | {"a": {"b": [{"c": 1}]}}
        """)
    @SuppressWarnings("unchecked")
    void countsTheLevelsOfAVariable(int depth, String json) {
        Map<String, Object> variables = JsonMapper.shared().readValue(json, Map.class);

        assertThatCode(() -> RequestSize.check("{a}", variables, Limits.with(Map.of("variable-depth", depth))))
                .doesNotThrowAnyException();
        if (depth > 1) {
            assertThat(refusal("{a}", variables, Limits.with(Map.of("variable-depth", depth - 1))))
                    .isEqualTo(new Limit("variableDepth", depth - 1L));
        }
    }

    @Test
    void goesNoDeeperThanTheLimit() {
        List<Object> deep = new ArrayList<>();
        deep.add(deep);

        assertThat(refusal("{a}", Map.of("a", deep), Limits.DEFAULTS)).isEqualTo(new Limit("variableDepth", 10));
    }

    @Test
    void allowsASubscriptionFewerVariables() {
        assertThatCode(() -> RequestSize.checkStream(Map.of("a", "x".repeat(16_383)), Limits.DEFAULTS))
                .doesNotThrowAnyException();
        TooComplex refused = catchThrowableOfType(
                TooComplex.class, () -> RequestSize.checkStream(Map.of("a", "x".repeat(16_384)), Limits.DEFAULTS));
        assertThat(refused.limit()).isEqualTo(new Limit("variableBytes", 16_384));
    }

    private static Limit refusal(String document, Map<String, ?> variables, LimitSettings limits) {
        Limit limit = catchThrowableOfType(TooComplex.class, () -> RequestSize.check(document, variables, limits))
                .limit();
        return Objects.requireNonNull(limit);
    }
}
