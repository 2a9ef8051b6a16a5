package dev.towline.tracking;

import dev.towline.geo.GeoPoint;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * An accepted fix of a vehicle. Its values are rounded to what is stored ({@link Precision}, milliseconds).
 *
 * @param point the position
 * @param recordedAt the time at which the device recorded it
 * @param receivedAt the time at which the service accepted it
 * @param sequence the number of the change in the session, null for a LATE fix
 * @param headingDegrees degrees clockwise from north, 0 to 360
 * @param accuracyMeters the radius in metres within which the vehicle probably was
 * @param remaining what remained of the way; null for a LATE fix, and for fixes from before it was stored
 */
record TrackedLocation(
        GeoPoint point,
        Instant recordedAt,
        Instant receivedAt,
        @Nullable Integer sequence,
        @Nullable Double speedMetersPerSecond,
        @Nullable Double headingDegrees,
        @Nullable Double accuracyMeters,
        @Nullable Remaining remaining) {

    /** Faster than any car on a public road; the record is 136 m/s. */
    static final double MAX_SPEED_METERS_PER_SECOND = 150;

    static final double MAX_HEADING_DEGREES = 360;

    /** Half the circumference of the Earth, the maximum distance on it. */
    static final double MAX_ACCURACY_METERS = 20_037_508;

    TrackedLocation {
        point = rounded(point);
        recordedAt = recordedAt.truncatedTo(ChronoUnit.MILLIS);
        receivedAt = receivedAt.truncatedTo(ChronoUnit.MILLIS);
        speedMetersPerSecond = rounded(speedMetersPerSecond, Precision.SPEED);
        headingDegrees = rounded(headingDegrees, Precision.HEADING);
        accuracyMeters = rounded(accuracyMeters, Precision.DISTANCE);
    }

    /** A fix as it arrived, without a sequence. Speeds, headings and accuracies that are impossible are left out. */
    static TrackedLocation of(LocationInput fix, Instant receivedAt) {
        return new TrackedLocation(
                new GeoPoint(fix.latitude(), fix.longitude()),
                fix.recordedAt(),
                receivedAt,
                null,
                plausible(fix.speedMetersPerSecond(), MAX_SPEED_METERS_PER_SECOND),
                plausible(fix.headingDegrees(), MAX_HEADING_DEGREES),
                plausible(fix.accuracyMeters(), MAX_ACCURACY_METERS),
                null);
    }

    /** This fix as the change with this number. */
    TrackedLocation withNumber(int itsSequence, Remaining itsRemaining) {
        return new TrackedLocation(
                point,
                recordedAt,
                receivedAt,
                itsSequence,
                speedMetersPerSecond,
                headingDegrees,
                accuracyMeters,
                itsRemaining);
    }

    /** The same position at another time. */
    TrackedLocation at(Instant time) {
        return new TrackedLocation(
                point, time, receivedAt, sequence, speedMetersPerSecond, headingDegrees, accuracyMeters, remaining);
    }

    /** Degrees north. */
    public double latitude() {
        return point.latitude();
    }

    /** Degrees east. */
    public double longitude() {
        return point.longitude();
    }

    static GeoPoint rounded(GeoPoint point) {
        return new GeoPoint(Precision.POSITION.round(point.latitude()), Precision.POSITION.round(point.longitude()));
    }

    private static @Nullable Double rounded(@Nullable Double value, Precision precision) {
        return value == null ? null : (Double) precision.round(value);
    }

    private static @Nullable Double plausible(@Nullable Double value, double max) {
        return value != null && value >= 0 && value <= max ? value : null;
    }
}
