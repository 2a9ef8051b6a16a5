package dev.towline.vendor;

import dev.towline.geo.PositionInput;
import org.jspecify.annotations.Nullable;

/** The argument of {@code setVendorAvailability}. */
record SetVendorAvailabilityInput(
        String vendorId,
        Availability availability,
        @Nullable PositionInput position) {}
