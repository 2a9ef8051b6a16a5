package dev.towline.dynamo;

import dev.towline.problem.Unavailable;
import dev.towline.viewer.Tenant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads and writes entities in DynamoDB; the only way to it. Every method blocks, made for virtual threads, and throws {@link
 * Unavailable} if DynamoDB does not answer within the settings' time limits. Thread-safe.
 */
public final class Store {

    /** How often read-decide-write is tried: with pauses that reach the settings' longest, some seconds. */
    private static final int CONFLICT_ATTEMPTS = 10;

    private static final int MOST_WRITES = 100;

    private final Reads reads;
    private final StraightReads consistentReads;
    private final Floors floors;
    private final Lists lists;
    private final Writes writes;
    private final ChangeListeners listeners;
    private final Backoff backoff;
    private final Probe probe;

    Store(
            Reads reads,
            StraightReads consistentReads,
            Floors floors,
            Lists lists,
            Writes writes,
            ChangeListeners listeners,
            Backoff backoff,
            Probe probe) {
        this.reads = reads;
        this.consistentReads = consistentReads;
        this.floors = floors;
        this.lists = lists;
        this.writes = writes;
        this.listeners = listeners;
        this.backoff = backoff;
        this.probe = probe;
    }

    /**
     * Reads many at once, the cheapest way: eventually consistent, and through DAX where there is one. None is older than this instance
     * knows it to be by its {@link Floors}; what comes out older is read again, consistently.
     *
     * @param keys any number; duplicates are asked for once
     * @return those that exist
     */
    public <K extends EntityKey, T extends Entity> Map<K, T> getAll(Table<T> table, Collection<K> keys) {
        if (floors.isForgetful() || floors.isDoubtful()) {
            return getAllConsistently(table, keys);
        }
        Map<K, T> found = getAll(reads, table, keys);
        Set<K> old = keys.stream()
                .filter(key -> isBelowFloor(key, found.get(key)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (!old.isEmpty()) {
            found.keySet().removeAll(old);
            found.putAll(getAllConsistently(table, old));
        }
        return found;
    }

    /** Reads one as it is now, never through DAX; null if there is none. */
    public <T extends Entity> @Nullable T getConsistently(Table<T> table, EntityKey key) {
        ItemKey itemKey = ItemKey.of(table, key);
        Map<String, AttributeValue> item = itemKey.canExist() ? consistentReads.item(table, itemKey) : null;
        return item == null ? null : Items.entity(table, item);
    }

    /** Reads many at once as they are now, never through DAX; each for itself: together they are no snapshot. */
    public <K extends EntityKey, T extends Entity> Map<K, T> getAllConsistently(Table<T> table, Collection<K> keys) {
        Map<EntityRef, Integer> claimedBefore = new HashMap<>();
        keys.forEach(key -> claimedBefore.put(key.ref(), floors.claimed(key.ref())));
        Map<K, T> found = getAll(consistentReads, table, keys);
        for (K key : keys) {
            T entity = found.get(key);
            floors.settle(key.ref(), entity == null ? 0 : entity.version(), claimedBefore.getOrDefault(key.ref(), 0));
        }
        return found;
    }

    /**
     * The rows of some partitions of an index as one list, greatest sort key first. Eventually consistent: what was written a
     * moment ago may be missing.
     *
     * @param partitions without the tenant; each costs a query, side by side
     * @param before only rows whose sort key is less, null: from the greatest
     * @param limit the most rows to return
     */
    public <T extends Entity> List<IndexRow> list(
            Table<T> table,
            Index<T> index,
            Tenant tenant,
            List<String> partitions,
            @Nullable String before,
            int limit) {
        return lists.index(table, index, tenant, partitions, before, limit);
    }

    /**
     * The rows under one id of a sorted table, as they are now.
     *
     * @param after only rows whose sort key is greater, null: from the smallest
     * @param before only rows whose sort key is less, null: to the greatest
     * @param limit the most rows to return
     */
    public <T extends Entity> List<T> rows(
            Table<T> table,
            Tenant tenant,
            String id,
            @Nullable String after,
            @Nullable String before,
            Order order,
            int limit) {
        ItemKey owner = new ItemKey(ItemKey.partition(tenant, id), null);
        return owner.canExist() ? lists.rows(table, owner.partition(), after, before, order, limit) : List.of();
    }

    /**
     * Hands over every row of a table, of all tenants, page by page: for rebuilding what is derived. Eventually consistent; rows
     * that are written meanwhile may or may not be among them.
     */
    public <T extends Entity> void forEach(Table<T> table, Consumer<T> consumer) {
        lists.scan(table, consumer);
    }

    /**
     * Applies all writes or none, then tells the {@link ChangeListener}s. When it returns, they are on DynamoDB, each applied
     * once, whatever happened on the way. Writing the very same values again is safe: what was applied is not applied again.
     *
     * @param changes at most 100, of different entities; none is fine
     * @throws WriteConflict if a stored entity is not in the state that its write asks for; nothing was applied
     * @throws Unavailable if DynamoDB did not answer; the writes may have been applied or not, and if so nobody was told
     */
    public void write(List<Write<?>> changes) {
        if (changes.size() > MOST_WRITES) {
            throw new IllegalArgumentException("at most " + MOST_WRITES + " writes at once, not " + changes.size());
        }
        if (changes.isEmpty()) {
            return;
        }
        try {
            writes.apply(changes);
        } catch (Unavailable e) {
            forEachSingle(changes, floors::claim);
            listeners.tellOfDoubt(changes);
            throw e;
        }
        forEachSingle(changes, floors::raise);
        listeners.tell(changes);
    }

    /**
     * Tells the {@link ChangeListener}s of a state that is stored and that nobody may have been told of, as whoever wrote it may be gone.
     * What was before they are not told: nobody knows.
     */
    public <T extends Entity> void tellAgain(Table<T> table, T stored) {
        List<Write<?>> written = List.of(new Write<>(table, stored));
        forEachSingle(written, floors::raise);
        listeners.tell(written);
    }

    /** {@link #write(List)} of those. */
    public void write(Write<?>... changes) {
        write(List.of(changes));
    }

    /**
     * Runs an attempt to read, decide and write, again while it ends in a {@link WriteConflict}, after pauses.
     *
     * @param attempt reads anew each time it is called
     * @throws Unavailable if there was a conflict each time
     */
    public <R> R retryingConflicts(Supplier<R> attempt) {
        for (int failed = 0; ; failed++) {
            try {
                return attempt.get();
            } catch (WriteConflict e) {
                if (failed + 1 >= CONFLICT_ATTEMPTS) {
                    throw new Unavailable("Too many change this at the same moment. Try again in a moment.", e);
                }
                backoff.pause(failed);
            }
        }
    }

    /**
     * Asks DynamoDB for next to nothing, to see whether it answers; gives up within a second.
     *
     * @throws Unavailable if it does not
     */
    public void probe() {
        probe.run();
    }

    /** Rows of a list are never read by key, and have no floors. */
    private static void forEachSingle(List<Write<?>> changes, ObjIntConsumer<EntityRef> action) {
        for (Write<?> write : changes) {
            if (!write.table().sorted()) {
                action.accept(write.value().key().ref(), write.value().version());
            }
        }
    }

    private boolean isBelowFloor(EntityKey key, @Nullable Entity found) {
        return (found == null ? 0 : found.version()) < floors.of(key.ref());
    }

    private static <K extends EntityKey, T extends Entity> Map<K, T> getAll(
            Reads reads, Table<T> table, Collection<K> keys) {
        Set<ItemKey> itemKeys = keys.stream()
                .map(key -> ItemKey.of(table, key))
                .filter(ItemKey::canExist)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Map<ItemKey, Map<String, AttributeValue>> items = reads.items(table, itemKeys);
        Map<K, T> found = new LinkedHashMap<>();
        for (K key : keys) {
            Map<String, AttributeValue> item = items.get(ItemKey.of(table, key));
            if (item != null && !found.containsKey(key)) {
                found.put(key, Items.entity(table, item));
            }
        }
        return found;
    }
}
