package dev.towline.tracking;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of a fix.
 *
 * @param sequence the number of the change in the session, null unless the fix is STORED or LIVE_ONLY
 * @param reason the reason of a rejection, otherwise null
 * @param session the session after the call
 */
record LocationResult(
        LocationOutcome outcome,
        @Nullable Integer sequence,
        @Nullable String reason,
        TrackingSession session) {}
