package dev.towline.tracking;

import dev.towline.geo.Meters;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the intake accepts, and what it keeps in the trail.
 *
 * @param maxAhead the maximum time that a device's clock may be ahead of the service's clock
 * @param maxBeforeStart how long before the start of its session a fix may be recorded, because a driver may leave before the dispatcher enters the job
 * @param minDistanceMeters a fix nearer than this to the last fix of the trail is LIVE_ONLY, because a standing vehicle would fill the trail
 * @param minInterval a fix sooner than this after the last fix of the trail is LIVE_ONLY
 * @param maxInterval a fix this long after the last fix of the trail is stored however near it is, so that the trail shows that the vehicle stood
 * @param maxSpeedMetersPerSecond a fix that a vehicle cannot have reached at this speed, 252 km/h, is a jump; clocks and positions of
 *     real devices are so rough that a lower one rejects good fixes
 * @param accuracyMarginMeters the inaccuracy that two fixes together have at least; reported accuracies count up to five times as much.
 *     A receiver that shows an old position for some seconds jumps by more on a fast road, but its next fix confirms that
 * @param status whether the status follows movement
 */
@ConfigurationProperties("towline.intake")
record IntakeSettings(
        @DefaultValue("1m") Duration maxAhead,
        @DefaultValue("15m") Duration maxBeforeStart,
        @DefaultValue("5") double minDistanceMeters,
        @DefaultValue("500ms") Duration minInterval,
        @DefaultValue("1m") Duration maxInterval,
        @DefaultValue("70") double maxSpeedMetersPerSecond,
        @DefaultValue("100") double accuracyMarginMeters,
        @DefaultValue FollowMovement status) {

    private static final double MOST_MARGINS = 5;

    /**
     * Whether and how the status of a session follows the movement of its vehicle.
     *
     * @param followsMovement whether it does; otherwise only {@code updateSessionStatus} changes it
     * @param departureMeters the vehicle is EN_ROUTE when it is this far, beyond the accuracy of the fix, from its first fix that is
     *     at least so accurate
     * @param arrivalRadiusMeters the vehicle has ARRIVED when it stays within this distance of the incident, by fixes that are at least so accurate
     * @param arrivalDwell how long it has to stay there
     */
    record FollowMovement(
            @DefaultValue("false") boolean followsMovement,
            @DefaultValue("100") double departureMeters,
            @DefaultValue("75") double arrivalRadiusMeters,
            @DefaultValue("30s") Duration arrivalDwell) {

        FollowMovement {
            requirePositive("status.departure-meters", departureMeters);
            requirePositive("status.arrival-radius-meters", arrivalRadiusMeters);
            requireNotNegative("status.arrival-dwell", arrivalDwell);
        }
    }

    IntakeSettings {
        requireNotNegative("max-ahead", maxAhead);
        requireNotNegative("max-before-start", maxBeforeStart);
        requireNotNegative("min-distance-meters", minDistanceMeters);
        requireNotNegative("min-interval", minInterval);
        requireNotNegative("max-interval", maxInterval);
        if (maxInterval.compareTo(minInterval) < 0) {
            throw new IllegalArgumentException("towline.intake.max-interval: must not be shorter than min-interval");
        }
        requirePositive("max-speed-meters-per-second", maxSpeedMetersPerSecond);
        requireNotNegative("accuracy-margin-meters", accuracyMarginMeters);
    }

    /** Whether a vehicle cannot have been at both places at these times. */
    boolean isJump(TrackedLocation from, TrackedLocation to) {
        double seconds =
                Math.abs(Duration.between(from.recordedAt(), to.recordedAt()).toMillis() / 1_000.0);
        Meters distance = from.point().distanceTo(to.point());
        return distance.value() - margin(from, to) > maxSpeedMetersPerSecond * seconds;
    }

    /** Whether a fix is too near to the last one of the trail, in time or place, for one of its own. */
    boolean isTooClose(TrackedLocation last, TrackedLocation fix) {
        Duration interval = Duration.between(last.recordedAt(), fix.recordedAt());
        return interval.compareTo(maxInterval) < 0
                && (interval.compareTo(minInterval) < 0
                        || last.point().distanceTo(fix.point()).value() < minDistanceMeters);
    }

    private double margin(TrackedLocation from, TrackedLocation to) {
        double reported = orZero(from.accuracyMeters()) + orZero(to.accuracyMeters());
        return Math.clamp(reported, accuracyMarginMeters, MOST_MARGINS * accuracyMarginMeters);
    }

    private static double orZero(@Nullable Double value) {
        return value == null ? 0 : value;
    }

    private static void requireNotNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException("towline.intake." + name + ": must not be negative");
        }
    }

    private static void requireNotNegative(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("towline.intake." + name + ": must be a number that is not negative");
        }
    }

    private static void requirePositive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("towline.intake." + name + ": must be a number above 0");
        }
    }
}
