package dev.towline.tracking;

import dev.towline.store.GeoPoints;
import dev.towline.store.ItemReader;
import dev.towline.store.ItemWriter;

/** The storage format of a location, both in a session and in its trail. */
final class LocationItems {

    private LocationItems() {}

    static void write(TrackedLocation location, ItemWriter item) {
        item.map("point", location.point(), GeoPoints::write)
                .instant("recordedAt", location.recordedAt())
                .instant("receivedAt", location.receivedAt())
                .integer("sequence", location.sequence())
                .decimal("speedMetersPerSecond", location.speedMetersPerSecond())
                .decimal("headingDegrees", location.headingDegrees())
                .decimal("accuracyMeters", location.accuracyMeters());
    }

    static TrackedLocation read(ItemReader item) {
        return new TrackedLocation(
                item.map("point", GeoPoints::read),
                item.instant("recordedAt"),
                item.instant("receivedAt"),
                item.optionalInteger("sequence"),
                item.optionalDecimal("speedMetersPerSecond"),
                item.optionalDecimal("headingDegrees"),
                item.optionalDecimal("accuracyMeters"));
    }
}
