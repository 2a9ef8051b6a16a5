package dev.towline.tracking;

import dev.towline.geo.GeoPoint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An accepted fix of a vehicle.
 *
 * @param point the position
 * @param recordedAt the time at which the device recorded it
 * @param receivedAt the time at which the service accepted it
 * @param sequence the number of the change in the session, null for a LATE fix
 * @param headingDegrees degrees clockwise from north, 0 to 360
 * @param accuracyMeters the radius in metres within which the vehicle probably was
 */
record TrackedLocation(
        GeoPoint point,
        Instant recordedAt,
        Instant receivedAt,
        @Nullable Integer sequence,
        @Nullable Double speedMetersPerSecond,
        @Nullable Double headingDegrees,
        @Nullable Double accuracyMeters) {

    /** Faster than any car on a public road; the record is 136 m/s. */
    static final double MAX_SPEED_METERS_PER_SECOND = 150;

    static final double MAX_HEADING_DEGREES = 360;

    /** Half the circumference of the Earth, the maximum distance on it. */
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
