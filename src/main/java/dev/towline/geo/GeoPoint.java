package dev.towline.geo;

/**
 * A position on the globe, WGS84.
 *
 * @param latitudeDegrees degrees north, -90 to 90
 * @param longitudeDegrees degrees east, -180 to 180
 */
public record GeoPoint(double latitudeDegrees, double longitudeDegrees) {

    /** The mean radius of the Earth that Redis uses too, so that both agree on who is near. */
    private static final double EARTH_RADIUS_METERS = 6_372_797.560856;

    /** @throws IllegalArgumentException if a coordinate is not finite or out of its range */
    public GeoPoint {
        if (!isLatitude(latitudeDegrees)) {
            throw new IllegalArgumentException("latitude is -90 to 90 degrees, not " + latitudeDegrees);
        }
        if (!isLongitude(longitudeDegrees)) {
            throw new IllegalArgumentException("longitude is -180 to 180 degrees, not " + longitudeDegrees);
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

    /**
     * The great-circle distance, by the haversine formula on a sphere (error up to 0.5 % against the ellipsoid).
     *
     * @see <a href="https://en.wikipedia.org/wiki/Haversine_formula">Haversine formula</a>
     */
    public Meters distanceTo(GeoPoint other) {
        double latitude = Math.toRadians(latitudeDegrees);
        double otherLatitude = Math.toRadians(other.latitudeDegrees);
        double sinHalfLatitudes = Math.sin((otherLatitude - latitude) / 2);
        double sinHalfLongitudes = Math.sin(Math.toRadians(other.longitudeDegrees - longitudeDegrees) / 2);
        double haversine = sinHalfLatitudes * sinHalfLatitudes
                + Math.cos(latitude) * Math.cos(otherLatitude) * sinHalfLongitudes * sinHalfLongitudes;
        return new Meters(2 * EARTH_RADIUS_METERS * Math.asin(Math.min(1, Math.sqrt(haversine))));
    }
}
