package dev.towline.paging;

import dev.towline.problem.BadInput;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the position of an entry in a list as an opaque text: the name of the list and the sort key of the entry. A cursor stays valid
 * when entries are added or removed, and is rejected in another list.
 */
public final class Cursor {

    private static final char SEPARATOR = '\n';

    /** Longer than any valid cursor; the database limits the length of keys. */
    private static final int MAX_CHARACTERS = 600;

    private Cursor() {}

    /** The cursor of the entry with this sort key in this list. */
    public static String encode(String list, String sort) {
        byte[] bytes = (list + SEPARATOR + sort).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * The sort key in a cursor; null for a null cursor.
     *
     * @param isSort whether a text is a valid sort key of this list
     * @throws BadInput for {@code after} if {@link #encode} cannot have produced the cursor for this list
     */
    public static @Nullable String decode(String list, Predicate<String> isSort, @Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        String text = text(cursor);
        String prefix = list + SEPARATOR;
        String sort = text != null && text.startsWith(prefix) ? text.substring(prefix.length()) : "";
        // Several Base64 texts decode to the same bytes; only the canonical one is valid.
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
