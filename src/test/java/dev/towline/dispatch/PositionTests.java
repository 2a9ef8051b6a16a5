package dev.towline.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.towline.problem.BadInput;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTests {

    private static final Position SOME = new Position(
            Map.of(-5L, new Place(1, 0), 7L, new Place(300, 99), Long.MAX_VALUE, new Place(Long.MAX_VALUE, 1)));

    @Test
    void comesBackFromItsText() {
        assertThat(Position.decode(SOME.encode())).isEqualTo(SOME);
        assertThat(Position.decode(Position.NOTHING.encode())).isEqualTo(Position.NOTHING);
        assertThat(SOME.encode()).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void theTextDoesNotChange() {
        assertThat(new Position(Map.of(1L, new Place(2, 3))).encode()).isEqualTo("AQAAAAAAAAABAAAAAAAAAAIAAw");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "A",
                "AQ==",
                "AR",
                "AA",
                "Ag",
                "AQAA",
                "!",
                "position",
                // the number is 0, the change is negative, and one publisher comes twice
                "AQAAAAAAAAABAAAAAAAAAAAAAA",
                "AQAAAAAAAAABAAAAAAAAAAL__w",
                "AQAAAAAAAAABAAAAAAAAAAIAAwAAAAAAAAABAAAAAAAAAAIAAw"
            })
    void anotherTextIsBadInput(String text) {
        assertIsBadInput(text);
    }

    @Test
    void aTextOfTooManyPublishersIsBadInput() {
        assertIsBadInput("A".repeat(1_000_000));
    }

    @Test
    void publishersInAnotherOrderAreBadInput() {
        byte[] bytes =
                Base64.getUrlDecoder().decode(new Position(Map.of(1L, new Place(2, 3), 2L, new Place(2, 3))).encode());
        bytes[8] = 2;
        bytes[26] = 1;
        assertIsBadInput(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    @Test
    void includesWhatIsBeforeItsPlace() {
        assertThat(SOME.includes(7, new Place(300, 98))).isTrue();
        assertThat(SOME.includes(7, new Place(299, 120))).isTrue();
        assertThat(SOME.includes(7, new Place(300, 99))).isFalse();
        assertThat(SOME.includes(7, new Place(301, 0))).isFalse();
        assertThat(SOME.includes(8, Place.START)).isFalse();
    }

    private static void assertIsBadInput(String text) {
        assertThatThrownBy(() -> Position.decode(text))
                .isInstanceOfSatisfying(
                        BadInput.class,
                        problem -> assertThat(problem.argument()).isEqualTo("after"));
    }
}
