package dev.towline.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.geo.Area;
import dev.towline.geo.GeoPoint;
import dev.towline.geo.Meters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.test.util.ReflectionTestUtils;

class AreaIndexTests {

    private static final double MOST_METERS = 1000 * Meters.PER_MILE;
    private static final double EARTH_RADIUS_METERS = 6_372_797.560856;

    private final Random random = new Random(20_260_321);

    @Test
    void findsExactlyTheAreasThatContainAPosition() {
        int inside = 0;
        for (int round = 0; round < 150; round++) {
            List<Area> areas = areas(40);
            AreaIndex<Integer> places = filled(areas);
            for (GeoPoint position : positions(areas)) {
                Set<Integer> found = around(places, position);
                assertThat(found)
                        .as("round %d, %s", round, position)
                        .isEqualTo(IntStream.range(0, areas.size())
                                .filter(i -> areas.get(i).contains(position))
                                .boxed()
                                .collect(Collectors.toSet()));
                inside += found.size();
            }
        }
        assertThat(inside).as("number of positions within an area").isGreaterThan(10_000);
    }

    @Test
    void findsAnAreaOnlyOnceWhereItsCellsMeet() {
        AreaIndex<String> places = new AreaIndex<>();
        places.add("corner", new Area(new GeoPoint(0, 0), new Meters(1000)));
        List<String> found = new ArrayList<>();
        places.forEachAround(new GeoPoint(0, 0), found::add);
        assertThat(found).containsExactly("corner");
    }

    @Test
    void findsOtherKeysOfAnAreaAfterOneIsRemoved() {
        Area area = new Area(new GeoPoint(0, 0), new Meters(1000));
        AreaIndex<Integer> places = filled(List.of(area, area));
        places.remove(0, area);
        assertThat(around(places, area.center())).containsExactly(1);
    }

    @Test
    void isEmptyAfterAllAreasAreRemoved() {
        List<Area> areas = areas(500);
        AreaIndex<Integer> places = filled(areas);
        assertThat(places.isEmpty()).isFalse();
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, areas.size()).boxed().toList());
        Collections.shuffle(order, random);
        for (int key : order) {
            Area area = areas.get(key);
            assertThat(around(places, area.center())).contains(key);
            places.remove(key, area);
            assertThat(around(places, area.center())).doesNotContain(key);
        }
        assertThat(places.isEmpty()).isTrue();
    }

    @Test
    void putsAnAreaIntoFourCellsAtMost() {
        for (Area area : areas(5000)) {
            assertThat(cells(area)).as("%s", area).hasSizeBetween(1, 4);
        }
    }

    @Test
    void putsSmallAreasIntoSmallCells() {
        for (int i = 0; i < 1000; i++) {
            GeoPoint center = new GeoPoint(between(-60, 60), between(-180, 180));
            assertThat(cells(new Area(center, new Meters(500))))
                    .as("%s", center)
                    .allSatisfy(cell -> assertThat(cell).asString().contains("level=12"));
        }
    }

    private static Set<?> cells(Area area) {
        AreaIndex<String> places = new AreaIndex<>();
        places.add("a", area);
        Map<?, ?> cells = (Map<?, ?>) ReflectionTestUtils.getField(places, "cells");
        assertThat(cells).isNotNull();
        return cells == null ? Set.of() : cells.keySet();
    }

    private static AreaIndex<Integer> filled(List<Area> areas) {
        AreaIndex<Integer> places = new AreaIndex<>();
        for (int i = 0; i < areas.size(); i++) {
            places.add(i, areas.get(i));
        }
        return places;
    }

    private static Set<Integer> around(AreaIndex<Integer> places, GeoPoint position) {
        Set<Integer> found = new HashSet<>();
        places.forEachAround(position, found::add);
        return found;
    }

    /** A random radius of 10 m to 1000 miles, distributed logarithmically. */
    private List<Area> areas(int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> {
                    double meters = 10 * Math.pow(MOST_METERS / 10, random.nextDouble());
                    return new Area(anywhere(), new Meters(meters));
                })
                .toList();
    }

    /** A random position, often near the poles or the 180th meridian. */
    private GeoPoint anywhere() {
        double latitude = switch (random.nextInt(6)) {
            case 0 -> between(80, 90);
            case 1 -> between(-90, -80);
            case 2 -> random.nextBoolean() ? 90 : -90;
            default -> between(-90, 90);
        };
        double longitude = switch (random.nextInt(6)) {
            case 0 -> between(178, 180);
            case 1 -> between(-180, -178);
            case 2 -> random.nextBoolean() ? 180 : -180;
            default -> between(-180, 180);
        };
        return new GeoPoint(latitude, longitude);
    }

    /** Random positions, with the center of each area and points on both sides of its edge. */
    private List<GeoPoint> positions(List<Area> areas) {
        List<GeoPoint> positions = new ArrayList<>();
        for (Area area : areas) {
            double radius = area.radius().value();
            positions.add(anywhere());
            positions.add(area.center());
            positions.add(from(area.center(), radius * random.nextDouble()));
            positions.add(from(area.center(), radius));
            positions.add(from(area.center(), radius + 0.9));
            positions.add(from(area.center(), radius + 1.1));
        }
        return positions;
    }

    /** A position at a distance from another one, in a random direction. */
    private GeoPoint from(GeoPoint start, double meters) {
        double bearing = between(0, 2 * Math.PI);
        double angle = meters / EARTH_RADIUS_METERS;
        double latitude = Math.toRadians(start.latitude());
        double sin = Math.sin(latitude) * Math.cos(angle) + Math.cos(latitude) * Math.sin(angle) * Math.cos(bearing);
        double east = Math.atan2(
                Math.sin(bearing) * Math.sin(angle) * Math.cos(latitude), Math.cos(angle) - Math.sin(latitude) * sin);
        double longitude = Math.IEEEremainder(start.longitude() + Math.toDegrees(east), 360);
        return new GeoPoint(Math.toDegrees(Math.asin(Math.clamp(sin, -1, 1))), longitude);
    }

    private double between(double least, double most) {
        return least + (most - least) * random.nextDouble();
    }
}
