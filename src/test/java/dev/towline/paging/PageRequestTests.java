package dev.towline.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.towline.problem.BadInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageRequestTests {

    @Test
    void holdsTwentyFromTheBeginningIfNothingIsSaid() {
        assertThat(PageRequest.of("incidents", _ -> true, null, null))
                .isEqualTo(new PageRequest("incidents", 20, null));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void takesOneToAHundred(int first) {
        assertThat(PageRequest.of("incidents", _ -> true, first, null).first()).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 101, Integer.MAX_VALUE})
    void refusesAnyOtherNumber(int first) {
        BadInput refusal =
                catchThrowableOfType(BadInput.class, () -> PageRequest.of("incidents", _ -> true, first, null));
        assertThat(refusal.argument()).isEqualTo("first");
    }

    @Test
    void goesOnBehindACursorOfItsOwn() {
        PageRequest page = PageRequest.of("incidents", _ -> true, 3, Cursor.encode("incidents", "7"));
        assertThat(page.after()).isEqualTo("7");
        assertThat(PageRequest.of("incidents", _ -> true, 3, page.cursor("8")).after())
                .isEqualTo("8");
    }

    @Test
    void refusesACursorThatTheListHasNot() {
        BadInput refusal = catchThrowableOfType(
                BadInput.class, () -> PageRequest.of("incidents", "8"::equals, 3, Cursor.encode("incidents", "7")));
        assertThat(refusal.argument()).isEqualTo("after");
    }

    @Test
    void refusesACursorOfAnotherList() {
        BadInput refusal = catchThrowableOfType(
                BadInput.class, () -> PageRequest.of("incidents", _ -> true, 3, Cursor.encode("sessions", "7")));
        assertThat(refusal.argument()).isEqualTo("after");
    }
}
