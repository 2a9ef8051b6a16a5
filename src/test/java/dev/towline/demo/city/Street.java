package dev.towline.demo.city;

/**
 * A street between two neighbouring crossings, straight, in one of its two directions.
 *
 * @param limitMetersPerSecond how fast one may go
 */
record Street(Crossing from, Crossing to, Axis axis, double limitMetersPerSecond) {

    double meters() {
        return from.spot().metersTo(to.spot());
    }

    /** Degrees clockwise from north, 0 to 360. */
    double headingDegrees() {
        return from.spot().headingTo(to.spot());
    }

    /** The spot after that many metres of it. */
    Spot at(double metersAlong) {
        return from.spot().towards(to.spot(), metersAlong / meters());
    }

    Street reversed() {
        return new Street(to, from, axis, limitMetersPerSecond);
    }

    /** How many metres along it one is nearest to the spot. */
    double nearest(Spot spot) {
        double east = to.spot().east() - from.spot().east();
        double north = to.spot().north() - from.spot().north();
        double along = ((spot.east() - from.spot().east()) * east
                + (spot.north() - from.spot().north()) * north);
        return Math.clamp(along / meters(), 0, meters());
    }
}
