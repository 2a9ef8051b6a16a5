package dev.towline.geo;

/** Something that is somewhere. */
@FunctionalInterface
public interface Located {

    /** Where it is now. */
    GeoPoint position();
}
