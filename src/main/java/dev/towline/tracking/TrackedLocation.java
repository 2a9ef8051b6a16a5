package dev.towline.tracking;

import dev.towline.geo.GeoPoint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An accepted fix of the vehicle.
 *
 * @param point where
 * @param recordedAt when the device took it
 * @param receivedAt when the service accepted it
 * @param sequence its number in the session, null if it came late and never was the current location
 * @param headingDegrees clockwise from north, 0 to 360
 * @param accuracyMeters radius within which the vehicle probably was
 */
record TrackedLocation(
        GeoPoint point,
        Instant recordedAt,
        Instant receivedAt,
        @Nullable Integer sequence,
        @Nullable Double speedMetersPerSecond,
        @Nullable Double headingDegrees,
        @Nullable Double accuracyMeters) {

    /** Faster than any car on a road: the record is 136. */
    static final double MAX_SPEED_METERS_PER_SECOND = 150;

    static final double MAX_HEADING_DEGREES = 360;

    /** Half around the Earth: nothing is farther away. */
    static final double MAX_ACCURACY_METERS = 20_037_508;

    /** Degrees north. */
    public double latitude() {
        return point.latitude();
    }

    /** Degrees east. */
    public double longitude() {
        return point.longitude();
    }
}
