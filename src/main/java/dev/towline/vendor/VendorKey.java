package dev.towline.vendor;

import dev.towline.store.EntityKey;
import dev.towline.viewer.Tenant;

/** Names a vendor. */
public record VendorKey(Tenant tenant, String id) implements EntityKey {

    @Override
    public String entity() {
        return Vendors.TABLE.entity();
    }
}
