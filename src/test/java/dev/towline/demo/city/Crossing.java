package dev.towline.demo.city;

import java.time.Instant;

/**
 * Where streets meet.
 *
 * @param index its number in the city, from 0
 * @param signalled whether there are traffic lights
 */
record Crossing(int index, Spot spot, boolean signalled) {

    private static final int CYCLE_SECONDS = 60;
    private static final int GREEN_SECONDS = 27;

    /** Neighbours do not turn green together. */
    private static final int SHIFT_SECONDS = 17;

    /** Whether who comes along that axis has to stop. For three seconds in between everybody has to. */
    boolean isRed(Axis axis, Instant time) {
        if (!signalled) {
            return false;
        }
        long shifted = time.getEpochSecond() + (long) index * SHIFT_SECONDS;
        int turn = axis == Axis.NORTH_SOUTH ? 0 : CYCLE_SECONDS / 2;
        return Math.floorMod(shifted + turn, CYCLE_SECONDS) >= GREEN_SECONDS;
    }
}
