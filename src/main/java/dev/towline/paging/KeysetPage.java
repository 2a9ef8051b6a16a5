package dev.towline.paging;

import dev.towline.paging.Connection.Edge;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Fills pages from a keyset: rows that come in sort order, each of which may or may not turn out to belong to the list. */
public final class KeysetPage {

    /** Bounds the reading for a list of which hardly anything matches; its page is then short, and says that there is more. */
    private static final int MAX_ROUNDS = 10;

    private KeysetPage() {}

    /** Where rows come from. */
    @FunctionalInterface
    public interface Rows<R> {

        /**
         * The next rows.
         *
         * @param after the sort key to go on behind, null for the beginning
         * @param limit how many at most; fewer mean that there are no more
         */
        List<R> next(@Nullable String after, int limit);
    }

    /**
     * Fills one page.
     *
     * @param sort the sort key of a row, unique in the list
     * @param load what stands behind rows: as many values in the same order, null for a row that does not belong to the list
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
            List<R> kept = more ? found.subList(0, wanted) : found;
            List<@Nullable T> values = load.apply(kept);
            for (int i = 0; i < kept.size(); i++) {
                reached = sort.apply(kept.get(i));
                T value = values.get(i);
                if (value != null) {
                    edges.add(new Edge<>(page.cursor(reached), value));
                }
            }
        }
        // A short page ends where reading ended, not at its last edge, or the next one would read the same rows in
        // vain.
        String end = reached == null || (edges.isEmpty() && !more) ? null : page.cursor(reached);
        String start = edges.isEmpty() ? null : edges.getFirst().cursor();
        return new Connection<>(edges, new PageInfo(more, page.after() != null, start, end));
    }
}
