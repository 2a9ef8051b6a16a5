package dev.towline.vendor;

import dev.towline.geo.PositionInput;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.ArgumentValue;

/** The argument of {@code updateVendor}. An omitted field is unchanged; a null removes the value or is rejected. */
record UpdateVendorInput(
        String vendorId,
        ArgumentValue<String> name,
        ArgumentValue<String> phone,
        ArgumentValue<List<Capability>> capabilities,
        ArgumentValue<Double> rating,
        ArgumentValue<PositionInput> position,
        ArgumentValue<Double> serviceRadiusMiles,
        @Nullable Integer expectedVersion) {}
