package dev.towline.localdax;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The items of one node by their keys, "not found" included. What other nodes wrote arrives late: it is applied at the first use of the
 * cache after it is due, so that a movable clock moves it too; its time to live begins when it is due. Thread-safe.
 *
 * <p>Never replaces a value by one that may be older. An operation takes {@link OperationOrder#begin} before it asks DynamoDB. Its value is
 * stored if what is stored came from an operation that had ended by then. If the two overlapped, a read gives way; after a write nothing is
 * certain, and the next read asks DynamoDB. How DAX itself decides is not documented; {@code lastOneWins} stores whatever comes last.
 */
final class ItemCache {

    private final LruCache<ItemKey, Entry> entries;
    private final InstantSource clock;
    private final OperationOrder order;
    private final Replication replication;
    private final Counting counting;
    private final boolean lastOneWins;
    private final Queue<Replica> replicas = new ArrayDeque<>();
    private long clearedAt;

    ItemCache(
            LruCache<ItemKey, Entry> entries,
            InstantSource clock,
            OperationOrder order,
            Replication replication,
            Counting counting,
            boolean lastOneWins) {
        this.entries = entries;
        this.clock = clock;
        this.order = order;
        this.replication = replication;
        this.counting = counting;
        this.lastOneWins = lastOneWins;
    }

    /** What is known of an item: its attributes, or null if it does not exist. */
    record Known(@Nullable Map<String, AttributeValue> item) {}

    /**
     * What an operation made known.
     *
     * @param known null if the item changed in a way that is not known
     */
    record Entry(@Nullable Known known, long begun, long ended) {

        private long bytes() {
            Map<String, AttributeValue> item = known == null ? null : known.item;
            return ItemSize.ENTRY_BYTES + (item == null ? 0 : ItemSize.bytes(item));
        }
    }

    private record Replica(ItemKey key, Entry entry, Instant due) {}

    /** Null if the cache does not know. */
    @Nullable
    Known find(ItemKey key) {
        Known known = lookUp(key);
        if (known == null) {
            counting.add(Metric.ITEM_CACHE_MISSES, 1);
            return null;
        }
        counting.add(Metric.ITEM_CACHE_HITS, 1);
        if (known.item == null) {
            counting.add(Metric.ITEM_CACHE_NEGATIVE_HITS, 1);
        }
        return known;
    }

    private synchronized @Nullable Known lookUp(ItemKey key) {
        applyReplicas();
        Entry entry = entries.get(key);
        return entry == null ? null : entry.known;
    }

    /** Stores what a read found. */
    synchronized void read(ItemKey key, Known known, long begun) {
        if (begun < clearedAt) {
            return;
        }
        applyReplicas();
        Entry stored = entries.get(key);
        if (stored == null || stored.ended <= begun || lastOneWins) {
            put(key, new Entry(known, begun, order.end()), clock.instant());
        }
    }

    /**
     * Stores what a write made of an item, here and later on the other nodes.
     *
     * @param known null if that is not known: the next read asks DynamoDB
     */
    void wrote(ItemKey key, @Nullable Known known, long begun) {
        Entry written = new Entry(known, begun, order.end());
        storeHere(key, written);
        replication.publish(this, key, written);
    }

    private synchronized void storeHere(ItemKey key, Entry written) {
        applyReplicas();
        // it may overlap with a write that a flush has made forgotten
        Entry known = written.begun < clearedAt ? new Entry(null, written.begun, written.ended) : written;
        store(key, known, clock.instant());
    }

    /** Takes what another node wrote, to be seen from a time on. */
    synchronized void receive(ItemKey key, Entry written, Instant due) {
        replicas.add(new Replica(key, written, due));
        applyReplicas();
    }

    /** Forgets all, also what other nodes wrote and is not yet due. */
    synchronized void clear() {
        entries.clear();
        replicas.clear();
        clearedAt = order.end();
    }

    synchronized long bytes() {
        return entries.bytes();
    }

    private void store(ItemKey key, Entry written, Instant at) {
        Entry stored = entries.get(key);
        if (stored == null || stored.ended <= written.begun || lastOneWins) {
            put(key, written, at);
        } else if (written.ended > stored.begun) {
            var unknown = new Entry(null, Math.min(stored.begun, written.begun), Math.max(stored.ended, written.ended));
            put(key, unknown, at);
        }
    }

    private void put(ItemKey key, Entry entry, Instant at) {
        entries.put(key, entry, entry.bytes(), at);
    }

    private void applyReplicas() {
        Instant now = clock.instant();
        for (var replica = replicas.peek(); replica != null && !now.isBefore(replica.due); replica = replicas.peek()) {
            replicas.remove();
            store(replica.key, replica.entry, replica.due);
        }
    }
}
