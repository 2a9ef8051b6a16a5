package dev.towline.vendor;

import dev.towline.geo.GeoPoint;
import dev.towline.geo.Meters;
import dev.towline.geo.UnitVector;
import dev.towline.store.EntityBytes;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A vendor as the position index has it: what a search compares, and the whole vendor in its binary format, which takes a third of the memory
 * of the object. Immutable.
 */
final class IndexedVendor {

    private final String id;
    private final int version;
    private final GeoPoint position;
    private final UnitVector vector;
    private final double serviceRadiusMiles;
    private final double squaredReach;
    private final boolean isAvailable;

    /** One bit for each capability. */
    private final int capabilities;

    /** NaN if it is unrated. */
    private final double rating;

    private final byte[] bytes;

    private IndexedVendor(Vendor vendor, byte[] bytes) {
        this.id = vendor.id();
        this.version = vendor.version();
        this.position = vendor.position();
        this.vector = UnitVector.of(position);
        this.serviceRadiusMiles = vendor.serviceRadiusMiles();
        this.squaredReach = UnitVector.squaredChord(Meters.ofMiles(serviceRadiusMiles));
        this.isAvailable = vendor.availability() == Availability.AVAILABLE;
        this.capabilities = bits(vendor.capabilities());
        this.rating = vendor.rating() == null ? Double.NaN : vendor.rating();
        this.bytes = bytes;
    }

    static IndexedVendor of(Vendor vendor, EntityBytes entities) {
        return new IndexedVendor(vendor, entities.encode(vendor));
    }

    /** Decodes the bytes from {@link #bytes()}; null if this instance does not support their layout. */
    static @Nullable IndexedVendor decode(byte[] bytes, EntityBytes entities) {
        return entities.decode(bytes)
                .map(entity -> new IndexedVendor((Vendor) entity, bytes))
                .orElse(null);
    }

    /** The capabilities as one bit each. */
    static int bits(Collection<Capability> capabilities) {
        int bits = 0;
        for (Capability each : capabilities) {
            bits |= 1 << each.ordinal();
        }
        return bits;
    }

    /** The whole vendor. */
    Vendor vendor(EntityBytes entities) {
        return (Vendor) entities.decode(bytes).orElseThrow();
    }

    String id() {
        return id;
    }

    int version() {
        return version;
    }

    GeoPoint position() {
        return position;
    }

    UnitVector vector() {
        return vector;
    }

    double serviceRadiusMiles() {
        return serviceRadiusMiles;
    }

    /** The squared chord of the service radius, see {@link UnitVector}. */
    double squaredReach() {
        return squaredReach;
    }

    boolean isAvailable() {
        return isAvailable;
    }

    int capabilities() {
        return capabilities;
    }

    /** The rating in stars, NaN if it is unrated. */
    double rating() {
        return rating;
    }

    /** The whole vendor in the format of {@link EntityBytes}. Do not change the array. */
    byte[] bytes() {
        return bytes;
    }
}
