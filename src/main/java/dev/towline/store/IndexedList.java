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
 * A list of entities in descending order of their sort key in an index.
 *
 * @param table the table of the entities
 * @param index the index that contains their keys
 * @param tenant the tenant that owns the entities
 * @param partitions the partitions of the index that are merged into the list
 * @param key makes a key from an id
 * @param belongs whether the current state of an entity belongs to the list; the index may be outdated, and less specific than a filter
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

    /** Reads one page with one index query per partition and one batch read. Blocking. */
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
