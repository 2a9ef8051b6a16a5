package dev.towline.vendor;

import dev.towline.geo.Area;
import dev.towline.geo.GeoPoint;
import dev.towline.geo.Meters;
import dev.towline.paging.PageInfo;
import dev.towline.paging.PageRequest;
import dev.towline.store.ComputedValue;
import dev.towline.store.EntityBytes;
import dev.towline.store.Revision;
import dev.towline.vendor.Vendor.Profile;
import dev.towline.viewer.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Made-up vendors of one city, numbered from 0, the same each time. */
public final class SampleVendors {

    public static final Tenant TENANT = new Tenant("acme");

    private static final GeoPoint CENTER = new GeoPoint(30.2672, -97.7431);
    private static final Instant UPDATED = Instant.parse("2026-03-21T14:05:09.120Z");
    private static final EntityBytes BYTES = new EntityBytes(List.of(Vendors.TABLE));

    private SampleVendors() {}

    public static VendorKey key(int number) {
        return new VendorKey(TENANT, new UUID(0x8cf6_b6da_d336_46c5L, number).toString());
    }

    /** As it comes out of storage, so that it shares no text with another; written 1 to 8 times. */
    public static Vendor stored(int number) {
        Random random = new Random(number);
        Revision revision = Revision.first();
        for (int writes = random.nextInt(8); writes > 0; writes--) {
            revision = revision.next();
        }
        GeoPoint position = new GeoPoint(
                CENTER.latitude() + random.nextDouble(-0.1, 0.1), CENTER.longitude() + random.nextDouble(-0.1, 0.1));
        Profile profile = new Profile(
                "Rose City Towing " + number,
                "+1 512 555 %04d".formatted(number % 10_000),
                List.of(Capability.TOWING, Capability.WINCHING, Capability.BATTERY_JUMP),
                random.nextInt(51) / 10.0,
                300);
        Vendor made = new Vendor(key(number), revision, profile, Availability.AVAILABLE, position, UPDATED, null);
        return (Vendor) BYTES.decode(BYTES.encode(made)).orElseThrow();
    }

    /** The page of a search that has found these and nothing else. */
    public static ComputedValue page(List<Vendor> found) {
        PageRequest request = new PageRequest("vendors@30.2672,-97.7431", PageRequest.MAX_FIRST, null);
        List<VendorSearchConnection.Edge> edges =
                found.stream().map(vendor -> edge(vendor, request)).toList();
        return new VendorSearchConnection(
                edges,
                new PageInfo(
                        false, false, edges.getFirst().cursor(), edges.getLast().cursor()),
                edges.size(),
                new Area(CENTER, Meters.ofMiles(10)),
                true,
                null);
    }

    private static VendorSearchConnection.Edge edge(Vendor vendor, PageRequest request) {
        double miles = CENTER.distanceTo(vendor.position()).miles();
        return new VendorSearchConnection.Edge(request.cursor(miles + "|" + vendor.id()), miles, vendor);
    }
}
