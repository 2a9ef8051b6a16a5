package dev.towline.vendor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The filter of {@code searchVendorsNearby}. */
record VendorFilter(
        @Nullable List<Capability> capabilities,
        @Nullable Boolean availableOnly,
        @Nullable Double minRating) {

    static final VendorFilter ANY = new VendorFilter(null, null, null);

    /** Whether the vendor has all capabilities, the availability and the rating of this filter. */
    boolean matches(IndexedVendor vendor) {
        int required = capabilities == null ? 0 : IndexedVendor.bits(capabilities);
        return (vendor.capabilities() & required) == required
                && (!Boolean.TRUE.equals(availableOnly) || vendor.isAvailable())
                // false for an unrated vendor
                && (minRating == null || vendor.rating() >= minRating);
    }
}
