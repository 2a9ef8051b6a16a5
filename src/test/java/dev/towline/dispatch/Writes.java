package dev.towline.dispatch;

import dev.towline.geo.GeoPoint;
import dev.towline.incident.Incident;
import dev.towline.incident.IncidentKey;
import dev.towline.incident.IncidentKind;
import dev.towline.incident.IncidentStatus;
import dev.towline.store.Change;
import dev.towline.store.Entity;
import dev.towline.store.Revision;
import dev.towline.vendor.Availability;
import dev.towline.vendor.Vendor;
import dev.towline.vendor.VendorKey;
import dev.towline.viewer.Tenant;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Changes of small entities. */
final class Writes {

    static final Tenant ACME = new Tenant("acme");

    private static final GeoPoint SCENE = new GeoPoint(30, -97);

    private Writes() {}

    static Vendor vendor(Tenant tenant, String id, int version) {
        return new Vendor(
                new VendorKey(tenant, id),
                new Revision(version, List.of("w")),
                new Vendor.Profile("Ace", null, List.of(), null, 10),
                Availability.AVAILABLE,
                SCENE,
                Instant.EPOCH,
                null);
    }

    static Vendor vendor(String id, int version) {
        return vendor(ACME, id, version);
    }

    static Incident incident(String id, int version) {
        return new Incident(
                new IncidentKey(ACME, id),
                new Revision(version, List.of("w")),
                IncidentKind.TIRE,
                IncidentStatus.REPORTED,
                SCENE,
                null,
                "c",
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                null);
    }

    /** One write of all these. */
    static List<Change> write(Entity... values) {
        return Arrays.stream(values).map(value -> new Change(value, null)).toList();
    }
}
