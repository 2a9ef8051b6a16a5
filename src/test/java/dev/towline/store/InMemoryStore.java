package dev.towline.store;

import dev.towline.viewer.Tenant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A store for tests; its indexes are up to date at once. What is announced goes to a consumer, which may block. Thread-safe. */
public final class InMemoryStore implements Store {

    private final Map<EntityKey, Entity> entities = new ConcurrentHashMap<>();
    private final Consumer<ChangeEvent.Applied> announced;
    private final Runnable onRead;

    /** @param announced is called with each write, on the writer's thread */
    public InMemoryStore(Consumer<ChangeEvent.Applied> announced) {
        this(announced, () -> {});
    }

    /**
     * A store whose lists, and consistent reads of several entities, can be counted, held and made to fail.
     *
     * @param onRead runs between such a read and its answer, on the reader's thread
     */
    public InMemoryStore(Consumer<ChangeEvent.Applied> announced, Runnable onRead) {
        this.announced = announced;
        this.onRead = onRead;
    }

    @Override
    public <K extends EntityKey, T extends Entity> Map<K, T> getAll(Table<T> table, Collection<K> keys) {
        Map<K, T> found = new HashMap<>();
        for (K key : keys) {
            T entity = getConsistently(table, key);
            if (entity != null) {
                found.put(key, entity);
            }
        }
        return found;
    }

    @Override
    @SuppressWarnings("unchecked") // a key names entities of one table
    public <T extends Entity> @Nullable T getConsistently(Table<T> table, EntityKey key) {
        return (T) entities.get(key);
    }

    @Override
    public <K extends EntityKey, T extends Entity> Map<K, T> getAllConsistently(Table<T> table, Collection<K> keys) {
        Map<K, T> found = getAll(table, keys);
        onRead.run();
        return found;
    }

    @Override
    @SuppressWarnings("unchecked") // a table holds one kind of entity
    public <T extends Entity> List<IndexRow> list(
            Table<T> table,
            Index<T> index,
            Tenant tenant,
            List<String> partitions,
            @Nullable String before,
            int limit) {
        onRead.run();
        return entities.values().stream()
                .filter(each -> each.key().entity().equals(table.entity())
                        && each.key().tenant().equals(tenant))
                .map(each -> (T) each)
                .filter(each -> partitions.contains(index.partition().apply(each)))
                .map(each -> new IndexRow(each.key().id(), index.sort().apply(each)))
                .filter(row -> before == null || row.sort().compareTo(before) < 0)
                .sorted(Comparator.comparing(IndexRow::sort).reversed())
                .limit(limit)
                .toList();
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
        throw new UnsupportedOperationException("no lists");
    }

    @Override
    public boolean exists(Table<?> table) {
        return true;
    }

    @Override
    public int approximateCount(Table<?> table) {
        return all(table).size();
    }

    @Override
    @SuppressWarnings("unchecked") // a table holds one kind of entity
    public <T extends Entity> void forEach(Table<T> table, Consumer<T> consumer) {
        List.copyOf(entities.values()).stream()
                .filter(each -> each.key().entity().equals(table.entity()))
                .forEach(each -> consumer.accept((T) each));
    }

    /** All entities of a table. */
    public <T extends Entity> List<T> all(Table<T> table) {
        List<T> all = new ArrayList<>();
        forEach(table, all::add);
        return all;
    }

    /** Removes an entity, as nobody does through the service. */
    public void remove(EntityKey key) {
        entities.remove(key);
    }

    @Override
    public void write(List<Write<?>> writes) {
        announce(writeUnannounced(writes));
    }

    @Override
    public synchronized ChangeEvent.Applied writeUnannounced(List<Write<?>> writes) {
        for (Write<?> write : writes) {
            Entity value = write.value();
            Entity present = entities.get(value.key());
            if ((present == null ? 0 : present.version()) != value.version() - 1) {
                throw new WriteConflict(List.of(value.key()));
            }
        }
        writes.forEach(write -> entities.put(write.value().key(), write.value()));
        return new ChangeEvent.Applied(
                writes.stream()
                        .map(write -> new Change(write.value(), write.before()))
                        .toList(),
                ChangeEvent.Origin.LOCAL);
    }

    @Override
    public void announce(ChangeEvent.Applied applied) {
        announced.accept(applied);
    }

    @Override
    public <T extends Entity> void announceAgain(Table<T> table, T stored) {
        announced.accept(new ChangeEvent.Applied(List.of(new Change(stored, null)), ChangeEvent.Origin.LOCAL));
    }

    @Override
    public <T extends Entity> void announceHere(Table<T> table, T stored) {
        announced.accept(new ChangeEvent.Applied(List.of(new Change(stored, null)), ChangeEvent.Origin.REMOTE));
    }

    @Override
    public <R> R retryingConflicts(Supplier<R> attempt) {
        while (true) {
            try {
                return attempt.get();
            } catch (WriteConflict again) {
                Thread.onSpinWait();
            }
        }
    }

    @Override
    public void probe() {}
}
