package dev.towline.demo.city;

import dev.towline.geo.GeoPoint;

/**
 * A place on a street.
 *
 * @param metersAlong from the street's first crossing
 */
public record Place(Street street, double metersAlong) {

    Spot spot() {
        return street.at(metersAlong);
    }

    public GeoPoint point() {
        return spot().point();
    }

    /** The same place, looked at the other way. */
    Place reversed() {
        return new Place(street.reversed(), street.meters() - metersAlong);
    }
}
