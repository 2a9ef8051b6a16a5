package dev.towline.geo;

/**
 * A WGS84 position.
 *
 * @param latitude degrees north, -90 to 90
 * @param longitude degrees east, -180 to 180
 */
public record GeoPoint(double latitude, double longitude) {

    /** @throws IllegalArgumentException if a coordinate is not finite or out of its range */
    public GeoPoint {
        if (!isLatitude(latitude)) {
            throw new IllegalArgumentException("latitude is -90 to 90 degrees, not " + latitude);
        }
        if (!isLongitude(longitude)) {
            throw new IllegalArgumentException("longitude is -180 to 180 degrees, not " + longitude);
        }
    }

    /** Whether the number is a latitude: finite and within -90 to 90 degrees. */
    public static boolean isLatitude(double degrees) {
        return degrees >= -90 && degrees <= 90;
    }

    /** Whether the number is a longitude: finite and within -180 to 180 degrees. */
    public static boolean isLongitude(double degrees) {
        return degrees >= -180 && degrees <= 180;
    }

    /** This point with its latitude limited to {@code -limit} to {@code limit} degrees. */
    public GeoPoint withinLatitude(double limit) {
        return new GeoPoint(Math.clamp(latitude, -limit, limit), longitude);
    }

    /** The great-circle distance on a sphere (error up to 0.5 % against the ellipsoid). */
    public Meters distanceTo(GeoPoint other) {
        return UnitVector.distance(UnitVector.of(this).squaredChordTo(UnitVector.of(other)));
    }
}
