package dev.towline.tracking;

import org.jspecify.annotations.Nullable;

/**
 * What became of a fix.
 *
 * @param sequence its number in the session if it was stored
 * @param reason why it was rejected
 * @param session after the call
 */
record LocationResult(
        LocationOutcome outcome,
        @Nullable Integer sequence,
        @Nullable String reason,
        TrackingSession session) {}
