package dev.towline.vendor;

import dev.towline.geo.GeoPoint;
import dev.towline.store.EntityBytes;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A vendor as the position index has it: what a search compares, and the whole vendor in its binary format, which takes a third of the memory
 * of the object. Immutable.
 */
final class IndexedVendor {

    private static final int AVAILABLE = 1 << 30;

    private final String id;
    private final int version;
    private final double latitude;
    private final double longitude;
    private final double serviceRadiusMiles;

    /** See {@link #abilities()}. */
    private final int abilities;

    /** NaN if it is unrated. */
    private final double rating;

    private final byte[] bytes;

    private IndexedVendor(Vendor vendor, byte[] bytes) {
        this.id = vendor.id();
        this.version = vendor.version();
        this.latitude = vendor.position().latitude();
        this.longitude = vendor.position().longitude();
        this.serviceRadiusMiles = vendor.serviceRadiusMiles();
        this.abilities = abilities(vendor.capabilities(), vendor.availability() == Availability.AVAILABLE);
        this.rating = vendor.rating() == null ? Double.NaN : vendor.rating();
        this.bytes = bytes;
    }

    static IndexedVendor of(Vendor vendor, EntityBytes entities) {
        return new IndexedVendor(vendor, entities.encode(vendor));
    }

    /** Decodes the bytes from {@link #bytes()}; null if this instance does not support their layout or a value in them. */
    static @Nullable IndexedVendor decode(byte[] bytes, EntityBytes entities) {
        try {
            return entities.decode(bytes)
                    .map(entity -> new IndexedVendor((Vendor) entity, bytes))
                    .orElse(null);
        } catch (RuntimeException ofANewerVersion) {
            return null;
        }
    }

    /** One bit for each capability, and one for being available. */
    @SuppressWarnings("EnumOrdinal") // never leaves this process
    static int abilities(Collection<Capability> capabilities, boolean isAvailable) {
        int bits = isAvailable ? AVAILABLE : 0;
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
        return new GeoPoint(latitude, longitude);
    }

    double serviceRadiusMiles() {
        return serviceRadiusMiles;
    }

    /** What the vendor can do, as one bit for each capability, and whether it is available. */
    int abilities() {
        return abilities;
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
