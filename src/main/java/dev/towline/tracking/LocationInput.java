package dev.towline.tracking;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A fix from a device, not checked yet. */
record LocationInput(
        double latitude,
        double longitude,
        Instant recordedAt,
        @Nullable Double speedMetersPerSecond,
        @Nullable Double headingDegrees,
        @Nullable Double accuracyMeters) {}
