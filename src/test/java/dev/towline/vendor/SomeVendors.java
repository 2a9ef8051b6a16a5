package dev.towline.vendor;

import dev.towline.geo.GeoPoint;
import dev.towline.geo.Meters;
import dev.towline.store.EntityBytes;
import dev.towline.store.Revision;
import dev.towline.vendor.Vendor.Profile;
import dev.towline.viewer.Tenant;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Vendors for tests of the position index. */
final class SomeVendors {

    static final Tenant ACME = new Tenant("acme");
    static final EntityBytes BYTES = new EntityBytes(List.of(Vendors.TABLE));

    private static final double FAR_MILES = 1_000;
    private static final double HAVERSINE_RADIUS_METERS = 6_372_797.560856;

    private SomeVendors() {}

    /** An available vendor without a rating that goes anywhere. */
    static Vendor at(String id, GeoPoint position) {
        return vendor(id, position, new Profile(id, null, List.of(), null, FAR_MILES), Availability.AVAILABLE);
    }

    static Vendor vendor(String id, GeoPoint position, Profile profile, Availability availability) {
        return new Vendor(
                new VendorKey(ACME, id), Revision.first(), profile, availability, position, Instant.EPOCH, null);
    }

    static IndexedVendor indexed(Vendor vendor) {
        return IndexedVendor.of(vendor, BYTES);
    }

    /** A vendor with random properties at that position. */
    static Vendor random(Random random, String id, GeoPoint position) {
        EnumSet<Capability> capabilities = EnumSet.noneOf(Capability.class);
        Arrays.stream(Capability.values()).filter(_ -> random.nextBoolean()).forEach(capabilities::add);
        @Nullable Double rating = random.nextInt(4) == 0 ? null : (double) random.nextInt(6);
        double serviceRadiusMiles = random.nextBoolean() ? FAR_MILES : 1 + random.nextInt(60);
        return vendor(
                id,
                position,
                new Profile(id, null, List.copyOf(capabilities), rating, serviceRadiusMiles),
                List.of(Availability.values()).get(random.nextInt(3)));
    }

    /** A position near another one, or where degrees are special. */
    static GeoPoint position(Random random, GeoPoint near) {
        return switch (random.nextInt(10)) {
            case 0 -> new GeoPoint(random.nextBoolean() ? 90 : -90, random.nextInt(-180, 181));
            case 1 -> new GeoPoint(random.nextDouble(-90, 90), random.nextBoolean() ? 180 : -180);
            case 2 -> new GeoPoint(random.nextDouble(84.9, 90) * (random.nextBoolean() ? 1 : -1), longitude(random));
            case 3 -> new GeoPoint(random.nextDouble(-90, 90), longitude(random));
            default ->
                new GeoPoint(
                        Math.clamp(near.latitude() + random.nextGaussian(), -90, 90),
                        wrapped(near.longitude() + 2 * random.nextGaussian()));
        };
    }

    private static double longitude(Random random) {
        return random.nextDouble(-180, 180);
    }

    private static double wrapped(double longitude) {
        return longitude > 180 ? longitude - 360 : longitude < -180 ? longitude + 360 : longitude;
    }

    /** The great-circle distance by the haversine formula, which the index does not use. */
    static Meters haversine(GeoPoint one, GeoPoint other) {
        double from = Math.toRadians(one.latitude());
        double to = Math.toRadians(other.latitude());
        double sinHalfLatitudes = Math.sin((to - from) / 2);
        double sinHalfLongitudes = Math.sin(Math.toRadians(other.longitude() - one.longitude()) / 2);
        double haversine = sinHalfLatitudes * sinHalfLatitudes
                + Math.cos(from) * Math.cos(to) * sinHalfLongitudes * sinHalfLongitudes;
        return new Meters(2 * HAVERSINE_RADIUS_METERS * Math.asin(Math.min(1, Math.sqrt(haversine))));
    }
}
