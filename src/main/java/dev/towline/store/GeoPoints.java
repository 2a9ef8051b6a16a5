package dev.towline.store;

import dev.towline.geo.GeoPoint;

/** How a position is stored: a map of two numbers. */
public final class GeoPoints {

    private GeoPoints() {}

    /** Writes the position; for {@link ItemWriter#map}. */
    public static void write(GeoPoint point, ItemWriter item) {
        item.decimal("latitude", point.latitude()).decimal("longitude", point.longitude());
    }

    /** Reads it again; for {@link ItemReader#map}. */
    public static GeoPoint read(ItemReader item) {
        return new GeoPoint(item.decimal("latitude"), item.decimal("longitude"));
    }
}
