package dev.towline.store;

import dev.towline.paging.Connection;
import dev.towline.paging.KeysetPage;
import dev.towline.paging.PageRequest;
import dev.towline.viewer.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A list of entities that an index holds the keys of, the greatest sort key first.
 *
 * @param table where the entities are
 * @param index what holds their keys
 * @param tenant whose they are
 * @param partitions the partitions of the index that are merged into the list
 * @param key the key of an entity from its id
 * @param belongs whether an entity, as it is now, belongs to the list: an index lags behind and holds more than a filter wants
 */
public record IndexedList<K extends EntityKey, T extends Entity>(
        Table<T> table,
        Index<T> index,
        Tenant tenant,
        List<String> partitions,
        Function<String, K> key,
        Predicate<T> belongs) {

    public IndexedList {
        partitions = List.copyOf(partitions);
    }

    /** Reads one page: a query of the index for each partition, and one batch read. Blocking. */
    public Connection<T> page(Store store, PageRequest page) {
        return KeysetPage.fill(
                page,
                (after, limit) -> store.list(table, index, tenant, partitions, after, limit),
                IndexRow::sort,
                rows -> entities(store, rows));
    }

    private List<@Nullable T> entities(Store store, List<IndexRow> rows) {
        List<K> keys = rows.stream().map(row -> key.apply(row.id())).toList();
        Map<K, T> found = store.getAll(table, keys);
        List<@Nullable T> entities = new ArrayList<>(keys.size());
        for (K each : keys) {
            T entity = found.get(each);
            entities.add(entity != null && belongs.test(entity) ? entity : null);
        }
        return entities;
    }
}
