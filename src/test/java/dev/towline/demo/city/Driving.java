package dev.towline.demo.city;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Drives a route from standing to standing as a careful driver does: never faster than the limit, slower around corners, braking early
 * enough for either and for a red light. The speed that still allows to brake in time is that of Krauß's car-following model.
 *
 * @see <a href="https://sumo.dlr.de/pdf/KraussDiss.pdf">Krauß: Microscopic Modeling of Traffic Flow, 1998</a>
 */
final class Driving {

    static final Duration STEP = Duration.ofMillis(500);

    private static final double STEP_SECONDS = 0.5;
    private static final double FASTER_PER_SECOND = 1.6;
    private static final double SLOWER_PER_SECOND = 2.5;

    /** Beyond the way to brake from the highest limit. */
    private static final double LOOK_AHEAD_METERS = 250;

    private static final double STOP_LINE_METERS = 8;
    private static final double THERE_METERS = 0.5;
    private static final double STANDING_METERS_PER_SECOND = 0.3;

    private static final double BEND_DEGREES = 20;

    /** Where the vehicle is, in metres from the start, and how fast. */
    record Sample(double metersGone, double metersPerSecond) {}

    private final Route route;
    private Instant now;
    private int leg;
    private double metersGone;
    private double metersPerSecond;

    private Driving(Route route, Instant departsAt) {
        this.route = route;
        this.now = departsAt;
    }

    /** A sample for the departure and one after every {@link #STEP}; the last one is the arrival. */
    static List<Sample> samples(Route route, Instant departsAt) {
        Driving driving = new Driving(route, departsAt);
        List<Sample> samples = new ArrayList<>();
        samples.add(new Sample(0, 0));
        while (route.meters() - driving.metersGone > THERE_METERS) {
            samples.add(driving.step());
        }
        samples.add(new Sample(route.meters(), 0));
        return samples;
    }

    private Sample step() {
        double wanted = Math.min(allowed(), metersPerSecond + FASTER_PER_SECOND * STEP_SECONDS);
        metersPerSecond = wanted < STANDING_METERS_PER_SECOND ? 0 : wanted;
        metersGone += metersPerSecond * STEP_SECONDS;
        while (leg < route.legs().size() - 1 && metersGone >= route.end(leg)) {
            leg++;
        }
        now = now.plus(STEP);
        return new Sample(metersGone, metersPerSecond);
    }

    private double allowed() {
        double allowed = Math.min(limit(leg), brakingTo(0, route.meters() - metersGone));
        for (int next = leg; next < route.legs().size() - 1; next++) {
            double ahead = route.end(next) - metersGone;
            if (ahead > LOOK_AHEAD_METERS) {
                return allowed;
            }
            if (hasToStop(route.legs().get(next).street(), ahead)) {
                return Math.min(allowed, brakingTo(0, ahead - STOP_LINE_METERS));
            }
            allowed = Math.min(allowed, brakingTo(Math.min(limit(next + 1), corner(next)), ahead));
        }
        return allowed;
    }

    private double limit(int ofLeg) {
        return route.legs().get(ofLeg).street().limitMetersPerSecond();
    }

    /** How fast one may be at the end of that leg: 5 m/s around a right angle. */
    private double corner(int atEndOfLeg) {
        double turn = route.legs().get(atEndOfLeg).turnTo(route.legs().get(atEndOfLeg + 1));
        return turn < BEND_DEGREES ? Double.MAX_VALUE : Math.max(4, 14 - turn / 10);
    }

    /** Whether the lights are red and there is still room to brake. */
    private boolean hasToStop(Street street, double aheadMeters) {
        double room = aheadMeters - STOP_LINE_METERS;
        double needed = metersPerSecond * metersPerSecond / (2 * SLOWER_PER_SECOND);
        return street.to().isRed(street.axis(), now) && room >= 0 && room + THERE_METERS >= needed;
    }

    /** How fast one may be in this step, to be that slow after so many metres. */
    private static double brakingTo(double metersPerSecond, double aheadMeters) {
        double slower = SLOWER_PER_SECOND * STEP_SECONDS;
        return Math.sqrt(slower * slower
                        + metersPerSecond * metersPerSecond
                        + 2 * SLOWER_PER_SECOND * Math.max(0, aheadMeters))
                - slower;
    }
}
