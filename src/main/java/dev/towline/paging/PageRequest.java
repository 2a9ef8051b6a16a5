package dev.towline.paging;

import dev.towline.problem.BadInput;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is asked for.
 *
 * @param list what the list is called in its cursors
 * @param first how many entries at most, 1 to 100
 * @param after the sort key of the entry before the page, null for the first page
 */
public record PageRequest(String list, int first, @Nullable String after) {

    /** The most entries that a page may hold. */
    public static final int MAX_FIRST = 100;

    private static final int DEFAULT_FIRST = 20;

    /**
     * The page that these arguments ask for.
     *
     * @param isSort whether a text can be the sort key of an entry of this list
     * @param first as the caller gave it, null for the default of 20
     * @param afterCursor as the caller gave it
     * @throws BadInput naming {@code first} or {@code after}
     */
    public static PageRequest of(
            String list, Predicate<String> isSort, @Nullable Integer first, @Nullable String afterCursor) {
        int entries = first == null ? DEFAULT_FIRST : first;
        if (entries < 1 || entries > MAX_FIRST) {
            throw new BadInput("first", "must be between 1 and " + MAX_FIRST + ".");
        }
        return new PageRequest(list, entries, Cursor.decode(list, isSort, afterCursor));
    }

    /** The cursor of the entry with that sort key in this list. */
    public String cursor(String sort) {
        return Cursor.encode(list, sort);
    }
}
