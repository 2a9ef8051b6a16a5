package dev.towline.store;

import dev.towline.geo.GeoPoint;

/** The storage format of a position: a map of two numbers. */
public final class GeoPoints {

    private GeoPoints() {}

    /** Writes a position; to be passed to {@link ItemWriter#map}. */
    public static void write(GeoPoint point, ItemWriter item) {
        item.decimal("latitude", point.latitude()).decimal("longitude", point.longitude());
    }

    /** Reads a position; to be passed to {@link ItemReader#map}. */
    public static GeoPoint read(ItemReader item) {
        return new GeoPoint(item.decimal("latitude"), item.decimal("longitude"));
    }
}
