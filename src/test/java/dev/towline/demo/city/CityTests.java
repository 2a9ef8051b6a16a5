package dev.towline.demo.city;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.towline.geo.GeoPoint;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CityTests {

    private static final GeoPoint AUSTIN = new GeoPoint(30.2672, -97.7431);

    private final City city = City.austin();
    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void liesWhereAustinDoes() {
        assertThat(city.streets())
                .hasSizeGreaterThan(5000)
                .allSatisfy(street -> assertThat(
                                street.from().spot().point().distanceTo(AUSTIN).value())
                        .isLessThan(9_000));
    }

    @Test
    void isTheSameEveryTime() {
        assertThat(City.austin().streets()).isEqualTo(city.streets());
    }

    @Test
    void hasArterialsAndAFreewayOnWhichOneIsFaster() {
        assertThat(city.streets().stream()
                        .mapToDouble(Street::limitMetersPerSecond)
                        .distinct()
                        .sorted())
                .hasSize(3)
                .first()
                .satisfies(slowest -> assertThat(slowest).isEqualTo(13.4, offset(0.1)));
    }

    @Test
    void findsAWayBetweenAnyTwoPlaces() {
        for (int i = 0; i < 30; i++) {
            Place from = city.anywhere(random);
            Place to = city.anywhere(random);
            Route route = city.route(from, to);

            assertThat(route.at(0).metersTo(from.spot())).isLessThan(0.1);
            assertThat(route.at(route.meters()).metersTo(to.spot())).isLessThan(0.1);
            assertThat(route.meters())
                    .isBetween(
                            from.spot().metersTo(to.spot()),
                            1_000 + 2 * from.spot().metersTo(to.spot()));
            for (int leg = 1; leg < route.legs().size(); leg++) {
                assertThat(route.legs().get(leg).street().from())
                        .isEqualTo(route.legs().get(leg - 1).street().to());
            }
        }
    }

    @Test
    void findsAWayAlongOneStreetInBothDirections() {
        Street street = city.streets().getFirst();
        Place here = new Place(street, 30);
        Place there = new Place(street, 130);
        assertThat(city.route(here, there).meters()).isEqualTo(100, offset(0.001));
        assertThat(city.route(there, here).meters()).isEqualTo(100, offset(0.001));
        assertThat(city.route(here, there.reversed()).meters()).isEqualTo(100, offset(0.001));
        assertThat(city.route(here, here.reversed()).meters()).isEqualTo(0, offset(0.001));
    }

    @Test
    void turnsSeldom() {
        Place southWest = city.nearest(new GeoPoint(30.225, -97.77));
        Place northEast = city.nearest(new GeoPoint(30.31, -97.72));
        Route route = city.route(southWest, northEast);
        long turns = IntStream.range(1, route.legs().size())
                .filter(leg -> route.legs().get(leg - 1).turnTo(route.legs().get(leg)) > 45)
                .count();
        assertThat(route.legs()).hasSizeGreaterThan(40);
        assertThat(turns).isBetween(1L, 6L);
    }

    @Test
    void findsThePlaceNearestToAPoint() {
        for (int i = 0; i < 30; i++) {
            Place place = city.anywhere(random);
            assertThat(city.nearest(place.point()).spot().metersTo(place.spot()))
                    .isLessThan(0.2);
        }
    }
}
