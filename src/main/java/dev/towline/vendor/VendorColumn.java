package dev.towline.vendor;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A column of a file of vendors, by whatever name the file has for it. */
enum VendorColumn {
    ID("id"),
    NAME("name"),
    PHONE("phone"),
    CAPABILITIES("capabilities"),
    /** What kind of business it is, from which capabilities follow. */
    CATEGORY("category"),
    RATING("rating"),
    LATITUDE("latitude"),
    LONGITUDE("longitude"),
    SERVICE_RADIUS_MILES("serviceRadiusMiles");

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[ _-]");

    private static final Map<String, VendorColumn> BY_NAME = Map.ofEntries(
            Map.entry("id", ID),
            Map.entry("vendorid", ID),
            Map.entry("name", NAME),
            Map.entry("phone", PHONE),
            Map.entry("capabilities", CAPABILITIES),
            Map.entry("category", CATEGORY),
            Map.entry("kind", CATEGORY),
            Map.entry("rating", RATING),
            Map.entry("latitude", LATITUDE),
            Map.entry("lat", LATITUDE),
            Map.entry("longitude", LONGITUDE),
            Map.entry("lon", LONGITUDE),
            Map.entry("lng", LONGITUDE),
            Map.entry("serviceradiusmiles", SERVICE_RADIUS_MILES));

    private final String title;

    VendorColumn(String title) {
        this.title = title;
    }

    /** The column of this name. Case, blanks, {@code _} and {@code -} do not matter. */
    static Optional<VendorColumn> named(String name) {
        String plain = BETWEEN_WORDS.matcher(name.strip()).replaceAll("").toLowerCase(Locale.ROOT);
        return Optional.ofNullable(BY_NAME.get(plain));
    }

    /** The name in messages. */
    String title() {
        return title;
    }
}
