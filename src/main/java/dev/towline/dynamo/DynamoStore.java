package dev.towline.dynamo;

import dev.towline.problem.Unavailable;
import dev.towline.store.Change;
import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeStages;
import dev.towline.store.Entity;
import dev.towline.store.EntityKey;
import dev.towline.store.EntityRef;
import dev.towline.store.Index;
import dev.towline.store.IndexRow;
import dev.towline.store.Order;
import dev.towline.store.Store;
import dev.towline.store.Table;
import dev.towline.store.VersionFloors;
import dev.towline.store.Write;
import dev.towline.store.WriteConflict;
import dev.towline.viewer.Tenant;
import io.micrometer.core.instrument.MeterRegistry;
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

/** Reads and writes entities in DynamoDB, and reads by key through DAX if configured. */
final class DynamoStore implements Store {

    /** The maximum number of read-decide-write attempts; with the default pauses they take some seconds. */
    private static final int CONFLICT_ATTEMPTS = 10;

    private static final int MOST_WRITES = 100;

    /** Counts entities that were read a second time, because the first result was older than known here. */
    static final String OUTDATED = "towline.dynamo.outdated";

    private final Reads reads;
    private final StraightReads consistentReads;
    private final VersionFloors floors;
    private final Lists lists;
    private final Writes writes;
    private final ChangeStages stages;
    private final Backoff backoff;
    private final Probe probe;
    private final MeterRegistry meters;

    DynamoStore(
            Reads reads,
            StraightReads consistentReads,
            VersionFloors floors,
            Lists lists,
            Writes writes,
            ChangeStages stages,
            Backoff backoff,
            Probe probe,
            MeterRegistry meters) {
        this.reads = reads;
        this.consistentReads = consistentReads;
        this.floors = floors;
        this.lists = lists;
        this.writes = writes;
        this.stages = stages;
        this.backoff = backoff;
        this.probe = probe;
        this.meters = meters;
    }

    @Override
    public <K extends EntityKey, T extends Entity> Map<K, T> getAll(Table<T> table, Collection<K> keys) {
        if (floors.isIncomplete() || floors.isDoubtful()) {
            return getAllConsistently(table, keys);
        }
        Map<K, T> found = getAll(reads, table, keys);
        Set<K> outdated = keys.stream()
                .filter(key -> isBelowFloor(key, found.get(key)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (floors.isIncomplete()) { // floors may have been dropped during the read
            return getAllConsistently(table, keys);
        }
        if (!outdated.isEmpty()) {
            meters.counter(OUTDATED, "table", table.name()).increment(outdated.size());
            found.keySet().removeAll(outdated);
            found.putAll(getAllConsistently(table, outdated));
        }
        return found;
    }

    @Override
    public <T extends Entity> @Nullable T getConsistently(Table<T> table, EntityKey key) {
        ItemKey itemKey = ItemKey.of(table, key);
        Map<String, AttributeValue> item = itemKey.canExist() ? consistentReads.item(table, itemKey) : null;
        return item == null ? null : Items.entity(table, item);
    }

    @Override
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

    @Override
    public <T extends Entity> List<IndexRow> list(
            Table<T> table,
            Index<T> index,
            Tenant tenant,
            List<String> partitions,
            @Nullable String before,
            int limit) {
        return lists.index(table, index, tenant, partitions, before, limit);
    }

    @Override
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

    @Override
    public boolean exists(Table<?> table) {
        return lists.exists(table);
    }

    @Override
    public int approximateCount(Table<?> table) {
        return lists.approximateCount(table);
    }

    @Override
    public <T extends Entity> void forEach(Table<T> table, Consumer<T> consumer) {
        lists.scan(table, consumer);
    }

    @Override
    public void write(List<Write<?>> changes) {
        announce(writeUnannounced(changes));
    }

    @Override
    public ChangeEvent.Applied writeUnannounced(List<Write<?>> changes) {
        if (changes.size() > MOST_WRITES) {
            throw new IllegalArgumentException(
                    "a transaction must have at most " + MOST_WRITES + " writes, not " + changes.size());
        }
        try {
            if (!changes.isEmpty()) {
                writes.apply(changes);
            }
        } catch (Unavailable e) {
            forEachEntity(changes, floors::attempt);
            stages.pass(new ChangeEvent.Doubt(changes.stream()
                    .<EntityKey>map(write -> write.value().key())
                    .toList()));
            throw e;
        }
        forEachEntity(changes, floors::raise);
        return applied(changes);
    }

    @Override
    public void announce(ChangeEvent.Applied applied) {
        if (!applied.changes().isEmpty()) {
            stages.pass(applied);
        }
    }

    @Override
    public <T extends Entity> void announceAgain(Table<T> table, T stored) {
        List<Write<?>> written = List.of(new Write<>(table, stored));
        forEachEntity(written, floors::raise);
        stages.pass(applied(written));
    }

    @Override
    public <T extends Entity> void announceHere(Table<T> table, T stored) {
        floors.raise(stored.key().ref(), stored.version());
        stages.pass(new ChangeEvent.Applied(List.of(new Change(stored, null)), ChangeEvent.Origin.REMOTE));
    }

    @Override
    public <R> R retryingConflicts(Supplier<R> attempt) {
        for (int failed = 0; ; failed++) {
            try {
                return attempt.get();
            } catch (WriteConflict e) {
                if (failed + 1 >= CONFLICT_ATTEMPTS) {
                    throw new Unavailable("Too many requests change the same data. Try again in a moment.", e);
                }
                backoff.pause(failed);
            }
        }
    }

    @Override
    public void probe() {
        probe.run();
    }

    private static ChangeEvent.Applied applied(List<Write<?>> writes) {
        return new ChangeEvent.Applied(
                writes.stream()
                        .map(write -> new Change(write.value(), write.before()))
                        .toList(),
                ChangeEvent.Origin.LOCAL);
    }

    /** Skips rows of sorted tables, which have no floors. */
    private static void forEachEntity(List<Write<?>> changes, ObjIntConsumer<EntityRef> action) {
        for (Write<?> write : changes) {
            if (!write.table().sorted()) {
                action.accept(write.value().key().ref(), write.value().version());
            }
        }
    }

    private boolean isBelowFloor(EntityKey key, @Nullable Entity found) {
        return !floors.allows(key.ref(), found == null ? 0 : found.version());
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
