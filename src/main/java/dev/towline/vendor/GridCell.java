package dev.towline.vendor;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The vendors in one cell of a {@link VendorGrid}, in any order. Not thread-safe. */
final class GridCell {

    private @Nullable IndexedVendor[] vendors = new @Nullable IndexedVendor[2];
    private int size;

    void add(IndexedVendor vendor) {
        if (size == vendors.length) {
            vendors = Arrays.copyOf(vendors, size + size / 2 + 1);
        }
        vendors[size++] = vendor;
    }

    /** Removes that very object. Returns whether the cell is empty now. */
    @SuppressWarnings("ReferenceEquality") // the grid knows the object that it has put here
    boolean remove(IndexedVendor vendor) {
        for (int i = 0; i < size; i++) {
            if (vendors[i] == vendor) {
                size--;
                vendors[i] = vendors[size];
                vendors[size] = null;
                break;
            }
        }
        return size == 0;
    }

    void forEach(Consumer<IndexedVendor> action) {
        for (int i = 0; i < size; i++) {
            IndexedVendor vendor = vendors[i];
            if (vendor != null) {
                action.accept(vendor);
            }
        }
    }
}
