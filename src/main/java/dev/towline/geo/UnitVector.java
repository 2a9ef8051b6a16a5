package dev.towline.geo;

/**
 * A position as a vector of length 1 from the centre of a sphere. The square of the distance between two ends of vectors, through the sphere,
 * takes three multiplications, and orders positions as their great-circle distance does.
 */
public record UnitVector(double x, double y, double z) {

    /** The radius that Redis uses for GEOSEARCH, so that both compute the same distances. */
    private static final double EARTH_RADIUS_METERS = 6_372_797.560856;

    /** The vector to a position. */
    public static UnitVector of(GeoPoint point) {
        double latitude = Math.toRadians(point.latitude());
        double longitude = Math.toRadians(point.longitude());
        double equatorial = Math.cos(latitude);
        return new UnitVector(equatorial * Math.cos(longitude), equatorial * Math.sin(longitude), Math.sin(latitude));
    }

    /** The angle in radians that a great-circle distance spans. */
    public static double angle(Meters distance) {
        return distance.value() / EARTH_RADIUS_METERS;
    }

    /** The square of the chord of a great-circle distance: 0 to 4. */
    public static double squaredChord(Meters distance) {
        double half = Math.sin(Math.min(Math.PI, angle(distance)) / 2);
        return 4 * half * half;
    }

    /** The square of the chord to another end: 0 to 4, on a sphere of radius 1. */
    public double squaredChordTo(UnitVector other) {
        double dx = x - other.x;
        double dy = y - other.y;
        double dz = z - other.z;
        return dx * dx + dy * dy + dz * dz;
    }

    /** The great-circle distance of two positions with that square of their chord. */
    public static Meters distance(double squaredChord) {
        return new Meters(2 * EARTH_RADIUS_METERS * Math.asin(Math.min(1, Math.sqrt(squaredChord) / 2)));
    }
}
