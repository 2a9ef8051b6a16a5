package dev.towline.cache;

import dev.towline.geo.Area;
import dev.towline.geo.GeoPoint;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/**
 * Finds the areas that a position lies in. The globe is divided into cells on several levels, each level twice as fine as the one before;
 * an area lies in the cells, four at most, of the finest level that has any as big as it. Thread-safe.
 *
 * @param <K> what an area belongs to
 */
final class Places<K> {

    /** Cells of some 5 km: smaller areas have no need of smaller cells. */
    private static final int FINEST = 12;

    /** A degree of latitude is never shorter than that. */
    private static final double METERS_PER_DEGREE = 110_000;

    /** Beyond, a cell is too narrow for any area, and one is counted to be around the whole pole. */
    private static final double POLAR_LATITUDE = 85;

    private final ConcurrentMap<Cell, Set<Placed<K>>> cells = new ConcurrentHashMap<>();

    private record Cell(int level, int row, int column) {}

    private record Placed<K>(K key, Area area) {}

    void add(K key, Area area) {
        Placed<K> placed = new Placed<>(key, area);
        for (Cell cell : cover(area)) {
            cells.compute(cell, (_, present) -> {
                Set<Placed<K>> all = present == null ? ConcurrentHashMap.newKeySet() : present;
                all.add(placed);
                return all;
            });
        }
    }

    void remove(K key, Area area) {
        Placed<K> placed = new Placed<>(key, area);
        for (Cell cell : cover(area)) {
            cells.computeIfPresent(cell, (_, all) -> {
                all.remove(placed);
                return all.isEmpty() ? null : all;
            });
        }
    }

    /** Hands over the key of every area that the position lies in. */
    void forEachAround(GeoPoint position, Consumer<K> action) {
        for (int level = 0; level <= FINEST; level++) {
            for (Placed<K> placed :
                    cells.getOrDefault(cellOf(level, position.latitude(), position.longitude()), Set.of())) {
                if (placed.area.contains(position)) {
                    action.accept(placed.key);
                }
            }
        }
    }

    boolean isEmpty() {
        return cells.isEmpty();
    }

    private static Set<Cell> cover(Area area) {
        double latitude = area.center().latitude();
        double longitude = area.center().longitude();
        // some metres more than it contains
        double height = (area.radius().value() + 10) / METERS_PER_DEGREE;
        double farthest = Math.abs(latitude) + height;
        if (farthest > POLAR_LATITUDE) {
            return Set.of(new Cell(0, 0, 0));
        }
        double width = height / Math.cos(Math.toRadians(farthest));
        int level = 0;
        while (level < FINEST && heightOf(level + 1) >= 2 * height && widthOf(level + 1) >= 2 * width) {
            level++;
        }
        Set<Cell> covered = new HashSet<>();
        for (double y : List.of(latitude - height, latitude + height)) {
            for (double x : List.of(longitude - width, longitude + width)) {
                covered.add(cellOf(level, y, x));
            }
        }
        return covered;
    }

    private static Cell cellOf(int level, double latitude, double longitude) {
        int rows = 1 << level;
        int row = (int) Math.floor((latitude + 90) / heightOf(level));
        int column = (int) Math.floor((longitude + 180) / widthOf(level));
        return new Cell(level, Math.clamp(row, 0, rows - 1), Math.floorMod(column, rows));
    }

    private static double heightOf(int level) {
        return 180.0 / (1 << level);
    }

    private static double widthOf(int level) {
        return 360.0 / (1 << level);
    }
}
