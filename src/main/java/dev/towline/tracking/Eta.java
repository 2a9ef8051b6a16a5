package dev.towline.tracking;

import dev.towline.geo.GeoPoint;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The estimated arrival of a vehicle: the straight line at its current speed, or at a typical speed while it stands or reports no speed.
 *
 * @param durationSeconds seconds from the time of the fix
 * @param distanceMeters the remaining great-circle distance in metres
 */
record Eta(Instant arrivesAt, int durationSeconds, double distanceMeters) {

    /** Below walking speed a vehicle counts as standing. */
    private static final double MOVING_METERS_PER_SECOND = 1.5;

    /** The assumed average speed in a town, including stops. */
    private static final double TYPICAL_METERS_PER_SECOND = 10;

    /** The arrival from this location in this status; null without a location, or if the vehicle is no longer on its way. */
    static @Nullable Eta of(@Nullable TrackedLocation location, GeoPoint destination, SessionStatus status) {
        if (location == null || !status.isUnderway()) {
            return null;
        }
        double meters = location.point().distanceTo(destination).value();
        double speed = speed(location.speedMetersPerSecond());
        int seconds = Math.toIntExact(Math.round(meters / speed));
        return new Eta(location.recordedAt().plus(Duration.ofSeconds(seconds)), seconds, meters);
    }

    /** Metres per second. Stored speeds are checked again, because old items may contain impossible ones. */
    private static double speed(@Nullable Double reported) {
        return reported != null
                        && reported >= MOVING_METERS_PER_SECOND
                        && reported <= TrackedLocation.MAX_SPEED_METERS_PER_SECOND
                ? reported
                : TYPICAL_METERS_PER_SECOND;
    }
}
