package dev.towline.demo.city;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.towline.geo.GeoPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every drive of a few dozen, second by second. */
class DriveTests {

    private static final City CITY = City.austin();
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00.250Z");
    private static final double FASTEST = 29.1;

    static Stream<Drive> drives() {
        SplittableRandom random = new SplittableRandom(42);
        return IntStream.range(0, 12)
                .mapToObj(i -> Drive.along(
                        CITY.route(CITY.anywhere(random), CITY.anywhere(random)), NOON.plusSeconds(i * 7L)));
    }

    @ParameterizedTest
    @MethodSource("drives")
    void staysOnTheStreets(Drive drive) {
        assertThat(fixes(drive, Duration.ofSeconds(5)))
                .allSatisfy(fix -> assertThat(CITY.nearest(fix.point()).spot().metersTo(Spot.of(fix.point())))
                        .isLessThan(0.2));
    }

    @ParameterizedTest
    @MethodSource("drives")
    void keepsToTheLimit(Drive drive) {
        assertThat(fixes(drive, Duration.ofMillis(3_100)))
                .allSatisfy(fix -> assertThat(fix.speedMetersPerSecond()).isBetween(0.0, limitAround(fix.point())));
    }

    @ParameterizedTest
    @MethodSource("drives")
    void movesAsFastAsItSays(Drive drive) {
        List<Fix> fixes = fixes(drive, Driving.STEP);
        for (int i = 1; i < fixes.size(); i++) {
            double moved =
                    fixes.get(i - 1).point().distanceTo(fixes.get(i).point()).value();
            assertThat(moved / 0.5).isEqualTo(fixes.get(i).speedMetersPerSecond(), offset(1.5));
        }
    }

    @ParameterizedTest
    @MethodSource("drives")
    void acceleratesAndBrakesLikeACar(Drive drive) {
        List<Fix> fixes = fixes(drive, Duration.ofSeconds(1));
        for (int i = 1; i < fixes.size(); i++) {
            assertThat(fixes.get(i).speedMetersPerSecond() - fixes.get(i - 1).speedMetersPerSecond())
                    .isBetween(-3.5, 1.8);
        }
    }

    @ParameterizedTest
    @MethodSource("drives")
    void looksWhereItGoes(Drive drive) {
        List<Fix> fixes = fixes(drive, Duration.ofSeconds(1));
        int compared = 0;
        for (int i = 1; i < fixes.size(); i++) {
            Fix before = fixes.get(i - 1);
            Fix after = fixes.get(i);
            boolean straight = before.headingDegrees() == after.headingDegrees();
            if (straight && before.point().distanceTo(after.point()).value() > 3) {
                double moved = Spot.of(before.point()).headingTo(Spot.of(after.point()));
                double turn = Math.abs(moved - after.headingDegrees());
                assertThat(Math.min(turn, 360 - turn)).isLessThan(3);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(fixes.size() / 3);
    }

    @ParameterizedTest
    @MethodSource("drives")
    void neverLeaps(Drive drive) {
        List<Fix> fixes = fixes(drive, Duration.ofSeconds(5));
        for (int i = 1; i < fixes.size(); i++) {
            assertThat(fixes.get(i - 1).point().distanceTo(fixes.get(i).point()).value())
                    .isLessThan(5 * FASTEST);
        }
    }

    @ParameterizedTest
    @MethodSource("drives")
    void beginsAndEndsStanding(Drive drive) {
        Fix start = drive.fixAt(drive.departsAt().minusSeconds(60));
        Fix end = drive.fixAt(drive.arrivesAt().plusSeconds(60));
        assertThat(start.speedMetersPerSecond()).isZero();
        assertThat(end.speedMetersPerSecond()).isZero();
        assertThat(drive.fixAt(drive.departsAt()).point()).isEqualTo(start.point());
        assertThat(drive.fixAt(drive.arrivesAt()).point()).isEqualTo(end.point());
        assertThat(Spot.of(start.point()).metersTo(drive.route().at(0))).isLessThan(0.2);
        assertThat(Spot.of(end.point()).metersTo(drive.route().at(drive.route().meters())))
                .isLessThan(0.2);
    }

    @ParameterizedTest
    @MethodSource("drives")
    void crossesOnlyWhenTheLightsJustTurnedRedOrAreGreen(Drive drive) {
        Route route = drive.route();
        List<Driving.Sample> samples = Driving.samples(route, drive.departsAt());
        for (int step = 1; step < samples.size() - 1; step++) {
            int before = route.legAt(samples.get(step - 1).metersGone());
            Instant then = drive.departsAt().plus(Driving.STEP.multipliedBy(step));
            if (route.legAt(samples.get(step).metersGone()) > before) {
                Street street = route.legs().get(before).street();
                // who cannot stop any more is across within 5 seconds
                assertThat(IntStream.range(0, 6)
                                .anyMatch(seconds -> !street.to().isRed(street.axis(), then.minusSeconds(seconds))))
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("drives")
    void takesAPlausibleTime(Drive drive) {
        double seconds = Duration.between(drive.departsAt(), drive.arrivesAt()).toSeconds();
        assertThat(drive.route().meters() / seconds).isBetween(5.0, 26.0);
        assertThat(drive.route().roughSeconds() / seconds).isBetween(0.5, 1.6);
    }

    @Test
    void stopsAtRedLightsOnly() {
        long stops = 0;
        for (Drive drive : drives().toList()) {
            List<Driving.Sample> samples = Driving.samples(drive.route(), drive.departsAt());
            for (int step = 1; step < samples.size() - 1; step++) {
                if (samples.get(step).metersPerSecond() == 0) {
                    int leg = drive.route().legAt(samples.get(step).metersGone());
                    assertThat(drive.route().legs().get(leg).street().to().signalled())
                            .isTrue();
                    assertThat(drive.route().end(leg) - samples.get(step).metersGone())
                            .isBetween(7.0, 10.0);
                    stops++;
                }
            }
        }
        assertThat(stops).isGreaterThan(200);
    }

    @Test
    void isTheSameForTheSameTime() {
        SplittableRandom random = new SplittableRandom(1);
        Route route = CITY.route(CITY.anywhere(random), CITY.anywhere(random));
        assertThat(fixes(Drive.along(route, NOON), Duration.ofSeconds(5)))
                .isEqualTo(fixes(Drive.along(route, NOON), Duration.ofSeconds(5)))
                .isNotEqualTo(fixes(Drive.along(route, NOON.plusSeconds(20)), Duration.ofSeconds(5)));
    }

    private static List<Fix> fixes(Drive drive, Duration interval) {
        return Stream.iterate(drive.departsAt(), time -> !time.isAfter(drive.arrivesAt()), time -> time.plus(interval))
                .map(drive::fixAt)
                .toList();
    }

    /** At a crossing the fastest of its streets counts, because of the tenth of a metre that a fix is rounded to. */
    private static double limitAround(GeoPoint point) {
        Place place = CITY.nearest(point);
        double own = place.street().limitMetersPerSecond();
        if (place.metersAlong() > 0.5 && place.street().meters() - place.metersAlong() > 0.5) {
            return own;
        }
        Crossing crossing =
                place.metersAlong() > 0.5 ? place.street().to() : place.street().from();
        return CITY.leaving(crossing).stream()
                .mapToDouble(Street::limitMetersPerSecond)
                .max()
                .orElse(own);
    }
}
