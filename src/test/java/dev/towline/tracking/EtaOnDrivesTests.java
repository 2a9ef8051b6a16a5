package dev.towline.tracking;

import static dev.towline.tracking.Drives.SCENE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.geo.GeoPoint;
import dev.towline.local.Inconclusive;
import dev.towline.local.RecordedTraces;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * How far the estimated arrivals are from the actual ones. The yardstick is what was answered before there was a model: the straight line
 * at the current speed. Whoever changes the model may tune it on the other half of the drives, but not on what is judged here.
 */
class EtaOnDrivesTests {

    /** Of the yardstick's error. */
    private static final double AT_MOST = 0.8;

    /** Both are judged this often. The model gets every fix. */
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    /** So close to the arrival an estimate is of no use. */
    private static final Duration LAST = Duration.ofSeconds(60);

    private final EtaModel model = new SmoothedSpeedEta();

    /**
     * The errors of both estimates at one fix.
     *
     * @param model seconds
     * @param yardstick seconds
     * @param weight of the sample; each drive has 1 in all
     */
    record Sample(double model, double yardstick, double weight) {}

    /**
     * The errors of both estimates over many samples.
     *
     * @param median how large the model's is in relation to the yardstick's
     * @param p90 likewise
     */
    record Comparison(String drives, double median, double p90, String table) {

        static Comparison of(String drives, List<Sample> samples, ToDoubleFunction<Sample> weight) {
            double modelMedian = quantile(samples, Sample::model, weight, 0.5);
            double modelP90 = quantile(samples, Sample::model, weight, 0.9);
            double median = quantile(samples, Sample::yardstick, weight, 0.5);
            double p90 = quantile(samples, Sample::yardstick, weight, 0.9);
            return new Comparison(
                    drives,
                    modelMedian / median,
                    modelP90 / p90,
                    "%-42s %7d samples: median %4.0f s of %4.0f s (%.2f), p90 %5.0f s of %5.0f s (%.2f)"
                            .formatted(
                                    drives,
                                    samples.size(),
                                    modelMedian,
                                    median,
                                    modelMedian / median,
                                    modelP90,
                                    p90,
                                    modelP90 / p90));
        }

        /** The smallest value up to which there is at least this share of the weight. */
        private static double quantile(
                List<Sample> samples, ToDoubleFunction<Sample> value, ToDoubleFunction<Sample> weight, double share) {
            double total = samples.stream().mapToDouble(weight).sum();
            double sum = 0;
            List<Sample> sorted =
                    samples.stream().sorted(Comparator.comparingDouble(value)).toList();
            for (Sample sample : sorted) {
                sum += weight.applyAsDouble(sample);
                if (sum >= share * total) {
                    return value.applyAsDouble(sample);
                }
            }
            return value.applyAsDouble(sorted.getLast());
        }

        void assertBetter() {
            assertThat(median).as("median of %s", drives).isLessThanOrEqualTo(AT_MOST);
            assertThat(p90).as("p90 of %s", drives).isLessThanOrEqualTo(AT_MOST);
        }

        @Override
        public String toString() {
            return table;
        }
    }

    /** Cars count once more on their own: there are over 40 times as many drives of buses. */
    @Test
    void isMuchNearerToTheArrivalOfRecordedDrives() throws IOException {
        Optional<Path> folder = RecordedTraces.folder();
        if (folder.isEmpty()) {
            Inconclusive.because("no recorded traces (TOWLINE_TRACES, ../shared/data): generated drives only");
            return;
        }
        List<RecordedDrive> drives = RecordedDrive.heldOut(folder.get());
        Comparison all = compare("all, each drive the same", drives.stream());
        Comparison cars = compare("cars, each drive the same", drives.stream().filter(drive -> !drive.isBus()));
        System.out.printf("error of the estimated arrival, of that at the current speed:%n%s%n%s%n", all, cars);
        drives.stream()
                .collect(Collectors.groupingBy(RecordedDrive::file, TreeMap::new, Collectors.toList()))
                .forEach((file, its) -> System.out.println(Comparison.of(
                        file + ", each sample the same", samples(its.stream().map(RecordedDrive::fixes)), _ -> 1)));

        all.assertBetter();
        cars.assertBetter();
    }

    @Test
    void isMuchNearerToTheArrivalOfGeneratedDrives() {
        var random = new Random(13);
        List<List<TrackedLocation>> drives =
                IntStream.range(0, 50).mapToObj(_ -> generated(random)).toList();
        Comparison generated =
                Comparison.of("generated, each drive the same", samples(drives.stream()), Sample::weight);
        System.out.println(generated);
        generated.assertBetter();
    }

    /** Recorded in Rabat: the latitude is 0 for a fix. */
    @Test
    void survivesAPositionThatIsFarOff() {
        List<TrackedLocation> fixes = Stream.of(0, 1, 2)
                .map(second -> at(second, 0.1, null))
                .collect(Collectors.toCollection(ArrayList::new));
        fixes.set(1, location(1, new GeoPoint(0, SCENE.longitude()), null));
        List<Remaining> remaining = remaining(fixes, SCENE);
        assertThat(remaining.getLast().distanceMeters())
                .isEqualTo(remaining.getFirst().distanceMeters());
        assertThat(remaining.getLast().durationSeconds())
                .isBetween(
                        remaining.getFirst().durationSeconds() * 9 / 10,
                        remaining.getFirst().durationSeconds());
    }

    @Test
    void aVehicleThatStandsStillHasAnArrival() {
        List<TrackedLocation> fixes = IntStream.range(0, 3_600)
                .mapToObj(second -> at(second, 0.1, 0.0))
                .toList();
        List<Integer> seconds =
                remaining(fixes, SCENE).stream().map(Remaining::durationSeconds).toList();
        assertThat(seconds).isSorted();
        // 11,122.6 m at 14 and at 4 m/s, and two minutes
        assertThat(seconds.getFirst()).isEqualTo(794 + 120);
        assertThat(seconds.getLast()).isEqualTo(2_781 + 120);
    }

    @Test
    void nothingRemainsAtTheIncident() {
        assertThat(remaining(List.of(at(0, 0, 0.0)), SCENE)).containsExactly(new Remaining(0, 0));
    }

    private Comparison compare(String name, Stream<RecordedDrive> drives) {
        return Comparison.of(name, samples(drives.map(RecordedDrive::fixes)), Sample::weight);
    }

    private List<Sample> samples(Stream<List<TrackedLocation>> drives) {
        return drives.flatMap(this::samples).toList();
    }

    private Stream<Sample> samples(List<TrackedLocation> fixes) {
        TrackedLocation arrival = fixes.getLast();
        List<Remaining> remaining = remaining(fixes, arrival.point());
        List<Sample> samples = new ArrayList<>();
        @Nullable TrackedLocation judged = null;
        for (int i = 0; i < fixes.size(); i++) {
            TrackedLocation fix = fixes.get(i);
            Duration actual = Duration.between(fix.recordedAt(), arrival.recordedAt());
            if (actual.compareTo(LAST) >= 0
                    && (judged == null
                            || Duration.between(judged.recordedAt(), fix.recordedAt())
                                            .compareTo(INTERVAL)
                                    >= 0)) {
                judged = fix;
                double actualSeconds = actual.toMillis() / 1_000.0;
                double atCurrentSpeed = fix.point().distanceTo(arrival.point()).value()
                        / currentSpeed(i == 0 ? null : fixes.get(i - 1), fix);
                samples.add(new Sample(
                        Math.abs(remaining.get(i).durationSeconds() - actualSeconds),
                        Math.abs(atCurrentSpeed - actualSeconds),
                        1));
            }
        }
        double weight = 1.0 / samples.size();
        return samples.stream().map(sample -> new Sample(sample.model, sample.yardstick, weight));
    }

    private List<Remaining> remaining(List<TrackedLocation> fixes, GeoPoint destination) {
        List<Remaining> remaining = new ArrayList<>();
        @Nullable Pace pace = null;
        @Nullable TrackedLocation previous = null;
        for (TrackedLocation fix : fixes) {
            EtaModel.Estimate estimate = model.estimate(pace, previous, fix, destination);
            remaining.add(estimate.remaining());
            pace = estimate.pace();
            previous = fix;
        }
        return remaining;
    }

    /** The reported speed or else that since the fix before, in m/s; 10 if there is neither, or if it is below 1.5 or impossible. */
    private static double currentSpeed(@Nullable TrackedLocation previous, TrackedLocation fix) {
        @Nullable Double speed = fix.speedMetersPerSecond();
        if (speed == null && previous != null) {
            double seconds =
                    Duration.between(previous.recordedAt(), fix.recordedAt()).toMillis() / 1_000.0;
            speed = previous.point().distanceTo(fix.point()).value() / seconds;
        }
        return speed == null || speed < 1.5 || speed > TrackedLocation.MAX_SPEED_METERS_PER_SECOND ? 10 : speed;
    }

    /** A drive through a town, a fix every 5 s: along one axis or the other, at 8 to 17 m/s, with a stop after each street. */
    private static List<TrackedLocation> generated(Random random) {
        double metersPerDegree =
                new GeoPoint(0, 0).distanceTo(new GeoPoint(1, 0)).value();
        List<TrackedLocation> fixes = new ArrayList<>();
        double northMeters = 0;
        double eastMeters = 0;
        int second = 0;
        for (int street = 20 + random.nextInt(20); street > 0; street--) {
            boolean north = random.nextBoolean();
            double speed = 8 + 9 * random.nextDouble();
            int driving = 20 + random.nextInt(40);
            int standing = random.nextInt(40);
            for (int i = 0; i < driving + standing; i++) {
                double metersPerSecond = i < driving ? speed : 0;
                northMeters += north ? metersPerSecond : 0;
                eastMeters += north ? 0 : metersPerSecond;
                if (second % 5 == 0) {
                    fixes.add(location(
                            second,
                            new GeoPoint(northMeters / metersPerDegree, eastMeters / metersPerDegree),
                            metersPerSecond));
                }
                second++;
            }
        }
        return fixes;
    }

    /** A location so many degrees north of the scene. */
    private static TrackedLocation at(double seconds, double degrees, @Nullable Double speed) {
        return location(seconds, new GeoPoint(SCENE.latitude() + degrees, SCENE.longitude()), speed);
    }

    private static TrackedLocation location(double seconds, GeoPoint point, @Nullable Double speed) {
        return new TrackedLocation(point, Drives.at(seconds), Drives.at(seconds), null, speed, null, null, null);
    }
}
