package dev.towline.demo.city;

import dev.towline.geo.GeoPoint;

/**
 * A spot on the plane that the city lies on.
 *
 * @param east metres east of the centre
 * @param north metres north of it
 */
record Spot(double east, double north) {

    private static final GeoPoint CENTRE = new GeoPoint(30.2672, -97.7431);

    private static final double METERS_PER_DEGREE_NORTH = CENTRE.distanceTo(
                    new GeoPoint(CENTRE.latitude() + 1, CENTRE.longitude()))
            .value();
    private static final double METERS_PER_DEGREE_EAST =
            METERS_PER_DEGREE_NORTH * Math.cos(Math.toRadians(CENTRE.latitude()));

    /** A tenth of a metre. */
    private static final double DIGITS = 1e6;

    static Spot of(GeoPoint point) {
        return new Spot(
                (point.longitude() - CENTRE.longitude()) * METERS_PER_DEGREE_EAST,
                (point.latitude() - CENTRE.latitude()) * METERS_PER_DEGREE_NORTH);
    }

    GeoPoint point() {
        return new GeoPoint(
                rounded(CENTRE.latitude() + north / METERS_PER_DEGREE_NORTH),
                rounded(CENTRE.longitude() + east / METERS_PER_DEGREE_EAST));
    }

    double metersTo(Spot other) {
        double eastwards = other.east - east;
        double northwards = other.north - north;
        // not Math.hypot, which is exact for lengths that no city has, and took half the time of a day of the fleet
        return Math.sqrt(eastwards * eastwards + northwards * northwards);
    }

    /** The direction from here to there, in degrees clockwise from north, 0 to 360. */
    double headingTo(Spot other) {
        double degrees = Math.toDegrees(Math.atan2(other.east - east, other.north - north));
        return degrees < 0 ? degrees + 360 : degrees;
    }

    /** The spot on the way from here to there after that part of it, 0 to 1. */
    Spot towards(Spot other, double part) {
        return new Spot(east + (other.east - east) * part, north + (other.north - north) * part);
    }

    private static double rounded(double degrees) {
        return Math.round(degrees * DIGITS) / DIGITS;
    }
}
