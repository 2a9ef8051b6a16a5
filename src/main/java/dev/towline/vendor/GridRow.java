package dev.towline.vendor;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The occupied cells of one row of a {@link VendorGrid}, from west to east. Not thread-safe. */
final class GridRow {

    /** The number of cells around the globe, of which most are empty. */
    private final int cellCount;

    /** The occupied cells in ascending order, and beside them their vendors. */
    private int[] columns = new int[4];

    private @Nullable GridCell[] cells = new @Nullable GridCell[4];
    private int size;

    GridRow(int cellCount) {
        this.cellCount = cellCount;
    }

    void add(IndexedVendor vendor) {
        int column = columnOf(vendor.position().longitude());
        int index = Arrays.binarySearch(columns, 0, size, column);
        if (index < 0) {
            index = -index - 1;
            insert(index, column);
        }
        cell(index).add(vendor);
    }

    void remove(IndexedVendor vendor) {
        int index =
                Arrays.binarySearch(columns, 0, size, columnOf(vendor.position().longitude()));
        if (index >= 0 && cell(index).remove(vendor)) {
            size--;
            System.arraycopy(columns, index + 1, columns, index, size - index);
            System.arraycopy(cells, index + 1, cells, index, size - index);
            cells[size] = null;
        }
    }

    /**
     * Calls the action with all occupied cells that touch these longitudes.
     *
     * @param west in degrees; may be below -180, and then the range crosses the antimeridian
     * @param east in degrees; may be above 180
     */
    void forEachBetween(double west, double east, Consumer<GridCell> action) {
        int first = (int) Math.floor((west + 180) / 360 * cellCount);
        int last = (int) Math.floor((east + 180) / 360 * cellCount);
        if (last - first + 1 >= cellCount) {
            forEachIn(0, cellCount - 1, action);
        } else if (first < 0) {
            forEachIn(first + cellCount, cellCount - 1, action);
            forEachIn(0, last, action);
        } else if (last >= cellCount) {
            forEachIn(first, cellCount - 1, action);
            forEachIn(0, last - cellCount, action);
        } else {
            forEachIn(first, last, action);
        }
    }

    private void forEachIn(int first, int last, Consumer<GridCell> action) {
        int index = Arrays.binarySearch(columns, 0, size, first);
        for (int i = index < 0 ? -index - 1 : index; i < size && columns[i] <= last; i++) {
            action.accept(cell(i));
        }
    }

    private GridCell cell(int index) {
        return Objects.requireNonNull(cells[index]);
    }

    private void insert(int index, int column) {
        if (size == columns.length) {
            columns = Arrays.copyOf(columns, 2 * size);
            cells = Arrays.copyOf(cells, 2 * size);
        }
        System.arraycopy(columns, index, columns, index + 1, size - index);
        System.arraycopy(cells, index, cells, index + 1, size - index);
        columns[index] = column;
        cells[index] = new GridCell();
        size++;
    }

    /** A longitude of 180 degrees is the meridian of -180. */
    private int columnOf(double longitude) {
        return Math.floorMod((int) Math.floor((longitude + 180) / 360 * cellCount), cellCount);
    }
}
