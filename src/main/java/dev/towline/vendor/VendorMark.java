package dev.towline.vendor;

import dev.towline.geo.GeoPoint;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a vendor that a search needs, as stored in the position index.
 *
 * @param id the id of the vendor
 * @param version the version of the vendor
 */
record VendorMark(
        String id,
        int version,
        GeoPoint position,
        double serviceRadiusMiles,
        Availability availability,
        Set<Capability> capabilities,
        @Nullable Double rating) {

    private static final String SEPARATOR = ";";
    private static final Pattern FIELDS = Pattern.compile(SEPARATOR);
    private static final Pattern NAMES = Pattern.compile(",");

    static VendorMark of(Vendor vendor) {
        EnumSet<Capability> capabilities = EnumSet.noneOf(Capability.class);
        capabilities.addAll(vendor.capabilities());
        return new VendorMark(
                vendor.id(),
                vendor.version(),
                vendor.position(),
                vendor.serviceRadiusMiles(),
                vendor.availability(),
                capabilities,
                vendor.rating());
    }

    /** Encodes everything except the id and the version as a short text. */
    String encode() {
        String names = String.join(",", capabilities.stream().map(Enum::name).toList());
        return String.join(
                SEPARATOR,
                Double.toString(position.latitude()),
                Double.toString(position.longitude()),
                Double.toString(serviceRadiusMiles),
                availability.name(),
                names,
                rating == null ? "" : rating.toString());
    }

    /** Decodes the text from {@link #encode()}. */
    static VendorMark decode(String id, int version, String text) {
        List<String> parts = List.of(FIELDS.split(text, -1));
        EnumSet<Capability> capabilities = EnumSet.noneOf(Capability.class);
        NAMES.splitAsStream(parts.get(4))
                .filter(name -> !name.isEmpty())
                .map(Capability::valueOf)
                .forEach(capabilities::add);
        return new VendorMark(
                id,
                version,
                new GeoPoint(Double.parseDouble(parts.get(0)), Double.parseDouble(parts.get(1))),
                Double.parseDouble(parts.get(2)),
                Availability.valueOf(parts.get(3)),
                capabilities,
                parts.get(5).isEmpty() ? null : Double.valueOf(parts.get(5)));
    }
}
