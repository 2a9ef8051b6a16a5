package dev.towline.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.towline.problem.BadInput;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTests {

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-21T14:05:09.120Z#a-b", "12.5|v1", "line\nbreak", "Grüße 🚚"})
    void bringsBackTheSortKey(String sort) {
        String cursor = Cursor.encode("incidents", sort);
        assertThat(cursor).matches("[A-Za-z0-9_-]+");
        assertThat(Cursor.decode("incidents", _ -> true, cursor)).isEqualTo(sort);
    }

    @Test
    void isNothingWhereThereIsNone() {
        assertThat(Cursor.decode("incidents", _ -> true, null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sessions", "incident", "incidentss", "trail:1", ""})
    void isRefusedInAnotherList(String list) {
        assertRefused(list, Cursor.encode("incidents", "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?", "no cursor", "aW5jaWRlbnRz", "====", "aW5jaWRlbnRzCg=x"})
    void isRefusedIfMalformed(String cursor) {
        assertRefused("incidents", cursor);
    }

    @Test
    void isRefusedIfItIsNoText() {
        byte[] bytes = "incidents\n?".getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 1] = (byte) 0xFF;
        assertRefused("incidents", Base64.getUrlEncoder().encodeToString(bytes));
    }

    @Test
    void isRefusedIfNothingOrTooMuchIsInIt() {
        assertRefused("incidents", Cursor.encode("incidents", ""));
        assertRefused("incidents", Cursor.encode("incidents", "1".repeat(600)));
    }

    @Test
    void isRefusedIfNoEntryOfTheListHasThatSortKey() {
        String cursor = Cursor.encode("incidents", "hello");
        assertThat(Cursor.decode("incidents", "hello"::equals, cursor)).isEqualTo("hello");
        assertRefused("incidents", "goodbye"::equals, cursor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "12", "123"})
    void isRefusedIfTheSameIsSpeltInAnotherWay(String sort) {
        String cursor = Cursor.encode("incidents", sort);
        assertRefused("incidents", cursor + "=".repeat((4 - cursor.length() % 4) % 4 + 1));
        assertRefused("incidents", cursor + "\n");
        String padded = cursor + "=".repeat((4 - cursor.length() % 4) % 4);
        if (!padded.equals(cursor)) {
            assertRefused("incidents", padded);
            // the last bits of the last character are not part of any byte
            char next = (char) (cursor.charAt(cursor.length() - 1) + 1);
            assertRefused("incidents", cursor.substring(0, cursor.length() - 1) + next);
        }
    }

    private static void assertRefused(String list, @Nullable String cursor) {
        assertRefused(list, _ -> true, cursor);
    }

    private static void assertRefused(String list, Predicate<String> isSort, @Nullable String cursor) {
        BadInput refusal = catchThrowableOfType(BadInput.class, () -> Cursor.decode(list, isSort, cursor));
        assertThat(refusal.argument()).isEqualTo("after");
    }
}
