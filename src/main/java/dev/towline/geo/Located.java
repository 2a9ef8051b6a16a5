package dev.towline.geo;

/** A thing with a position. */
@FunctionalInterface
public interface Located {

    /** The current position. */
    GeoPoint position();
}
