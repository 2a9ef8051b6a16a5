package dev.towline.vendor;

import dev.towline.geo.GeoPoint;
import dev.towline.geo.Meters;
import dev.towline.redis.GeoIndex;
import dev.towline.redis.GeoIndex.IndexKey;
import dev.towline.redis.GeoIndex.Member;
import dev.towline.redis.GeoIndex.Placed;
import dev.towline.redis.RedisDown;
import dev.towline.store.EntityBytes;
import dev.towline.store.Epochs;
import dev.towline.viewer.Tenant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The position index of vendors that instances share in Redis. Blocking, thread-safe; the methods throw {@link RedisDown}. */
@Component
class SharedVendorIndex {

    private final GeoIndex index;
    private final EntityBytes entities;
    private final Epochs epochs;

    SharedVendorIndex(GeoIndex index, EntityBytes entities, Epochs epochs) {
        this.index = index;
        this.entities = entities;
        this.epochs = epochs;
    }

    private IndexKey key(Tenant tenant) {
        return new IndexKey(tenant, epochs.of(Vendors.TABLE));
    }

    /** Puts vendors of one tenant at their positions. Returns the ids of those of which the index did not have this or a newer version. */
    Set<String> put(Tenant tenant, Collection<Vendor> vendors) {
        return index.put(
                key(tenant),
                vendors.stream()
                        .map(vendor -> new Placed(
                                new Member(vendor.id(), vendor.version(), entities.encode(vendor)), vendor.position()))
                        .toList());
    }

    /** All vendors within the radius and a few outside; null if the index is not complete. */
    @Nullable
    List<IndexedVendor> around(Tenant tenant, GeoPoint center, Meters radius) {
        List<Member> members = index.around(key(tenant), center, radius);
        if (members == null) {
            return null;
        }
        List<IndexedVendor> vendors = members.stream()
                .map(member -> IndexedVendor.decode(member.bytes(), entities))
                .filter(Objects::nonNull)
                .toList();
        return vendors.size() == members.size() ? vendors : null;
    }

    /**
     * Passes all vendors of the tenant to the consumer.
     *
     * @return whether the index is complete, and this instance supports the layout of each vendor; if not, some may be missing
     */
    boolean forEach(Tenant tenant, Consumer<IndexedVendor> consumer) {
        boolean[] isReadable = {true};
        boolean isBuilt = index.forEach(key(tenant), member -> {
            IndexedVendor vendor = IndexedVendor.decode(member.bytes(), entities);
            if (vendor == null) {
                isReadable[0] = false;
            } else {
                consumer.accept(vendor);
            }
        });
        return isBuilt && isReadable[0];
    }

    /** Whether Redis answers at all. Does not throw. */
    boolean answers() {
        try {
            isBuilt(Tenant.SERVICE);
            return true;
        } catch (RedisDown down) {
            return false;
        }
    }

    /** Whether the index has every vendor of the tenant. */
    boolean isBuilt(Tenant tenant) {
        return index.isBuilt(key(tenant));
    }

    /** Begins to build the index; call it before the first vendor is read. Returns whether it is built already. */
    boolean begin(Tenant tenant) {
        return index.begin(key(tenant));
    }

    /**
     * Notes that the index has every vendor of the tenant.
     *
     * @return whether it has; not if Redis has lost some of it since {@link #begin}
     */
    boolean markBuilt(Tenant tenant) {
        return index.markBuilt(key(tenant));
    }

    /** Removes vendors. */
    void drop(Tenant tenant, Collection<String> ids) {
        index.drop(key(tenant), ids);
    }
}
