package dev.towline.tracking;

/**
 * What remains of the way from a fix to the incident, as estimated when the fix arrived. It is stored with the fix, so that a replay tells
 * the same as the first delivery.
 *
 * @param durationSeconds seconds from the time of the fix, not negative
 * @param distanceMeters metres, rounded to 0.1 m
 */
record Remaining(int durationSeconds, double distanceMeters) {

    Remaining {
        distanceMeters = Precision.DISTANCE.round(distanceMeters);
    }
}
