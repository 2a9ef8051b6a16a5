package dev.towline.vendor;

import dev.towline.geo.PositionInput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The argument of {@code registerVendor}. */
record RegisterVendorInput(
        @Nullable String id,
        String name,
        @Nullable String phone,
        List<Capability> capabilities,
        @Nullable Double rating,
        PositionInput position,
        @Nullable Double serviceRadiusMiles) {}
