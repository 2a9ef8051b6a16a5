package dev.towline.tracking;

/**
 * The smoothed speed of a vehicle, stops included.
 *
 * @param metersPerSecond metres per second along the straight line between fixes, rounded to 0.0001 m/s
 */
record Pace(double metersPerSecond) {

    Pace {
        metersPerSecond = Precision.PACE.round(metersPerSecond);
    }
}
