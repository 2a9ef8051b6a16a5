package dev.towline.vendor;

import dev.towline.geo.PositionInput;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.ArgumentValue;

/** The argument of {@code updateVendor}: absent is another thing than null where null takes something away. */
record UpdateVendorInput(
        String vendorId,
        @Nullable String name,
        ArgumentValue<String> phone,
        @Nullable List<Capability> capabilities,
        ArgumentValue<Double> rating,
        @Nullable PositionInput position,
        @Nullable Double serviceRadiusMiles,
        @Nullable Integer expectedVersion) {}
