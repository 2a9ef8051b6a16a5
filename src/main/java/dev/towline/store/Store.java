package dev.towline.store;

import dev.towline.problem.Unavailable;
import dev.towline.viewer.Tenant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes entities; the only way to the database. Every method blocks, made for virtual threads, and throws {@link
 * Unavailable} if the database does not answer within the settings' time limits. Thread-safe.
 */
public interface Store {

    /**
     * Reads many at once, the cheapest way: eventually consistent, and through a cache of the database where there is one. None is older
     * than this instance knows it to be by its {@link VersionFloors}; what comes out older is read again, consistently.
     *
     * @param keys any number; duplicates are asked for once
     * @return those that exist
     */
    <K extends EntityKey, T extends Entity> Map<K, T> getAll(Table<T> table, Collection<K> keys);

    /** Reads one as it is now, past every cache; null if there is none. */
    <T extends Entity> @Nullable T getConsistently(Table<T> table, EntityKey key);

    /** Reads many at once as they are now, past every cache; each for itself: together they are no snapshot. */
    <K extends EntityKey, T extends Entity> Map<K, T> getAllConsistently(Table<T> table, Collection<K> keys);

    /**
     * The rows of some partitions of an index as one list, greatest sort key first. Eventually consistent: what was written a
     * moment ago may be missing.
     *
     * @param partitions without the tenant; each costs a query, side by side
     * @param before only rows whose sort key is less, null: from the greatest
     * @param limit the most rows to return
     */
    <T extends Entity> List<IndexRow> list(
            Table<T> table, Index<T> index, Tenant tenant, List<String> partitions, @Nullable String before, int limit);

    /**
     * The rows under one id of a sorted table, as they are now.
     *
     * @param after only rows whose sort key is greater, null: from the smallest
     * @param before only rows whose sort key is less, null: to the greatest
     * @param limit the most rows to return
     */
    <T extends Entity> List<T> rows(
            Table<T> table,
            Tenant tenant,
            String id,
            @Nullable String after,
            @Nullable String before,
            Order order,
            int limit);

    /**
     * Hands over every row of a table, of all tenants, page by page: for rebuilding what is computed. Eventually consistent; rows
     * that are written meanwhile may or may not be among them.
     */
    <T extends Entity> void forEach(Table<T> table, Consumer<T> consumer);

    /**
     * Applies all writes or none, then passes them through the {@link ChangeStage}s as one event. When it returns, they are
     * stored, each applied once, whatever happened on the way. Writing the very same values again is safe: what was applied is not
     * applied again.
     *
     * @param writes at most 100, of different entities; none is fine
     * @throws WriteConflict if a stored entity is not in the state that its write asks for; nothing was applied
     * @throws Unavailable if the database did not answer; the writes may have been applied or not, and the stages got a {@link ChangeEvent.Doubt}
     */
    void write(List<Write<?>> writes);

    /**
     * Applies all writes or none, as {@link #write(List)} does, but leaves it to the caller to {@linkplain #announce announce} them: for
     * callers that hold a lock, which must not be held while caches and other instances are told.
     */
    ChangeEvent.Applied writeUnannounced(List<Write<?>> writes);

    /** Passes what was written through the {@link ChangeStage}s; to be called once for each write, also when something fails after it. */
    void announce(ChangeEvent.Applied applied);

    /** {@link #write(List)} of those. */
    default void write(Write<?>... writes) {
        write(List.of(writes));
    }

    /**
     * Passes a state through the {@link ChangeStage}s that is stored and that nobody may have been told of, as whoever wrote it may be
     * gone. The state before it is not known.
     */
    <T extends Entity> void tellAgain(Table<T> table, T stored);

    /**
     * Runs an attempt to read, decide and write, again while it ends in a {@link WriteConflict}, after pauses.
     *
     * @param attempt reads anew each time it is called
     * @throws Unavailable if there was a conflict each time
     */
    <R> R retryingConflicts(Supplier<R> attempt);

    /**
     * Asks the database for next to nothing, to see whether it answers; gives up within a second.
     *
     * @throws Unavailable if it does not
     */
    void probe();
}
