package dev.towline.requests;

import java.util.Locale;

/** Draws numbers that are right where they stand, now and then the most extreme ones. */
final class Numbers {

    private final Chance chance;

    Numbers(Chance chance) {
        this.chance = chance;
    }

    /** @param name of the argument or input field */
    String integer(String name) {
        return switch (name) {
            case "expectedVersion" -> chance.of("1", "1", "2", "3");
            // after its last change, a stream would wait for the next one
            case "after" -> chance.of("0", "0", "1000000");
            case "minIntervalMs" -> chance.of("0", "1", "100");
            default -> chance.of("1", "2", "3", "100", String.valueOf(1 + chance.below(100)));
        };
    }

    /** @param where the argument or input field */
    String number(String where, String name) {
        if (where.contains(".near.") && chance.percent(75)) {
            return String.valueOf(name.equals("latitude") ? World.LATITUDE : World.LONGITUDE);
        }
        boolean extreme = chance.percent(12);
        return switch (name) {
            case "latitude" -> extreme ? chance.of("-90", "90", "-0.0", "89.9999999999999") : near(World.LATITUDE);
            case "longitude" ->
                extreme ? chance.of("-180", "180", "1e-300", "179.99999999999997") : near(World.LONGITUDE);
            // nearer than any move
            case "minDistanceMeters" -> chance.of("0", "0.5", "1e-300");
            case "rating", "minRating" -> chance.of("0", "5", "4.5", "-0.0", "3", "4.9e-1");
            case "radiusMiles", "serviceRadiusMiles" -> chance.of("1000", "300", "1e2", "0.5", "1e-9", "50.25");
            // what cannot be true is ignored here, so every number will do
            default -> extreme ? chance.of(Oddities.FINITE) : String.valueOf(chance.below(40) + 0.5);
        };
    }

    private String near(double degrees) {
        return String.format(Locale.ROOT, "%.6f", degrees + chance.between(-0.01, 0.01));
    }
}
