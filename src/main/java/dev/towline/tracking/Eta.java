package dev.towline.tracking;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The estimated arrival of a vehicle.
 *
 * @param durationSeconds seconds from the time of the fix
 * @param distanceMeters the remaining way in metres
 */
record Eta(Instant arrivesAt, int durationSeconds, double distanceMeters) {

    /** The arrival from this location in this status; null without an estimate, or if the vehicle is no longer on its way. */
    static @Nullable Eta of(@Nullable TrackedLocation location, SessionStatus status) {
        if (location == null || !status.isUnderway()) {
            return null;
        }
        Remaining remaining = location.remaining();
        return remaining == null
                ? null
                : new Eta(
                        location.recordedAt().plus(Duration.ofSeconds(remaining.durationSeconds())),
                        remaining.durationSeconds(),
                        remaining.distanceMeters());
    }
}
