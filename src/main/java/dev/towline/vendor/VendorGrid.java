package dev.towline.vendor;

import dev.towline.geo.GeoPoint;
import dev.towline.geo.Meters;
import dev.towline.geo.UnitVector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The vendors of one tenant by position, in the memory of this instance. Thread-safe; a search holds off changes, and a change searches, for
 * as long as it takes, which is microseconds.
 *
 * <p>The globe is divided into rows of 0.1° of latitude, and each row into cells about as wide as high, so that there are fewer to the poles.
 * A search visits the cells that a box around its circle touches. It needs all vendors in the circle, because the number of matches is part
 * of the answer. That is why the plain grid beats trees, which prune (decision 0042).
 */
final class VendorGrid {

    private static final int ROWS = 1_800;
    private static final double ROW_DEGREES = 180.0 / ROWS;

    /** Covers the rounding of angles; about 10 cm on the ground. */
    private static final double SLACK_DEGREES = 1e-6;

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<String, IndexedVendor> byId = new HashMap<>();
    private final @Nullable GridRow[] rows = new @Nullable GridRow[ROWS];

    /** Puts a vendor at its position. Returns false if the grid has this or a newer version of it. */
    boolean put(IndexedVendor vendor) {
        lock.writeLock().lock();
        try {
            IndexedVendor known = byId.get(vendor.id());
            if (known != null && known.version() >= vendor.version()) {
                return false;
            }
            if (known != null) {
                row(known.position()).remove(known);
            }
            byId.put(vendor.id(), vendor);
            row(vendor.position()).add(vendor);
            return true;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Removes a vendor. */
    void remove(String id) {
        lock.writeLock().lock();
        try {
            IndexedVendor known = byId.remove(id);
            if (known != null) {
                row(known.position()).remove(known);
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** The version that the grid has of a vendor, 0 for none. */
    int version(String id) {
        lock.readLock().lock();
        try {
            IndexedVendor known = byId.get(id);
            return known == null ? 0 : known.version();
        } finally {
            lock.readLock().unlock();
        }
    }

    int size() {
        lock.readLock().lock();
        try {
            return byId.size();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** The ids of all vendors except these. */
    List<String> idsWithout(Set<String> others) {
        lock.readLock().lock();
        try {
            return byId.keySet().stream().filter(id -> !others.contains(id)).toList();
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * Calls the action with cells that have all vendors within the radius, and some outside. What it sees is the state of one moment.
     *
     * @param action must not block, change the grid, or keep a cell
     */
    void forEachAround(GeoPoint center, Meters radius, Consumer<GridCell> action) {
        double height = Math.toDegrees(UnitVector.angle(radius)) + SLACK_DEGREES;
        double south = center.latitude() - height;
        double north = center.latitude() + height;
        double halfWidth = south <= -90 || north >= 90 ? 180 : halfWidth(center.latitude(), height);
        lock.readLock().lock();
        try {
            for (int i = rowOf(south); i <= rowOf(north); i++) {
                GridRow row = rows[i];
                if (row != null) {
                    row.forEachBetween(center.longitude() - halfWidth, center.longitude() + halfWidth, action);
                }
            }
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Calls the action with every vendor. */
    void forEach(Consumer<IndexedVendor> action) {
        List<IndexedVendor> all;
        lock.readLock().lock();
        try {
            all = new ArrayList<>(byId.values());
        } finally {
            lock.readLock().unlock();
        }
        all.forEach(action);
    }

    /**
     * The greatest difference of longitude in degrees between the centre of a circle and its edge, which has no pole inside.
     *
     * @see <a href="http://janmatuschek.de/LatitudeLongitudeBoundingCoordinates">Bounding coordinates of a circle on a sphere</a>
     */
    private static double halfWidth(double latitude, double heightDegrees) {
        double ratio = Math.sin(Math.toRadians(heightDegrees)) / Math.cos(Math.toRadians(latitude));
        return ratio >= 1 ? 180 : Math.toDegrees(Math.asin(ratio)) + SLACK_DEGREES;
    }

    private GridRow row(GeoPoint position) {
        int index = rowOf(position.latitude());
        GridRow row = rows[index];
        if (row == null) {
            row = new GridRow(cellsIn(index));
            rows[index] = row;
        }
        return row;
    }

    private static int rowOf(double latitude) {
        return Math.clamp((int) Math.floor((latitude + 90) / ROW_DEGREES), 0, ROWS - 1);
    }

    /** As many cells as rows of that height are long, at the edge that is nearer to the equator. */
    private static int cellsIn(int row) {
        double edge = Math.min(Math.abs(row * ROW_DEGREES - 90), Math.abs((row + 1) * ROW_DEGREES - 90));
        return Math.max(1, (int) Math.round(2 * ROWS * Math.cos(Math.toRadians(edge))));
    }
}
