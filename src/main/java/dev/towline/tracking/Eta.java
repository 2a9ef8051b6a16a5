package dev.towline.tracking;

import dev.towline.geo.GeoPoint;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a vehicle will be at the incident: straight line, at its present speed, or at a typical one while it stands or does not tell.
 *
 * @param durationSeconds seconds from the fix it was made from
 * @param distanceMeters metres that are left, as the crow flies
 */
record Eta(Instant arrivesAt, int durationSeconds, double distanceMeters) {

    /** Slower than a walk is standing, and says nothing about the rest of the way. */
    private static final double MOVING_METERS_PER_SECOND = 1.5;

    /** What a vehicle makes good on its way through a town, stops included, where it says nothing itself. */
    private static final double TYPICAL_METERS_PER_SECOND = 10;

    /** From that location in that state; null where there is no location or the vehicle is no longer on its way. */
    static @Nullable Eta of(@Nullable TrackedLocation location, GeoPoint destination, SessionStatus status) {
        if (location == null || !status.isUnderway()) {
            return null;
        }
        double meters = location.point().distanceTo(destination).value();
        double speed = speed(location.speedMetersPerSecond());
        int seconds = Math.toIntExact(Math.round(meters / speed));
        return new Eta(location.recordedAt().plus(Duration.ofSeconds(seconds)), seconds, meters);
    }

    /** In metres per second; the reported one is checked again: it may have been stored before incredible ones were ignored. */
    private static double speed(@Nullable Double reported) {
        return reported != null
                        && reported >= MOVING_METERS_PER_SECOND
                        && reported <= TrackedLocation.MAX_SPEED_METERS_PER_SECOND
                ? reported
                : TYPICAL_METERS_PER_SECOND;
    }
}
