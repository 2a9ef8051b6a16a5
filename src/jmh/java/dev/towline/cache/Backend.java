package dev.towline.cache;

import dev.towline.store.Entity;
import dev.towline.store.EntityKey;
import dev.towline.store.Table;
import dev.towline.vendor.SampleVendors;
import dev.towline.vendor.Vendor;
import dev.towline.vendor.VendorKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What is stored, in a map: it answers at once, which no storage does. Not thread-safe. */
final class Backend implements EntityLoads.Source {

    private final Map<EntityKey, Entity> stored = new HashMap<>();
    private long reads;

    /** @param vendors how many there are */
    Backend(int vendors) {
        IntStream.range(0, vendors).forEach(number -> {
            Vendor vendor = SampleVendors.stored(number);
            stored.put(vendor.key(), vendor);
        });
    }

    @Override
    public <K extends EntityKey, T extends Entity> Map<K, T> getAll(Table<T> table, Collection<K> keys) {
        reads++;
        Map<K, T> found = new HashMap<>();
        for (K key : keys) {
            @SuppressWarnings("unchecked") // under its key there is nothing else
            T entity = (T) stored.get(key);
            if (entity != null) {
                found.put(key, entity);
            }
        }
        return found;
    }

    /** How often it was asked. */
    long reads() {
        return reads;
    }

    /** The page of a search that finds the first so many. */
    Object search(Table<Vendor> table, int first) {
        List<VendorKey> keys =
                IntStream.range(0, first).mapToObj(SampleVendors::key).toList();
        Map<VendorKey, Vendor> found = getAll(table, keys);
        return SampleVendors.page(keys.stream().map(found::get).toList());
    }
}
