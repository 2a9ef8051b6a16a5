package dev.towline.vendor;

import dev.towline.geo.GeoPoint;
import dev.towline.geo.Meters;
import dev.towline.geo.UnitVector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the vendors around a position, counts those that a search is for, and keeps the nearest ones behind a cursor. Not thread-safe.
 *
 * <p>It compares squared chords, and computes distances only of the vendors that may be on the page, or so near to an edge that rounding could
 * decide.
 */
final class NearestVendors implements Consumer<GridCell> {

    /** Squared chords that differ by less than this share of their value are compared as distances in miles. */
    private static final double ROUNDING = 1e-9;

    private final UnitVector center;
    private final double radiusMiles;
    private final double squaredRadius;
    private final double roughRadius;
    private final int requiredAbilities;
    private final VendorFilter filter;
    private final @Nullable VendorHit after;
    private final int limit;

    /** The nearest ones so far, the farthest of them first. */
    private final PriorityQueue<Found> nearest = new PriorityQueue<>(Collections.reverseOrder());

    private double squaredFarthest = Double.POSITIVE_INFINITY;
    private int count;

    /** A hit and its vendor in the index. */
    record Found(VendorHit hit, IndexedVendor vendor, double squaredChord) implements Comparable<Found> {

        @Override
        public int compareTo(Found other) {
            return hit.compareTo(other.hit);
        }
    }

    /**
     * A search.
     *
     * @param after the exclusive lower bound of the hits to keep, null for none
     * @param limit how many hits to keep, at least 1
     */
    NearestVendors(GeoPoint center, Meters radius, VendorFilter filter, @Nullable VendorHit after, int limit) {
        this.center = UnitVector.of(center);
        this.radiusMiles = radius.miles();
        this.squaredRadius = UnitVector.squaredChord(radius);
        this.roughRadius = squaredRadius * (1 + ROUNDING);
        this.requiredAbilities = filter.requiredAbilities();
        this.filter = filter;
        this.after = after;
        this.limit = limit;
    }

    @Override
    public void accept(GridCell cell) {
        for (int i = 0; i < cell.size(); i++) {
            double squared = cell.squaredChord(i, center);
            if (squared <= roughRadius
                    && squared <= cell.squaredReach(i) * (1 + ROUNDING)
                    && (cell.abilities(i) & requiredAbilities) == requiredAbilities
                    && filter.allowsRating(cell.rating(i))
                    && isWithin(squared, squaredRadius, radiusMiles)
                    && isWithinReach(squared, cell, i)) {
                count++;
                if (squared <= squaredFarthest * (1 + ROUNDING)) {
                    IndexedVendor vendor = cell.vendor(i);
                    keep(new Found(new VendorHit(miles(squared), vendor.rating(), vendor.id()), vendor, squared));
                }
            }
        }
    }

    /** How many vendors match, kept or not. */
    int count() {
        return count;
    }

    /** The kept hits, nearest first. */
    List<Found> nearest() {
        List<Found> all = new ArrayList<>(nearest);
        Collections.sort(all);
        return all;
    }

    private void keep(Found found) {
        if (after != null && found.hit.compareTo(after) <= 0) {
            return;
        }
        nearest.add(found);
        if (nearest.size() > limit) {
            nearest.poll();
        }
        if (nearest.size() == limit) {
            squaredFarthest = nearest.element().squaredChord;
        }
    }

    private static boolean isWithinReach(double squared, GridCell cell, int index) {
        return squared <= cell.squaredReach(index) * (1 - ROUNDING)
                || miles(squared) <= cell.vendor(index).serviceRadiusMiles();
    }

    private static boolean isWithin(double squared, double squaredLimit, double limitMiles) {
        return squared <= squaredLimit * (1 - ROUNDING) || miles(squared) <= limitMiles;
    }

    private static double miles(double squared) {
        return UnitVector.distance(squared).miles();
    }
}
