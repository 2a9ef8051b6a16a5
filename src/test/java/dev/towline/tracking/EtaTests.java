package dev.towline.tracking;

import static dev.towline.tracking.Drives.SCENE;
import static dev.towline.tracking.Drives.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.towline.geo.GeoPoint;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EtaTests {

    /** A tenth of a degree north of the scene. */
    private static final GeoPoint THERE = new GeoPoint(SCENE.latitude() + 0.1, SCENE.longitude());

    private static final double METERS = 11_122.63;

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "20, 556",
                "1.5, 7415",
                "1.49, 1112",
                "0, 1112",
                "-, 1112",
                "150, 74",
                "150.1, 1112",
                "3e8, 1112",
                "1e300, 1112"
            })
    void takesTheReportedSpeedUnlessItStandsStillOrLies(@Nullable Double speed, int seconds) {
        Eta eta = Objects.requireNonNull(Eta.of(location(THERE, speed), SCENE, SessionStatus.EN_ROUTE));
        assertThat(eta.durationSeconds()).isEqualTo(seconds);
        assertThat(eta.arrivesAt()).isEqualTo(at(10 + seconds));
        assertThat(eta.distanceMeters()).isCloseTo(METERS, within(0.01));
    }

    @ParameterizedTest
    @EnumSource
    void isKnownOnTheWayOnly(SessionStatus status) {
        boolean underway = status == SessionStatus.ASSIGNED || status == SessionStatus.EN_ROUTE;
        assertThat(Eta.of(location(THERE, 20.0), SCENE, status) != null).isEqualTo(underway);
    }

    @Test
    void isUnknownWithoutALocation() {
        assertThat(Eta.of(null, SCENE, SessionStatus.EN_ROUTE)).isNull();
    }

    @Test
    void reachesAroundTheGlobe() {
        GeoPoint antipode = new GeoPoint(-SCENE.latitude(), SCENE.longitude() + 180);
        Eta eta = Objects.requireNonNull(Eta.of(location(antipode, 1.5), SCENE, SessionStatus.EN_ROUTE));
        assertThat(eta.durationSeconds()).isBetween(13_340_000, 13_350_000);
    }

    private static TrackedLocation location(GeoPoint point, @Nullable Double speed) {
        return new TrackedLocation(point, at(10), at(11), 2, speed, null, null);
    }
}
