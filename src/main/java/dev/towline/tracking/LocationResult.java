package dev.towline.tracking;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of a fix.
 *
 * @param sequence the number of the change in the session, null if the fix was not STORED
 * @param reason the reason of a rejection, otherwise null
 * @param session the session after the call
 */
record LocationResult(
        LocationOutcome outcome,
        @Nullable Integer sequence,
        @Nullable String reason,
        TrackingSession session) {}
