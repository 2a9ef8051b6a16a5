package dev.towline.cache;

import dev.towline.geo.Area;
import dev.towline.geo.GeoPoint;
import dev.towline.geo.Meters;
import dev.towline.store.ComputedValue;
import dev.towline.store.EntityRef;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A value computed from trucks, similar to a search for vendors. */
public record Around(List<Truck> trucks, @Nullable Area lookedIn, boolean isUpToDate) implements ComputedValue {

    static final GeoPoint CENTER = new GeoPoint(40.7, -74);
    public static final Area AREA = new Area(CENTER, new Meters(10_000));
    public static final GeoPoint INSIDE = new GeoPoint(40.75, -74);
    static final GeoPoint OUTSIDE = new GeoPoint(40.85, -74);
    public static final GeoPoint FAR_AWAY = new GeoPoint(-33, 151);

    public static Around of(Truck... trucks) {
        return new Around(List.of(trucks), AREA, true);
    }

    @Override
    public Set<EntityRef> madeFrom() {
        return trucks.stream().map(truck -> truck.key().ref()).collect(Collectors.toSet());
    }
}
