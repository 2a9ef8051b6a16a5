package dev.towline.geo;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A cell of a grid of latitude and longitude. There are 13 grids, each twice as fine as the one before. If an area contains a position,
 * then {@link #cover} of the area and {@link #containing} of the position have a cell in common (decision 0008).
 *
 * @param level the grid: 0 is one cell for the whole globe, each further level has twice as many rows and columns
 */
public record Cell(int level, int row, int column) {

    /** The level with cells of about 5 km; smaller areas do not need finer cells. */
    private static final int FINEST = 12;

    /** A lower bound of the length of a degree of latitude. */
    private static final double METERS_PER_DEGREE = 110_000;

    /** Beyond this latitude cells are too narrow, and an area is covered by the cell of the whole globe. */
    private static final double POLAR_LATITUDE = 85;

    /** The one to four cells that cover the area, on the finest level whose cells are at least as big as the area. */
    public static Set<Cell> cover(Area area) {
        double latitude = area.center().latitude();
        double longitude = area.center().longitude();
        // more than the tolerance at the edge of an area
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

    /** The cells that contain the position, one per level. */
    public static List<Cell> containing(GeoPoint position) {
        return IntStream.rangeClosed(0, FINEST)
                .mapToObj(level -> of(level, position.latitude(), position.longitude()))
                .toList();
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
