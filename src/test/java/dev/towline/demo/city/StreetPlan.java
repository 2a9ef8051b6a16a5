package dev.towline.demo.city;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Lays the streets out: a grid of blocks, every fourth line an arterial with traffic lights where two of them meet, a freeway, and a river
 * that only those cross. Some local streets are missing, as they are where a park or a school lies; every arterial is there, and every
 * street that runs north leads to one, so that all is connected.
 */
final class StreetPlan {

    private static final int WEST = -24;
    private static final int EAST = 24;
    private static final int SOUTH = -28;
    private static final int NORTH = 32;
    private static final int ROWS = NORTH - SOUTH + 1;

    private static final double BLOCK_METERS = 200;
    private static final double TURNED_RADIANS = Math.toRadians(18);
    private static final double CROOKED_METERS = 18;

    private static final int LINES_PER_ARTERIAL = 4;
    private static final int FREEWAY_COLUMN = 5;

    private static final double LOCAL_LIMIT = metersPerSecond(30);
    private static final double ARTERIAL_LIMIT = metersPerSecond(40);
    private static final double FREEWAY_LIMIT = metersPerSecond(65);

    private static final double MISSING = 0.15;

    private final List<Crossing> crossings = new ArrayList<>();
    private final List<Street> streets = new ArrayList<>();

    StreetPlan() {
        for (int column = WEST; column <= EAST; column++) {
            for (int row = SOUTH; row <= NORTH; row++) {
                boolean signalled = isArterial(column) && isArterial(row);
                crossings.add(new Crossing(crossings.size(), spot(column, row), signalled));
            }
        }
        for (int column = WEST; column <= EAST; column++) {
            for (int row = SOUTH; row <= NORTH; row++) {
                layNorth(column, row);
                layEast(column, row);
            }
        }
    }

    /** In the order of their index. */
    List<Crossing> crossings() {
        return crossings;
    }

    /** Each in one of its directions. */
    List<Street> streets() {
        return streets;
    }

    /** The middle of the river from west to east, and as far again beyond the city on each side. */
    List<Spot> river() {
        return IntStream.rangeClosed(2 * WEST, 2 * EAST)
                .mapToObj(column -> {
                    int row = lastRowSouthOfRiver(column);
                    return spot(column, row).towards(spot(column, row + 1), 0.5);
                })
                .toList();
    }

    private void layNorth(int column, int row) {
        boolean bridge = isArterial(column) || column == FREEWAY_COLUMN;
        if (row < NORTH && (bridge || isSouth(column, row) == isSouth(column, row + 1))) {
            double limit = column == FREEWAY_COLUMN ? FREEWAY_LIMIT : limit(column);
            streets.add(new Street(crossing(column, row), crossing(column, row + 1), Axis.NORTH_SOUTH, limit));
        }
    }

    private void layEast(int column, int row) {
        boolean dry = isSouth(column, row) == isSouth(column + 1, row);
        if (column < EAST && (isArterial(row) || (dry && noise(column, row, 0) >= MISSING))) {
            streets.add(new Street(crossing(column, row), crossing(column + 1, row), Axis.EAST_WEST, limit(row)));
        }
    }

    private Crossing crossing(int column, int row) {
        return crossings.get((column - WEST) * ROWS + row - SOUTH);
    }

    private static Spot spot(int column, int row) {
        double along = column * BLOCK_METERS + CROOKED_METERS * (2 * noise(column, row, 1) - 1);
        double up = row * BLOCK_METERS + CROOKED_METERS * (2 * noise(column, row, 2) - 1);
        return new Spot(
                along * Math.cos(TURNED_RADIANS) + up * Math.sin(TURNED_RADIANS),
                up * Math.cos(TURNED_RADIANS) - along * Math.sin(TURNED_RADIANS));
    }

    private static boolean isArterial(int line) {
        return line % LINES_PER_ARTERIAL == 0;
    }

    private static double limit(int line) {
        return isArterial(line) ? ARTERIAL_LIMIT : LOCAL_LIMIT;
    }

    /** Of the river. */
    private static boolean isSouth(int column, int row) {
        return row <= lastRowSouthOfRiver(column);
    }

    /** It winds a little. */
    private static int lastRowSouthOfRiver(int column) {
        return -4 + Math.toIntExact(Math.round(1.5 * Math.sin(column / 7.0)));
    }

    private static double noise(int column, int row, int what) {
        return new SplittableRandom((column * 1_000L + row) * 10 + what).nextDouble();
    }

    private static double metersPerSecond(double milesPerHour) {
        return milesPerHour * 0.44704;
    }
}
