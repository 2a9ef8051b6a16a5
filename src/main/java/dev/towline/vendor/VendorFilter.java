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
    boolean matches(VendorMark vendor) {
        return (capabilities == null || vendor.capabilities().containsAll(capabilities))
                && (!Boolean.TRUE.equals(availableOnly) || vendor.availability() == Availability.AVAILABLE)
                && (minRating == null || (vendor.rating() != null && vendor.rating() >= minRating));
    }
}
