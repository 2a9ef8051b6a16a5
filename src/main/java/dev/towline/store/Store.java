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
 * Reads and writes entities; the only access to the database. Every method blocks, so callers should use virtual threads, and throws
 * {@link Unavailable} if the database does not answer within the configured time limits. Thread-safe.
 */
public interface Store {

    /**
     * Reads many entities with eventual consistency, through DAX if configured. An entity below its version floor is read again with strong
     * consistency, see {@link VersionFloors}.
     *
     * @param keys any number; duplicates are read once
     * @return the entities that exist
     */
    <K extends EntityKey, T extends Entity> Map<K, T> getAll(Table<T> table, Collection<K> keys);

    /** Reads one entity with strong consistency and without a cache; null if it does not exist. */
    <T extends Entity> @Nullable T getConsistently(Table<T> table, EntityKey key);

    /** Reads many entities with strong consistency and without a cache. The result is not a snapshot: each entity is read separately. */
    <K extends EntityKey, T extends Entity> Map<K, T> getAllConsistently(Table<T> table, Collection<K> keys);

    /**
     * The rows of some partitions of an index as one list, greatest sort key first. Eventually consistent: recent writes may be missing.
     *
     * @param partitions partition keys without the tenant; each costs one query, and the queries run in parallel
     * @param before an exclusive upper bound of the sort key, null for none
     * @param limit the maximum number of rows
     */
    <T extends Entity> List<IndexRow> list(
            Table<T> table, Index<T> index, Tenant tenant, List<String> partitions, @Nullable String before, int limit);

    /**
     * The rows under one id of a sorted table, read with strong consistency.
     *
     * @param after an exclusive lower bound of the sort key, null for none
     * @param before an exclusive upper bound of the sort key, null for none
     * @param limit the maximum number of rows
     */
    <T extends Entity> List<T> rows(
            Table<T> table,
            Tenant tenant,
            String id,
            @Nullable String after,
            @Nullable String before,
            Order order,
            int limit);

    /** Whether the database has this table. Tables that are beans always exist; tables of earlier versions may. */
    boolean exists(Table<?> table);

    /** About how many rows a table has, as the database last counted them, which may be hours ago. */
    int approximateCount(Table<?> table);

    /**
     * Passes every row of a table, of all tenants, to the consumer. It is a scan, meant for rebuilding computed data. Each row is read with
     * strong consistency, but at a moment of its own: concurrent writes may be missing.
     *
     * @param consumer may block, which slows the scan down
     */
    <T extends Entity> void forEach(Table<T> table, Consumer<T> consumer);

    /**
     * Applies all writes or none, then passes them through the {@link ChangeStage}s as one event. Each write is applied exactly once
     * despite internal retries. The call is idempotent for the same values, because their revisions have write ids.
     *
     * @param writes at most 100 writes of different entities; may be empty
     * @throws WriteConflict if a stored entity does not have the expected version; nothing was applied
     * @throws Unavailable if the outcome is unknown; the stages received a {@link ChangeEvent.Doubt}
     */
    void write(List<Write<?>> writes);

    /**
     * Applies all writes or none like {@link #write(List)}, but does not pass them through the stages. The caller must call {@link
     * #announce} with the result. It is for callers that hold a lock, which they should release before the stages run.
     */
    ChangeEvent.Applied writeUnannounced(List<Write<?>> writes);

    /**
     * Passes an applied write through the {@link ChangeStage}s. The caller of {@link #writeUnannounced} must call it once for each result,
     * also if a later step fails.
     */
    void announce(ChangeEvent.Applied applied);

    /** {@link #write(List)} with these writes. */
    default void write(Write<?>... writes) {
        write(List.of(writes));
    }

    /**
     * Passes a stored state through the {@link ChangeStage}s again, without its previous state. It repairs the case that the writer crashed
     * between the write and its announcement.
     */
    <T extends Entity> void announceAgain(Table<T> table, T stored);

    /**
     * Passes a stored state through the {@link ChangeStage}s of this instance only, as if another instance had announced it. It repairs the
     * case that its announcement did not arrive here.
     */
    <T extends Entity> void announceHere(Table<T> table, T stored);

    /**
     * Runs a read-decide-write attempt, and repeats it with backoff while it throws {@link WriteConflict}.
     *
     * @param attempt reads the current state on each call
     * @throws Unavailable if all attempts conflict
     */
    <R> R retryingConflicts(Supplier<R> attempt);

    /**
     * Checks with a minimal request whether the database answers.
     *
     * @throws Unavailable if it does not answer within a second
     */
    void probe();
}
