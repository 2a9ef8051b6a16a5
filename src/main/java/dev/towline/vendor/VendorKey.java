package dev.towline.vendor;

import dev.towline.store.EntityKey;
import dev.towline.viewer.Tenant;

/** The key of a vendor. */
public record VendorKey(Tenant tenant, String id) implements EntityKey {

    @Override
    public String entity() {
        return Vendors.TABLE.entity();
    }
}
