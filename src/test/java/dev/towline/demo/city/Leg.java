package dev.towline.demo.city;

/**
 * The part of a route that lies on one street, in the direction of the street.
 *
 * @param fromMeters where on the street it begins
 * @param toMeters where on the street it ends
 */
record Leg(Street street, double fromMeters, double toMeters) {

    double meters() {
        return toMeters - fromMeters;
    }

    Spot at(double metersAlong) {
        return street.at(fromMeters + metersAlong);
    }

    /** By how many degrees the next one turns off, 0 to 180. */
    double turnTo(Leg next) {
        double turn = Math.abs(street.headingDegrees() - next.street.headingDegrees());
        return Math.min(turn, 360 - turn);
    }
}
