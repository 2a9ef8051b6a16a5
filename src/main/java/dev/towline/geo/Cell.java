package dev.towline.geo;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A part of the globe, which is divided on several levels, each twice as fine as the one before: whatever area contains a position, one of
 * the cells that cover the area is around the position.
 *
 * @param level 0 is the whole globe
 */
public record Cell(int level, int row, int column) {

    /** Cells of some 5 km: smaller areas have no need of smaller cells. */
    private static final int FINEST = 12;

    /** A degree of latitude is never shorter than that. */
    private static final double METERS_PER_DEGREE = 110_000;

    /** Beyond, a cell is too narrow for any area, and one is counted to be around the whole pole. */
    private static final double POLAR_LATITUDE = 85;

    /** The cells, four at most, that the area lies in: of the finest level that has any as big as it. */
    public static Set<Cell> cover(Area area) {
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
                covered.add(of(level, y, x));
            }
        }
        return covered;
    }

    /** The cells that the position lies in, one of each level. */
    public static List<Cell> around(GeoPoint position) {
        return IntStream.rangeClosed(0, FINEST)
                .mapToObj(level -> of(level, position.latitude(), position.longitude()))
                .toList();
    }

    /** What instances call it among themselves. */
    public String name() {
        return level + "." + row + "." + column;
    }

    private static Cell of(int level, double latitude, double longitude) {
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
