package dev.towline.geo;

/**
 * What lies around a position.
 *
 * @param center in the middle
 * @param radius how far around it, as the crow flies
 */
public record Area(GeoPoint center, Meters radius) {

    /** Redis rounds positions, which moves them by up to 0.6 m: what lies on the edge is in. */
    private static final double EDGE_METERS = 1;

    /** Whether the position lies within, or on the edge. */
    public boolean contains(GeoPoint position) {
        return center.distanceTo(position).value() <= radius.value() + EDGE_METERS;
    }
}
