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

/** Rebuilds the vendor index from DynamoDB. Blocking; each method throws {@link RedisDown}. */
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
     * Rebuilds the index of every tenant. A vendor that a complete index lacked is announced again, because cached searches may lack it
     * too.
     *
     * @return the number of vendors
     */
    int all() {
        Map<Tenant, Set<String>> seen = new HashMap<>();
        Map<Tenant, Boolean> built = new HashMap<>();
        store.forEach(Vendors.TABLE, vendor -> {
            boolean wasBuilt = built.computeIfAbsent(vendor.key().tenant(), index::isBuilt);
            if (put(vendor) && wasBuilt) {
                repair(vendor.key());
            }
            seen.computeIfAbsent(vendor.key().tenant(), t -> new HashSet<>()).add(vendor.id());
        });
        seen.forEach((tenant, ids) -> {
            dropGone(tenant, ids);
            index.markBuilt(tenant);
        });
        return seen.values().stream().mapToInt(Set::size).sum();
    }

    /** Rebuilds the index of one tenant. */
    void of(Tenant tenant) {
        vendors.all(tenant).forEach(this::put);
        index.markBuilt(tenant);
    }

    /** Updates the index for these vendors and announces their stored states again. */
    void of(Collection<VendorKey> keys) {
        keys.forEach(this::repair);
    }

    /** Updates the index for one vendor. Returns false if the index already had this or a newer version. */
    boolean put(Vendor vendor) {
        return index.put(
                vendor.key().tenant(),
                new Member(vendor.id(), vendor.version(), VendorMark.of(vendor).encode()),
                vendor.position());
    }

    /** Reads the vendor again, because the result of the scan may be outdated. */
    private void repair(VendorKey key) {
        Vendor vendor = store.getConsistently(Vendors.TABLE, key);
        if (vendor != null) {
            put(vendor);
            store.announceAgain(Vendors.TABLE, vendor);
        }
    }

    /** Drops members that do not exist any more. Each is read first, because a scan may miss concurrent writes. */
    private void dropGone(Tenant tenant, Set<String> seen) {
        List<VendorKey> unseen = index.ids(tenant).stream()
                .filter(id -> !seen.contains(id))
                .map(id -> new VendorKey(tenant, id))
                .toList();
        Set<VendorKey> stored = store.getAllConsistently(Vendors.TABLE, unseen).keySet();
        index.drop(
                tenant,
                unseen.stream()
                        .filter(key -> !stored.contains(key))
                        .map(VendorKey::id)
                        .toList());
    }
}
