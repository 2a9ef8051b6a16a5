package dev.towline.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeoPointTests {

    /** A degree of a great circle on the sphere that distances are measured on. */
    private static final double METERS_PER_DEGREE = 6_372_797.560856 * Math.PI / 180;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // what Redis documents for GEODIST, up to its rounding of positions
        "Palermo to Catania, 38.115556, 13.361389, 37.502669, 15.087269, 166274.15, 1",
        // on the ellipsoid, of which the sphere is off by up to 0.5 %
        "London to Paris,    51.5074,   -0.1278,   48.8566,   2.3522,    343923,    1720",
        "Sydney to Santiago, -33.8688,  151.2093,  -33.4489,  -70.6693,  11367000,  57000",
        "Austin to Dallas,   30.2672,   -97.7431,  32.7767,   -96.7970,  292900,    1470"
    })
    void measuresKnownDistances(
            String name, double fromLat, double fromLon, double toLat, double toLon, double meters, double error) {
        assertThat(meters(fromLat, fromLon, toLat, toLon)).as(name).isCloseTo(meters, within(error));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "itself,                          12.5, 77.25, 12.5, 77.25,  0",
        "across the antimeridian,         0,    179.9, 0,    -179.9, 0.2",
        "the antimeridian from both sides, 17,  180,   17,   -180,   0",
        "a pole has no longitude,         90,   0,     90,   123,    0",
        "over the north pole,             89,   0,     89,   180,    2",
        "over the south pole,             -89.5, -90,  -89,  90,     1.5",
        "pole to pole,                    -90,  5,     90,   77,     180",
        "antipodes,                       30,   60,    -30,  -120,   180",
        "along a meridian,                -10,  20,    35,   20,     45",
        "along the equator,               0,    -45,   0,    45,     90"
    })
    void measuresWhereDegreesAreSpecial(
            String name, double fromLat, double fromLon, double toLat, double toLon, double degrees) {
        assertThat(meters(fromLat, fromLon, toLat, toLon))
                .as(name)
                .isCloseTo(degrees * METERS_PER_DEGREE, within(0.01));
    }

    @Test
    void isTheSameBothWaysAndNeverLongerThanADetour() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            GeoPoint one = anywhere(random);
            GeoPoint other = anywhere(random);
            GeoPoint between = anywhere(random);
            double direct = one.distanceTo(other).value();
            assertThat(other.distanceTo(one).value()).isCloseTo(direct, within(1e-6));
            assertThat(direct)
                    .isBetween(
                            0.0,
                            one.distanceTo(between).value()
                                    + between.distanceTo(other).value()
                                    + 0.01);
        }
    }

    @ParameterizedTest
    @CsvSource({"90, 180", "-90, -180", "0, 0", "-0.0, 180"})
    void takesTheEdgesOfTheGlobe(double latitude, double longitude) {
        assertThat(new GeoPoint(latitude, longitude)).isEqualTo(new GeoPoint(latitude, longitude));
        assertThat(GeoPoint.isLatitude(latitude)).isTrue();
        assertThat(GeoPoint.isLongitude(longitude)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"90.0000001, latitude", "-90.0000001, latitude", "NaN, latitude", "Infinity, latitude"})
    void refusesWhatIsNoLatitude(double degrees, String named) {
        assertThat(GeoPoint.isLatitude(degrees)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GeoPoint(degrees, 0))
                .withMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource({"180.0000001, longitude", "-180.0000001, longitude", "NaN, longitude", "-Infinity, longitude"})
    void refusesWhatIsNoLongitude(double degrees, String named) {
        assertThat(GeoPoint.isLongitude(degrees)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GeoPoint(0, degrees))
                .withMessageContaining(named);
    }

    @Test
    void comesCloserToTheEquatorWithoutLeavingItsMeridian() {
        assertThat(new GeoPoint(89, 12).withinLatitude(85)).isEqualTo(new GeoPoint(85, 12));
        assertThat(new GeoPoint(-89, 12).withinLatitude(85)).isEqualTo(new GeoPoint(-85, 12));
        assertThat(new GeoPoint(84, 12).withinLatitude(85)).isEqualTo(new GeoPoint(84, 12));
    }

    private static double meters(double fromLat, double fromLon, double toLat, double toLon) {
        return new GeoPoint(fromLat, fromLon)
                .distanceTo(new GeoPoint(toLat, toLon))
                .value();
    }

    private static GeoPoint anywhere(Random random) {
        return new GeoPoint(random.nextDouble(-90, 90), random.nextDouble(-180, 180));
    }
}
