package dev.towline.vendor;

import dev.towline.store.GeoPoints;
import dev.towline.store.ItemCodec;
import dev.towline.store.ItemReader;
import dev.towline.store.ItemWriter;
import dev.towline.vendor.Vendor.Profile;

/** The storage format of a vendor. */
final class VendorItems implements ItemCodec<Vendor> {

    @Override
    public void write(Vendor vendor, ItemWriter item) {
        item.string("name", vendor.name())
                .string("phone", vendor.phone())
                .strings(
                        "capabilities",
                        vendor.capabilities().stream().map(Enum::name).toList())
                .decimal("rating", vendor.rating())
                .decimal("serviceRadiusMiles", vendor.serviceRadiusMiles())
                .constant("declaredAvailability", vendor.declaredAvailability())
                .map("position", vendor.position(), GeoPoints::write)
                .instant("updatedAt", vendor.updatedAt())
                .string("activeSessionId", vendor.activeSessionId());
    }

    @Override
    public Vendor read(ItemReader item) {
        Profile profile = new Profile(
                item.string("name"),
                item.optionalString("phone"),
                item.strings("capabilities").stream().map(Capability::valueOf).toList(),
                item.optionalDecimal("rating"),
                item.decimal("serviceRadiusMiles"));
        return new Vendor(
                new VendorKey(item.tenant(), item.id()),
                item.revision(),
                profile,
                item.constant("declaredAvailability", Availability.class),
                item.map("position", GeoPoints::read),
                item.instant("updatedAt"),
                item.optionalString("activeSessionId"));
    }
}
