package dev.towline.geo;

/**
 * A distance.
 *
 * @param value metres, not negative, finite
 */
public record Meters(double value) implements Comparable<Meters> {

    /** Metres in one international mile. */
    public static final double PER_MILE = 1609.344;

    public Meters {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("a distance must be finite and not negative, not " + value);
        }
    }

    /** The distance of that many international miles. */
    public static Meters ofMiles(double miles) {
        return new Meters(miles * PER_MILE);
    }

    /** This distance in international miles. */
    public double miles() {
        return value / PER_MILE;
    }

    @Override
    public int compareTo(Meters other) {
        return Double.compare(value, other.value);
    }
}
