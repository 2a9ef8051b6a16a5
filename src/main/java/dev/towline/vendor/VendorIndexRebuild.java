package dev.towline.vendor;

import dev.towline.redis.GeoIndex;
import dev.towline.redis.GeoIndex.Member;
import dev.towline.redis.RedisDown;
import dev.towline.store.Store;
import dev.towline.viewer.Tenant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Makes the vendor index again from what is stored. Blocking; each method throws {@link RedisDown}. */
@Component
class VendorIndexRebuild {

    private final Store store;
    private final Vendors vendors;
    private final GeoIndex index;

    VendorIndexRebuild(Store store, Vendors vendors, GeoIndex index) {
        this.store = store;
        this.vendors = vendors;
        this.index = index;
    }

    /**
     * Of every tenant that has vendors. Of those that searches did not find, though the index was said to be complete, everybody is told once
     * more: searches that are remembered may lack them. Returns how many vendors there are.
     */
    int all() {
        Map<Tenant, Set<String>> seen = new HashMap<>();
        Map<Tenant, Boolean> built = new HashMap<>();
        store.forEach(Vendors.TABLE, vendor -> {
            boolean wasBuilt = built.computeIfAbsent(vendor.key().tenant(), index::isBuilt);
            if (put(vendor) && wasBuilt) {
                heal(vendor.key());
            }
            seen.computeIfAbsent(vendor.key().tenant(), t -> new HashSet<>()).add(vendor.id());
        });
        seen.forEach((tenant, ids) -> {
            dropGone(tenant, ids);
            index.markBuilt(tenant);
        });
        return seen.values().stream().mapToInt(Set::size).sum();
    }

    /** Of one tenant, which may have none. */
    void of(Tenant tenant) {
        vendors.all(tenant).forEach(this::put);
        index.markBuilt(tenant);
    }

    /** Of these, which may have been written and may not. */
    void of(Collection<VendorKey> keys) {
        keys.forEach(this::heal);
    }

    /** Returns whether the index did not have it. */
    boolean put(Vendor vendor) {
        return index.put(
                vendor.key().tenant(),
                new Member(vendor.id(), vendor.version(), VendorMark.of(vendor).encode()),
                vendor.position());
    }

    /** A scan lags behind, and what everybody is told has to be the newest. */
    private void heal(VendorKey key) {
        Vendor vendor = store.getConsistently(Vendors.TABLE, key);
        if (vendor != null) {
            put(vendor);
            store.announceAgain(Vendors.TABLE, vendor);
        }
    }

    /** A scan may miss what is being written, so each is asked for before it is dropped. */
    private void dropGone(Tenant tenant, Set<String> seen) {
        List<VendorKey> doubtful = index.ids(tenant).stream()
                .filter(id -> !seen.contains(id))
                .map(id -> new VendorKey(tenant, id))
                .toList();
        Set<VendorKey> stored =
                store.getAllConsistently(Vendors.TABLE, doubtful).keySet();
        index.drop(
                tenant,
                doubtful.stream()
                        .filter(key -> !stored.contains(key))
                        .map(VendorKey::id)
                        .toList());
    }
}
