package dev.towline.demo.city;

import dev.towline.demo.city.Driving.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A vehicle's course along a route: where it is at any time, known from the start. Immutable. */
public final class Drive {

    private final Route route;
    private final Instant departsAt;
    private final List<Sample> samples;

    private Drive(Route route, Instant departsAt, List<Sample> samples) {
        this.route = route;
        this.departsAt = departsAt;
        this.samples = List.copyOf(samples);
    }

    /** The drive that begins then; the lights are those of that time. */
    public static Drive along(Route route, Instant departsAt) {
        return new Drive(route, departsAt, Driving.samples(route, departsAt));
    }

    Route route() {
        return route;
    }

    public Instant departsAt() {
        return departsAt;
    }

    public Instant arrivesAt() {
        return departsAt.plus(Driving.STEP.multipliedBy(samples.size() - 1L));
    }

    /** Where the vehicle is then: at the start until it departs, at the end once it has arrived. */
    public Fix fixAt(Instant time) {
        Sample sample = sampleAt(time);
        int leg = route.legAt(sample.metersGone());
        Street street = route.legs().get(leg).street();
        // between two samples it may still be on the faster street by its speed, and on the slower one by its place
        double speed = Math.min(sample.metersPerSecond(), street.limitMetersPerSecond());
        return new Fix(route.at(sample.metersGone()).point(), time, tenths(speed), tenths(street.headingDegrees()));
    }

    private Sample sampleAt(Instant time) {
        Duration gone = Duration.between(departsAt, time);
        if (gone.isNegative()) {
            return samples.getFirst();
        }
        long step = gone.dividedBy(Driving.STEP);
        if (step >= samples.size() - 1) {
            return samples.getLast();
        }
        double part = (double) gone.minus(Driving.STEP.multipliedBy(step)).toNanos() / Driving.STEP.toNanos();
        Sample before = samples.get((int) step);
        Sample after = samples.get((int) step + 1);
        return new Sample(
                between(before.metersGone(), after.metersGone(), part),
                between(before.metersPerSecond(), after.metersPerSecond(), part));
    }

    private static double between(double one, double other, double part) {
        return one + (other - one) * part;
    }

    private static double tenths(double value) {
        return Math.floor(value * 10) / 10;
    }
}
