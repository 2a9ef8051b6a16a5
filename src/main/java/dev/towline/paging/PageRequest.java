package dev.towline.paging;

import dev.towline.problem.BadInput;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A request for one page of a list.
 *
 * @param list the name of the list in its cursors
 * @param first the maximum number of entries, 1 to 100
 * @param after the sort key of the entry before the page, null for the first page
 */
public record PageRequest(String list, int first, @Nullable String after) {

    /** The maximum number of entries of a page. */
    public static final int MAX_FIRST = 100;

    private static final int DEFAULT_FIRST = 20;

    /**
     * The request with the arguments of a caller.
     *
     * @param isSort whether a text is a valid sort key of this list
     * @param first the caller's argument, null for the default of 20
     * @param afterCursor the caller's argument
     * @throws BadInput if {@code first} or {@code after} is invalid
     */
    public static PageRequest of(
            String list, Predicate<String> isSort, @Nullable Integer first, @Nullable String afterCursor) {
        int entries = first == null ? DEFAULT_FIRST : first;
        if (entries < 1 || entries > MAX_FIRST) {
            throw new BadInput("first", "must be between 1 and " + MAX_FIRST + ".");
        }
        return new PageRequest(list, entries, Cursor.decode(list, isSort, afterCursor));
    }

    /** The cursor of the entry with this sort key in this list. */
    public String cursor(String sort) {
        return Cursor.encode(list, sort);
    }
}
