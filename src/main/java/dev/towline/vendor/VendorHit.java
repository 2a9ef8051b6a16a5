package dev.towline.vendor;

import dev.towline.problem.Require;
import java.util.Comparator;

/**
 * A vendor that a search has found, without its place in the index: hits are ordered by distance, then by rating, the best first and unrated
 * vendors last, then by id.
 *
 * @param distanceMiles the great-circle distance
 * @param rating in stars, NaN for an unrated vendor
 */
record VendorHit(double distanceMiles, double rating, String id) implements Comparable<VendorHit> {

    private static final Comparator<VendorHit> NEAREST_FIRST = Comparator.comparingDouble(VendorHit::distanceMiles)
            .thenComparingDouble(VendorHit::descendingRating)
            .thenComparing(VendorHit::id);

    private static final char SEPARATOR = '|';

    @Override
    public int compareTo(VendorHit other) {
        return NEAREST_FIRST.compare(this, other);
    }

    private double descendingRating() {
        return Double.isNaN(rating) ? Double.POSITIVE_INFINITY : -rating;
    }

    /** The hit as the sort key of a cursor. */
    String sort() {
        return Double.toString(distanceMiles) + SEPARATOR + rating + SEPARATOR + id;
    }

    /** Parses the result of {@link #sort()}. */
    static VendorHit ofSort(String sort) {
        int first = sort.indexOf(SEPARATOR);
        int second = sort.indexOf(SEPARATOR, first + 1);
        return new VendorHit(
                Double.parseDouble(sort.substring(0, first)),
                Double.parseDouble(sort.substring(first + 1, second)),
                sort.substring(second + 1));
    }

    /** Whether the text is a result of {@link #sort()}. */
    static boolean isSort(String sort) {
        try {
            VendorHit hit = ofSort(sort);
            // Double.compare orders -0.0 before 0.0 and NaN after all numbers.
            return Double.compare(hit.distanceMiles, 0) >= 0
                    && Double.isFinite(hit.distanceMiles)
                    && !Double.isInfinite(hit.rating)
                    && Require.isNewId(hit.id)
                    && hit.sort().equals(sort);
        } catch (NumberFormatException | IndexOutOfBoundsException other) {
            return false;
        }
    }
}
