package dev.towline.tracking;

import dev.towline.geo.GeoPoint;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The straight line to the incident at the smoothed speed of the vehicle, and some time for the end of the way:
 *
 * <pre>{@code seconds = line / max(LOWEST, pace) + min(ARRIVING, line / WALKING)}</pre>
 *
 * <p>The pace is an exponential average over time: a fix {@code dt} after the one before moves it by {@code 1 - exp(-dt / WINDOW)} towards
 * the speed between the two fixes. So stops slow it down, and how often a vehicle reports hardly matters.
 *
 * <p>The constants are round numbers within the range that does about equally well on one half of the recorded drives; the tests judge by
 * the other half. There is no detour in the duration: for cars, a fixed time for the end of the way did better than a detour or both.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Exponential_smoothing#Time_constant">Exponential smoothing with a time constant</a>
 */
@Component
final class SmoothedSpeedEta implements EtaModel {

    private static final Duration WINDOW = Duration.ofMinutes(4);

    /** The pace at the first fix: 50 km/h, the usual limit in towns. */
    private static final double TYPICAL_METERS_PER_SECOND = 14;

    /** The lowest pace to reckon with, since a vehicle that stands will go on: about that of a bus with its stops. */
    private static final double LOWEST_METERS_PER_SECOND = 4;

    /** What a drive takes beyond the line at the pace: close to where they end, drives are much slower than far from there. */
    private static final Duration ARRIVING = Duration.ofMinutes(2);

    /**
     * Near the incident that is less: never more than it takes to walk there.
     *
     * @see <a href="https://en.wikipedia.org/wiki/Preferred_walking_speed">Preferred walking speed</a>
     */
    private static final double WALKING_METERS_PER_SECOND = 1.4;

    /** The way by road is this many times as long as the straight line: the median of the recorded drives, cars and buses alike. */
    private static final double DETOUR = 1.3;

    @Override
    public Estimate estimate(
            @Nullable Pace pace, @Nullable TrackedLocation previous, TrackedLocation fix, GeoPoint destination) {
        double metersPerSecond = pace == null || previous == null
                ? TYPICAL_METERS_PER_SECOND
                : smoothed(pace.metersPerSecond(), previous, fix);
        double lineMeters = fix.point().distanceTo(destination).value();
        double seconds = lineMeters / Math.max(LOWEST_METERS_PER_SECOND, metersPerSecond)
                + Math.min((double) ARRIVING.toSeconds(), lineMeters / WALKING_METERS_PER_SECOND);
        return new Estimate(
                new Pace(metersPerSecond), new Remaining(Math.toIntExact(Math.round(seconds)), DETOUR * lineMeters));
    }

    /** The average after the fix, in m/s. A jump faster than any car, which is a wrong position, counts as no more than the fastest car. */
    private static double smoothed(double pace, TrackedLocation previous, TrackedLocation fix) {
        double seconds =
                Duration.between(previous.recordedAt(), fix.recordedAt()).toMillis() / 1_000.0;
        if (seconds <= 0) {
            return pace;
        }
        double meters = previous.point().distanceTo(fix.point()).value();
        double speed = Math.min(TrackedLocation.MAX_SPEED_METERS_PER_SECOND, meters / seconds);
        double weight = 1 - Math.exp(-seconds / WINDOW.toSeconds());
        return pace + weight * (speed - pace);
    }
}
