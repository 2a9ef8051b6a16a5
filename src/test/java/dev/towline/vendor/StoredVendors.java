package dev.towline.vendor;

import dev.towline.viewer.Tenant;
import java.util.HashMap;
import java.util.Map;

/** The vendors of a tenant, which no query lists. */
public final class StoredVendors {

    private StoredVendors() {}

    /** The version of each, by id. Blocking. */
    public static Map<String, Integer> versions(Vendors vendors, String tenant) {
        Map<String, Integer> versions = new HashMap<>();
        vendors.forEach(
                new Tenant(tenant), part -> part.forEach(vendor -> versions.put(vendor.id(), vendor.version())));
        return versions;
    }
}
