package dev.towline.paging;

import dev.towline.problem.BadInput;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A place in a list, opaque to callers: the sort key of an entry and the list it belongs to, so that a cursor of another list is
 * recognised. It stays good while entries come and go.
 */
public final class Cursor {

    private static final char SEPARATOR = '\n';

    /** Longer than any that was ever given; storage can't look for a key of any length. */
    private static final int MAX_CHARACTERS = 600;

    private Cursor() {}

    /** The cursor of the entry with that sort key in that list. */
    public static String encode(String list, String sort) {
        byte[] bytes = (list + SEPARATOR + sort).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * The sort key in a cursor, null where there is no cursor.
     *
     * @param isSort whether a text can be the sort key of an entry of that list
     * @throws BadInput naming {@code after} if it is not, to the letter, a cursor that an entry of that list could have
     */
    public static @Nullable String decode(String list, Predicate<String> isSort, @Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        String text = text(cursor);
        String prefix = list + SEPARATOR;
        String sort = text != null && text.startsWith(prefix) ? text.substring(prefix.length()) : "";
        // Base64 has several spellings of the same bytes, of which only one was ever given.
        if (sort.isEmpty() || !isSort.test(sort) || !encode(list, sort).equals(cursor)) {
            throw new BadInput("after", "is not a cursor of this list.");
        }
        return sort;
    }

    private static @Nullable String text(String cursor) {
        if (cursor.length() > MAX_CHARACTERS) {
            return null;
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException notACursor) {
            return null;
        }
    }
}
