package dev.towline.vendor;

import dev.towline.geo.PositionInput;
import dev.towline.problem.BadInput;
import dev.towline.problem.Require;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.ArgumentValue;

/**
 * What a row of a file says of a vendor. A column that is absent, or has only blanks, says nothing. One that is null removes the value, or is
 * rejected, as in {@code updateVendor}.
 */
record VendorCells(Map<VendorColumn, @Nullable String> cells) {

    /** Only what people write, and DynamoDB can store: no {@code NaN}, no hexadecimal digits, no exponent of three digits. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,20}(\\.\\d{0,30})?([eE][+-]?\\d{1,2})?");

    private static final Pattern BETWEEN_CAPABILITIES = Pattern.compile("[|;,\\s]+");

    /** What the categories of common files can do. */
    private static final Map<String, List<Capability>> CATEGORIES = Map.of(
            "towing", List.of(Capability.TOWING),
            "tow_truck", List.of(Capability.TOWING),
            "fuel", List.of(Capability.FUEL_DELIVERY),
            "tyres", List.of(Capability.TIRE_REPAIR),
            "tires", List.of(Capability.TIRE_REPAIR),
            "car_repair", List.of(Capability.ENGINE_REPAIR),
            "mot_garage", List.of(Capability.ENGINE_REPAIR),
            "locksmith", List.of(Capability.LOCKOUT));

    /**
     * The id.
     *
     * @throws BadInput if there is none, or an invalid one
     */
    String id() {
        String id = text(VendorColumn.ID);
        if (id == null) {
            throw new BadInput("input.id", "is required.");
        }
        return Require.newId("input.id", id);
    }

    /**
     * The row as a change of the vendor with this id.
     *
     * @param isNew whether the vendor must be registered; without a name it is called by its category and its id then
     * @throws BadInput if a value cannot be read
     */
    UpdateVendorInput change(String id, boolean isNew) {
        return new UpdateVendorInput(
                id,
                name(id, isNew),
                given(VendorColumn.PHONE, text(VendorColumn.PHONE)),
                capabilities(),
                given(VendorColumn.RATING, number(VendorColumn.RATING)),
                position(),
                given(VendorColumn.SERVICE_RADIUS_MILES, number(VendorColumn.SERVICE_RADIUS_MILES)),
                null);
    }

    private ArgumentValue<String> name(String id, boolean isNew) {
        String name = text(VendorColumn.NAME);
        String category = text(VendorColumn.CATEGORY);
        if (name == null && isNew && category != null) {
            return ArgumentValue.ofNullable(category.replace('_', ' ') + ' ' + id);
        }
        return given(VendorColumn.NAME, name);
    }

    /** The capabilities that are given, else those of the category. A category that nobody knows says nothing. */
    private ArgumentValue<List<Capability>> capabilities() {
        String given = text(VendorColumn.CAPABILITIES);
        if (given != null) {
            return ArgumentValue.ofNullable(Arrays.stream(BETWEEN_CAPABILITIES.split(given))
                    .filter(name -> !name.isEmpty())
                    .map(VendorCells::capability)
                    .toList());
        }
        if (cells.containsKey(VendorColumn.CAPABILITIES)) {
            return given(VendorColumn.CAPABILITIES, null);
        }
        String category = text(VendorColumn.CATEGORY);
        List<Capability> known = category == null ? null : CATEGORIES.get(category.toLowerCase(Locale.ROOT));
        return known == null ? ArgumentValue.omitted() : ArgumentValue.ofNullable(known);
    }

    private static Capability capability(String name) {
        try {
            return Capability.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException unknown) {
            throw new BadInput("input.capabilities", "has the unknown value `" + name + "`.");
        }
    }

    private ArgumentValue<PositionInput> position() {
        Double latitude = number(VendorColumn.LATITUDE);
        Double longitude = number(VendorColumn.LONGITUDE);
        boolean hasNull = isNull(VendorColumn.LATITUDE) || isNull(VendorColumn.LONGITUDE);
        if (latitude == null && longitude == null && !hasNull) {
            return ArgumentValue.omitted();
        }
        if (latitude == null || longitude == null) {
            throw new BadInput("input." + (latitude == null ? "latitude" : "longitude"), "is required.");
        }
        return ArgumentValue.ofNullable(new PositionInput(latitude, longitude));
    }

    private @Nullable Double number(VendorColumn column) {
        String text = text(column);
        if (text == null) {
            return null;
        }
        if (!NUMBER.matcher(text).matches()) {
            throw new BadInput("input." + column.title(), "is not a number.");
        }
        return Double.valueOf(text);
    }

    private <T> ArgumentValue<T> given(VendorColumn column, @Nullable T value) {
        return value == null && !isNull(column) ? ArgumentValue.omitted() : ArgumentValue.ofNullable(value);
    }

    private boolean isNull(VendorColumn column) {
        return cells.containsKey(column) && cells.get(column) == null;
    }

    private @Nullable String text(VendorColumn column) {
        String text = cells.get(column);
        return text == null || text.isBlank() ? null : text.strip();
    }
}
