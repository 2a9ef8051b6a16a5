package dev.towline.geo;

/** A circle on the globe. */
public record Area(GeoPoint center, Meters radius) {

    /** Redis rounds positions by up to 0.6 m, so positions on the edge count as inside. */
    private static final double EDGE_METERS = 1;

    /** Whether the position lies inside or on the edge. */
    public boolean contains(GeoPoint position) {
        return center.distanceTo(position).value() <= radius.value() + EDGE_METERS;
    }
}
