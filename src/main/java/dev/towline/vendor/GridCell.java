package dev.towline.vendor;

import dev.towline.geo.Meters;
import dev.towline.geo.UnitVector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Vendors in any order, such as those in one cell of a {@link VendorGrid}. What a search compares stands in arrays, so that it reads memory from
 * front to back, and comes to the vendors only where one is found. Not thread-safe.
 */
final class GridCell {

    private @Nullable IndexedVendor[] vendors = new @Nullable IndexedVendor[2];
    private double[] x = new double[2];
    private double[] y = new double[2];
    private double[] z = new double[2];
    private double[] squaredReach = new double[2];
    private double[] rating = new double[2];
    private int[] abilities = new int[2];
    private int size;

    static GridCell of(List<IndexedVendor> vendors) {
        GridCell cell = new GridCell();
        vendors.forEach(cell::add);
        return cell;
    }

    void add(IndexedVendor vendor) {
        if (size == vendors.length) {
            resize(size + size / 2 + 1);
        }
        UnitVector vector = UnitVector.of(vendor.position());
        vendors[size] = vendor;
        x[size] = vector.x();
        y[size] = vector.y();
        z[size] = vector.z();
        squaredReach[size] = UnitVector.squaredChord(Meters.ofMiles(vendor.serviceRadiusMiles()));
        rating[size] = vendor.rating();
        abilities[size] = vendor.abilities();
        size++;
    }

    /** Removes that very object. Returns whether the cell is empty now. */
    @SuppressWarnings("ReferenceEquality") // the grid knows the object that it has put here
    boolean remove(IndexedVendor vendor) {
        for (int i = 0; i < size; i++) {
            if (vendors[i] == vendor) {
                size--;
                vendors[i] = vendors[size];
                x[i] = x[size];
                y[i] = y[size];
                z[i] = z[size];
                squaredReach[i] = squaredReach[size];
                rating[i] = rating[size];
                abilities[i] = abilities[size];
                vendors[size] = null;
                break;
            }
        }
        return size == 0;
    }

    private void resize(int length) {
        vendors = Arrays.copyOf(vendors, length);
        x = Arrays.copyOf(x, length);
        y = Arrays.copyOf(y, length);
        z = Arrays.copyOf(z, length);
        squaredReach = Arrays.copyOf(squaredReach, length);
        rating = Arrays.copyOf(rating, length);
        abilities = Arrays.copyOf(abilities, length);
    }

    int size() {
        return size;
    }

    /** The vendor at that place, less than {@link #size()}. */
    IndexedVendor vendor(int index) {
        IndexedVendor vendor = vendors[index];
        if (vendor == null) {
            throw new IndexOutOfBoundsException(index);
        }
        return vendor;
    }

    /** The squared chord from the vendor at that place, see {@link UnitVector}. */
    double squaredChord(int index, UnitVector center) {
        double dx = x[index] - center.x();
        double dy = y[index] - center.y();
        double dz = z[index] - center.z();
        return dx * dx + dy * dy + dz * dz;
    }

    /** The squared chord of the service radius of the vendor at that place. */
    double squaredReach(int index) {
        return squaredReach[index];
    }

    /** The rating of the vendor at that place, NaN if it is unrated. */
    double rating(int index) {
        return rating[index];
    }

    /** What the vendor at that place can do, see {@link IndexedVendor#abilities()}. */
    int abilities(int index) {
        return abilities[index];
    }
}
