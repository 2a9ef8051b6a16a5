package dev.towline.vendor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The filter of {@code searchVendorsNearby}. */
record VendorFilter(
        @Nullable List<Capability> capabilities,
        @Nullable Boolean availableOnly,
        @Nullable Double minRating) {

    static final VendorFilter ANY = new VendorFilter(null, null, null);

    /** What a vendor must be able to do, see {@link IndexedVendor#abilities()}. */
    int requiredAbilities() {
        return IndexedVendor.abilities(
                capabilities == null ? List.of() : capabilities, Boolean.TRUE.equals(availableOnly));
    }

    /** Whether a vendor with this rating matches, NaN for an unrated one. */
    boolean allowsRating(double rating) {
        // false for NaN
        return minRating == null || rating >= minRating;
    }
}
