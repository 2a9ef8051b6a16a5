package dev.towline.cache;

import dev.towline.geo.GeoPoint;
import dev.towline.geo.Located;
import dev.towline.store.Entity;
import dev.towline.store.EntityKey;
import dev.towline.store.EntityRef;
import dev.towline.store.ItemCodec;
import dev.towline.store.ItemReader;
import dev.towline.store.ItemWriter;
import dev.towline.store.Revision;
import dev.towline.store.Table;
import dev.towline.viewer.Tenant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An entity with a position, similar to a vendor. */
public record Truck(
        Key key,
        Revision revision,
        GeoPoint position,
        @Nullable String driver) implements Entity, Located {

    public static final Table<Truck> TABLE = new Table<>("trucks", "truck", false, new Codec(), List.of(), null);

    record Key(Tenant tenant, String id) implements EntityKey {

        @Override
        public String entity() {
            return "truck";
        }
    }

    public static Truck at(GeoPoint position, int version) {
        return of(Thing.ACME, "k1", version, position, "Dora");
    }

    static Truck of(Tenant tenant, String id, int version, GeoPoint position, @Nullable String driver) {
        return new Truck(new Key(tenant, id), new Revision(version, List.of("w" + version)), position, driver);
    }

    public static EntityRef ref(String id) {
        return new Key(Thing.ACME, id).ref();
    }

    // Repeated here because GraphQL only finds methods of the record itself.
    @Override
    public int version() {
        return revision.version();
    }

    public String id() {
        return key.id();
    }

    private static final class Codec implements ItemCodec<Truck> {

        @Override
        public void write(Truck truck, ItemWriter item) {
            item.decimal("latitude", truck.position.latitude())
                    .decimal("longitude", truck.position.longitude())
                    .string("driver", truck.driver);
        }

        @Override
        public Truck read(ItemReader item) {
            return new Truck(
                    new Key(item.tenant(), item.id()),
                    item.revision(),
                    new GeoPoint(item.decimal("latitude"), item.decimal("longitude")),
                    item.optionalString("driver"));
        }
    }
}
