package dev.towline.geo;

import dev.towline.problem.BadInput;

/**
 * A position as a caller gives it, not checked yet.
 *
 * @param latitude degrees north
 * @param longitude degrees east
 */
public record PositionInput(double latitude, double longitude) {

    /**
     * The position that is meant.
     *
     * @param argument the path of the argument that this input came as
     * @throws BadInput if a coordinate is out of its range
     */
    public GeoPoint toPoint(String argument) {
        if (!GeoPoint.isLatitude(latitude)) {
            throw new BadInput(argument + ".latitude", "A latitude is -90 to 90 degrees.");
        }
        if (!GeoPoint.isLongitude(longitude)) {
            throw new BadInput(argument + ".longitude", "A longitude is -180 to 180 degrees.");
        }
        return new GeoPoint(latitude, longitude);
    }
}
