package dev.towline.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequireTests {

    private static final String ARGUMENT = "input.x";

    @Test
    void looksUpByAnyIdThatIsNeitherBlankNorEndless() {
        assertThat(Require.id(ARGUMENT, "what ever#1")).isEqualTo("what ever#1");
        assertRefused(() -> Require.id(ARGUMENT, ""));
        assertRefused(() -> Require.id(ARGUMENT, " \t"));
        assertThat(Require.id(ARGUMENT, "x".repeat(256))).hasSize(256);
        assertRefused(() -> Require.id(ARGUMENT, "x".repeat(257)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "Az09_.:-", "1234567890123456789012345678901234567890123456789012345678901234"})
    void takesNewIdsOfPlainCharacters(String id) {
        assertThat(Require.newId(ARGUMENT, id)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a#b",
                "a/b",
                "ä",
                "a\n",
                "12345678901234567890123456789012345678901234567890123456789012345"
            })
    void refusesOtherNewIds(String id) {
        assertRefused(() -> Require.newId(ARGUMENT, id));
    }

    @Test
    void countsCharactersAsPeopleDo() {
        assertThat(Require.text(ARGUMENT, "🚚🚚🚚", 3)).isEqualTo("🚚🚚🚚");
        assertRefused(() -> Require.text(ARGUMENT, "🚚🚚🚚🚚", 3));
    }

    @Test
    void takesAnyTextThatHasACharacter() {
        assertThat(Require.anyText(ARGUMENT, " ", 1)).isEqualTo(" ");
        assertThat(Require.anyText(ARGUMENT, "🚚#\n", 3)).isEqualTo("🚚#\n");
        assertThat(assertRefused(() -> Require.anyText(ARGUMENT, "", 3)))
                .hasMessage("`" + ARGUMENT + "` must have 1 to 3 characters.");
        assertRefused(() -> Require.anyText(ARGUMENT, "🚚🚚🚚🚚", 3));
    }

    @Test
    void wantsATextWhereOneMustBe() {
        assertRefused(() -> Require.text(ARGUMENT, "", 3));
        assertRefused(() -> Require.text(ARGUMENT, "  ", 3));
    }

    @Test
    void takesABlankTextForNoneWhereNoneMustBe() {
        assertThat(Require.optionalText(ARGUMENT, null, 3)).isNull();
        assertThat(Require.optionalText(ARGUMENT, " ", 3)).isNull();
        assertThat(Require.optionalText(ARGUMENT, "abc", 3)).isEqualTo("abc");
        assertRefused(() -> Require.optionalText(ARGUMENT, "abcd", 3));
    }

    @Test
    void includesBothBounds() {
        assertThat(Require.within(ARGUMENT, 0, 0, 5)).isZero();
        assertThat(Require.within(ARGUMENT, 5, 0, 5)).isEqualTo(5);
        assertThat(assertRefused(() -> Require.within(ARGUMENT, 5.01, 0, 5)))
                .hasMessage("`" + ARGUMENT + "` must be between 0 and 5.");
        assertRefused(() -> Require.within(ARGUMENT, -0.01, 0, 5));
        assertRefused(() -> Require.within(ARGUMENT, Double.NaN, 0, 5));
    }

    @Test
    void wantsMoreThanZero() {
        assertThat(Require.positive(ARGUMENT, 1000, 1000)).isEqualTo(1000);
        assertThat(Require.positive(ARGUMENT, Double.MIN_VALUE, 1000)).isPositive();
        assertThat(assertRefused(() -> Require.positive(ARGUMENT, 0, 1000)))
                .hasMessage("`" + ARGUMENT + "` must be greater than 0 and at most 1000.");
        assertRefused(() -> Require.positive(ARGUMENT, 1000.1, 1000));
        assertRefused(() -> Require.positive(ARGUMENT, Double.NaN, 1000));
    }

    private static BadInput assertRefused(ThrowingCallable call) {
        BadInput refusal = catchThrowableOfType(BadInput.class, call);
        assertThat(refusal.argument()).isEqualTo(ARGUMENT);
        assertThat(refusal.code()).isEqualTo(ProblemCode.BAD_INPUT);
        return refusal;
    }
}
