package dev.towline.geo;

import dev.towline.problem.BadInput;

/**
 * A position from a caller, not checked yet.
 *
 * @param latitude degrees north
 * @param longitude degrees east
 */
public record PositionInput(double latitude, double longitude) {

    /**
     * Checks this input.
     *
     * @param argument the path of the argument that has this input
     * @throws BadInput if a coordinate is out of its range
     */
    public GeoPoint toPoint(String argument) {
        if (!GeoPoint.isLatitude(latitude)) {
            throw new BadInput(argument + ".latitude", "must be between -90 and 90 degrees.");
        }
        if (!GeoPoint.isLongitude(longitude)) {
            throw new BadInput(argument + ".longitude", "must be between -180 and 180 degrees.");
        }
        return new GeoPoint(latitude, longitude);
    }
}
