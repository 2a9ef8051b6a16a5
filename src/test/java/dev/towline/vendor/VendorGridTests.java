package dev.towline.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.towline.geo.GeoPoint;
import dev.towline.geo.Meters;
import dev.towline.vendor.NearestVendors.Found;
import dev.towline.vendor.Vendor.Profile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares searches in the grid with a look at every vendor, which computes distances by another formula. */
class VendorGridTests {

    /** Vendors that are so near to an edge may be found or not: the formulas round differently. */
    private static final double EDGE_METERS = 0.001;

    private final VendorGrid grid = new VendorGrid();
    private final Map<String, Vendor> all = new HashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void findsWhatALookAtEveryVendorFinds(long seed) {
        Random random = new Random(seed);
        GeoPoint near = new GeoPoint(random.nextDouble(-90, 90), random.nextDouble(-180, 180));
        for (int i = 0; i < 1_500; i++) {
            put(SomeVendors.random(random, "v" + i, SomeVendors.position(random, near)));
        }
        for (int i = 0; i < 150; i++) {
            GeoPoint center = SomeVendors.position(random, near);
            Meters radius = Meters.ofMiles(Math.pow(10, random.nextDouble(-1, 3)));
            assertFinds(center, radius, filter(random));
            change(random, near);
        }
    }

    @Test
    void findsRealGarages() {
        RealGarages.read().forEach(this::put);
        Random random = new Random(11);
        List<Vendor> garages = List.copyOf(all.values());
        for (int i = 0; i < 60; i++) {
            GeoPoint center = garages.get(random.nextInt(garages.size())).position();
            Meters radius = Meters.ofMiles(Math.pow(10, random.nextDouble(-1, 2.5)));
            assertFinds(center, radius, filter(random));
        }
    }

    private static VendorFilter filter(Random random) {
        return new VendorFilter(
                random.nextBoolean()
                        ? null
                        : List.of(List.of(Capability.values()).get(random.nextInt(Capability.values().length))),
                random.nextBoolean(),
                random.nextBoolean() ? null : (double) random.nextInt(5));
    }

    /** Moves a vendor, changes its profile, or removes it. */
    private void change(Random random, GeoPoint near) {
        String id = "v" + random.nextInt(1_500);
        Vendor vendor = all.get(id);
        if (vendor == null) {
            return;
        }
        switch (random.nextInt(3)) {
            case 0 -> put(vendor.declaring(Availability.AVAILABLE, SomeVendors.position(random, near), Instant.EPOCH));
            case 1 -> put(vendor.with(new Profile("n", null, List.of(), 1.0, 20), vendor.position(), Instant.EPOCH));
            default -> {
                grid.remove(id);
                all.remove(id);
            }
        }
    }

    private void put(Vendor vendor) {
        grid.put(SomeVendors.indexed(vendor));
        all.put(vendor.id(), vendor);
    }

    private void assertFinds(GeoPoint center, Meters radius, VendorFilter filter) {
        NearestVendors found = new NearestVendors(center, radius, filter, null, Integer.MAX_VALUE);
        grid.forEachAround(center, radius, found);
        Set<String> expected = new HashSet<>();
        Set<String> atAnEdge = new HashSet<>();
        for (Vendor vendor : all.values()) {
            double meters = SomeVendors.haversine(center, vendor.position()).value();
            double reach = Math.min(
                    radius.value(), Meters.ofMiles(vendor.serviceRadiusMiles()).value());
            if (matches(vendor, filter) && meters <= reach) {
                expected.add(vendor.id());
            }
            if (Math.abs(meters - reach) < EDGE_METERS) {
                atAnEdge.add(vendor.id());
            }
        }
        List<String> ids = found.nearest().stream().map(each -> each.hit().id()).toList();
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(found.count()).isEqualTo(ids.size());
        assertThat(without(ids, atAnEdge)).isEqualTo(without(expected, atAnEdge));
        assertInOrder(center, found.nearest());
    }

    private static void assertInOrder(GeoPoint center, List<Found> found) {
        for (Found each : found) {
            double miles =
                    SomeVendors.haversine(center, each.vendor().position()).miles();
            // the haversine formula is itself inexact near the antipodes
            assertThat(each.hit().distanceMiles()).isCloseTo(miles, within(1e-6 + miles * 1e-9));
        }
        assertThat(found.stream().map(Found::hit))
                .isSortedAccordingTo(Comparator.comparingDouble(VendorHit::distanceMiles)
                        .thenComparingDouble(hit -> Double.isNaN(hit.rating()) ? 1 : -hit.rating())
                        .thenComparing(VendorHit::id));
    }

    private static boolean matches(Vendor vendor, VendorFilter filter) {
        Double rating = vendor.rating();
        return (filter.capabilities() == null || vendor.capabilities().containsAll(filter.capabilities()))
                && (!Boolean.TRUE.equals(filter.availableOnly()) || vendor.availability() == Availability.AVAILABLE)
                && (filter.minRating() == null || (rating != null && rating >= filter.minRating()));
    }

    private static Set<String> without(Iterable<String> ids, Set<String> others) {
        Set<String> rest = new HashSet<>();
        ids.forEach(rest::add);
        rest.removeAll(others);
        return rest;
    }

    @Test
    void anOlderStateNeverReplacesANewerOne() {
        Vendor first = SomeVendors.at("v", new GeoPoint(10, 10));
        Vendor second = first.declaring(Availability.BUSY, new GeoPoint(20, 20), Instant.EPOCH);
        assertThat(grid.put(SomeVendors.indexed(second))).isTrue();
        assertThat(grid.put(SomeVendors.indexed(first))).isFalse();
        assertThat(grid.put(SomeVendors.indexed(second))).isFalse();
        assertThat(grid.version("v")).isEqualTo(2);
        assertThat(ids(new GeoPoint(10, 10), null, 10)).isEmpty();
        assertThat(ids(new GeoPoint(20, 20), null, 10)).containsExactly("v");
    }

    @Test
    void vendorsOnOnePositionAreOrderedByRatingThenId() {
        GeoPoint depot = new GeoPoint(51.5, -0.1);
        Stream.of("c:4", "b:5", "a:4", "e:", "d:")
                .map(text -> text.split(":", -1))
                .forEach(each -> put(SomeVendors.vendor(
                        each[0],
                        depot,
                        new Profile("n", null, List.of(), each[1].isEmpty() ? null : Double.valueOf(each[1]), 10),
                        Availability.AVAILABLE)));
        assertThat(ids(depot, null, 10)).containsExactly("b", "a", "c", "d", "e");
    }

    @Test
    void pagesThatFollowEachOtherMakeTheWholeList() {
        Random random = new Random(5);
        GeoPoint center = new GeoPoint(40, -74);
        for (int i = 0; i < 300; i++) {
            // many on the same position
            put(SomeVendors.random(
                    random, "v" + i, new GeoPoint(40 + random.nextInt(5) / 100.0, -74 + random.nextInt(5) / 100.0)));
        }
        List<String> whole = ids(center, null, Integer.MAX_VALUE);
        List<String> paged = new ArrayList<>();
        @Nullable VendorHit after = null;
        do {
            NearestVendors page = nearest(center, after, 7);
            assertThat(page.count()).isEqualTo(whole.size());
            page.nearest().forEach(found -> paged.add(found.hit().id()));
            after = page.nearest().isEmpty() ? null : page.nearest().getLast().hit();
        } while (after != null);
        assertThat(paged).hasSizeGreaterThan(50).isEqualTo(whole);
    }

    private List<String> ids(GeoPoint center, @Nullable VendorHit after, int limit) {
        return nearest(center, after, limit).nearest().stream()
                .map(found -> found.hit().id())
                .toList();
    }

    private NearestVendors nearest(GeoPoint center, @Nullable VendorHit after, int limit) {
        Meters radius = Meters.ofMiles(50);
        NearestVendors nearest = new NearestVendors(center, radius, VendorFilter.ANY, after, limit);
        grid.forEachAround(center, radius, nearest);
        return nearest;
    }
}
