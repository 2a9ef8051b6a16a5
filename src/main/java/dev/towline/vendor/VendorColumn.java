package dev.towline.vendor;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A column of a file of vendors, by whatever name the file has for it. */
enum VendorColumn {
    ID("id", "vendorid"),
    NAME("name"),
    PHONE("phone"),
    CAPABILITIES("capabilities"),
    /** What kind of business it is, from which capabilities follow. */
    CATEGORY("category", "kind"),
    RATING("rating"),
    LATITUDE("latitude", "lat"),
    LONGITUDE("longitude", "lon", "lng"),
    SERVICE_RADIUS_MILES("serviceradiusmiles");

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[ _-]");

    private final List<String> names;

    VendorColumn(String... names) {
        this.names = List.of(names);
    }

    /** The column of this name. Case, blanks, {@code _} and {@code -} do not matter. */
    static Optional<VendorColumn> named(String name) {
        String plain = BETWEEN_WORDS.matcher(name.strip()).replaceAll("").toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(column -> column.names.contains(plain))
                .findFirst();
    }

    /** The name in messages. */
    String title() {
        return switch (this) {
            case SERVICE_RADIUS_MILES -> "serviceRadiusMiles";
            default -> names.getFirst();
        };
    }
}
