package dev.towline.paging;

import dev.towline.paging.Connection.Edge;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Fills pages by keyset pagination over rows that are filtered after they were read. */
public final class KeysetPage {

    /** Limits the reads per page if few rows match. Such a page is short and has a next page. */
    private static final int MAX_ROUNDS = 10;

    private KeysetPage() {}

    /** The source of rows in sort order. */
    @FunctionalInterface
    public interface Rows<R> {

        /**
         * The next rows.
         *
         * @param after the exclusive sort key to continue after, null for the beginning
         * @param limit the maximum number of rows; a shorter result means that there are no more rows
         */
        List<R> next(@Nullable String after, int limit);
    }

    /**
     * Fills one page.
     *
     * @param sort the sort key of a row, unique in the list
     * @param load loads the values of rows, in the same order; null for a row that does not belong to the list
     */
    public static <R, T> Connection<T> fill(
            PageRequest page, Rows<R> rows, Function<R, String> sort, Function<List<R>, List<@Nullable T>> load) {
        List<Edge<T>> edges = new ArrayList<>(page.first());
        @Nullable String reached = page.after();
        boolean more = true;
        for (int round = 0; round < MAX_ROUNDS && more && edges.size() < page.first(); round++) {
            int wanted = page.first() - edges.size();
            List<R> found = rows.next(reached, wanted + 1);
            more = found.size() > wanted;
            List<R> taken = more ? found.subList(0, wanted) : found;
            List<@Nullable T> values = load.apply(taken);
            for (int i = 0; i < taken.size(); i++) {
                reached = sort.apply(taken.get(i));
                T value = values.get(i);
                if (value != null) {
                    edges.add(new Edge<>(page.cursor(reached), value));
                }
            }
        }
        String start = edges.isEmpty() ? null : edges.getFirst().cursor();
        String last = edges.isEmpty() ? null : edges.getLast().cursor();
        // Before a next page, the end cursor is where reading ended, not the last edge, so that no row is read again.
        String end = more && reached != null ? page.cursor(reached) : last;
        return new Connection<>(edges, new PageInfo(more, page.after() != null, start, end));
    }
}
