package dev.towline.tracking;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The argument of {@code startTrackingSession}. */
record StartTrackingSessionInput(
        String incidentId,
        String vendorId,
        @Nullable String clientToken,
        @Nullable Instant startedAt) {}
