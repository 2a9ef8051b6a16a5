package dev.towline.vendor;

import dev.towline.geo.GeoPoint;
import dev.towline.geo.Meters;
import dev.towline.local.EmbeddedRedis;
import dev.towline.store.EntityBytes;
import dev.towline.store.Revision;
import dev.towline.vendor.Vendor.Profile;
import dev.towline.viewer.Tenant;
import io.lettuce.core.GeoArgs;
import io.lettuce.core.GeoSearch;
import io.lettuce.core.GeoValue;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

/**
 * Measures searches in the grid beside a look at every vendor and beside a plain {@code GEOSEARCH} of Redis, which knows no filter, no
 * service radius and no count of all matches. They take turns. Arguments: the folder with recorded vendors (150,000 generated ones without
 * it), and the rounds.
 */
final class NearbyComparison {

    private static final Tenant TENANT = new Tenant("acme");
    private static final EntityBytes BYTES = new EntityBytes(List.of(Vendors.TABLE));
    private static final int PAGE = 20;
    private static final List<Integer> RADII_MILES = List.of(10, 50, 150);
    private static final Map<String, GeoPoint> PLACES = Map.of(
            "London", new GeoPoint(51.5074, -0.1278),
            "New York", new GeoPoint(40.7128, -74.0060),
            "Wyoming", new GeoPoint(43.0, -107.5));

    private NearbyComparison() {}

    private record Series(String name, Runnable search, List<Double> micros) {

        double percentile(double share) {
            double[] sorted =
                    micros.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            return sorted[Math.min(sorted.length - 1, (int) Math.ceil(share * sorted.length) - 1)];
        }
    }

    public static void main(String[] args) throws IOException {
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 400;
        List<Vendor> vendors = args.length > 0 ? recorded(Path.of(args[0])) : generated();
        VendorGrid grid = new VendorGrid();
        long before = usedBytes();
        long start = System.nanoTime();
        vendors.forEach(vendor -> grid.put(IndexedVendor.of(vendor, BYTES)));
        double filledMillis = (System.nanoTime() - start) / 1e6;
        System.out.printf(
                "%d vendors; grid filled in %.0f ms; %d bytes of heap for each vendor%n",
                vendors.size(), filledMillis, (usedBytes() - before) / vendors.size());
        List<IndexedVendor> all = new ArrayList<>();
        grid.forEach(all::add);
        GridCell every = GridCell.of(all);
        measureMoves(grid, vendors);
        try (EmbeddedRedis server = EmbeddedRedis.inMemory(0);
                RedisClient client = RedisClient.create("redis://127.0.0.1:" + server.port())) {
            RedisCommands<String, String> redis = client.connect().sync();
            fill(redis, vendors);
            for (Map.Entry<String, GeoPoint> place : PLACES.entrySet()) {
                for (int miles : RADII_MILES) {
                    compare(grid, every, redis, place.getKey(), place.getValue(), miles, rounds);
                }
            }
        }
    }

    private static void compare(
            VendorGrid grid,
            GridCell every,
            RedisCommands<String, String> redis,
            String name,
            GeoPoint center,
            int miles,
            int rounds) {
        Meters radius = Meters.ofMiles(miles);
        VendorFilter filter = new VendorFilter(List.of(Capability.TOWING), true, 2.0);
        int matches = count(grid, center, radius, VendorFilter.ANY);
        List<Series> all = List.of(
                new Series("grid", () -> search(grid, center, radius, VendorFilter.ANY), new ArrayList<>()),
                new Series("grid, filtered", () -> search(grid, center, radius, filter), new ArrayList<>()),
                new Series(
                        "grid, without decoding",
                        () -> count(grid, center, radius, VendorFilter.ANY),
                        new ArrayList<>()),
                new Series(
                        "every vendor",
                        () -> nearest(center, radius, VendorFilter.ANY).accept(every),
                        new ArrayList<>()),
                new Series("GEOSEARCH, 20 nearest", () -> nearestInRedis(redis, center, radius), new ArrayList<>()),
                new Series("GEOSEARCH, all", () -> allInRedis(redis, center, radius), new ArrayList<>()));
        for (int round = -rounds / 4; round < rounds; round++) {
            for (Series each : all) {
                long start = System.nanoTime();
                each.search.run();
                if (round >= 0) {
                    each.micros.add((System.nanoTime() - start) / 1e3);
                }
            }
        }
        Map<String, String> cells = new LinkedHashMap<>();
        double base = all.getFirst().percentile(0.5);
        all.forEach(each -> cells.put(
                each.name,
                "p50 %.0f p95 %.0f p99 %.0f µs (%.1fx)"
                        .formatted(
                                each.percentile(0.5),
                                each.percentile(0.95),
                                each.percentile(0.99),
                                each.percentile(0.5) / base)));
        System.out.printf("%s, %d miles, %d vendors: %s%n", name, miles, matches, cells);
    }

    private static NearestVendors nearest(GeoPoint center, Meters radius, VendorFilter filter) {
        return new NearestVendors(center, radius, filter, null, PAGE + 1);
    }

    /** A whole search: the page with its vendors decoded, and the count of all matches. */
    private static void search(VendorGrid grid, GeoPoint center, Meters radius, VendorFilter filter) {
        NearestVendors nearest = nearest(center, radius, filter);
        grid.forEachAround(center, radius, nearest);
        nearest.nearest().forEach(found -> found.vendor().vendor(BYTES));
    }

    private static int count(VendorGrid grid, GeoPoint center, Meters radius, VendorFilter filter) {
        NearestVendors nearest = nearest(center, radius, filter);
        grid.forEachAround(center, radius, nearest);
        return nearest.count();
    }

    private static void nearestInRedis(RedisCommands<String, String> redis, GeoPoint center, Meters radius) {
        redis.geosearch(
                "vendors",
                GeoSearch.fromCoordinates(center.longitude(), center.latitude()),
                GeoSearch.byRadius(radius.value(), GeoArgs.Unit.m),
                new GeoArgs().withDistance().withCount(PAGE).asc());
    }

    private static void allInRedis(RedisCommands<String, String> redis, GeoPoint center, Meters radius) {
        redis.geosearch(
                "vendors",
                GeoSearch.fromCoordinates(center.longitude(), center.latitude()),
                GeoSearch.byRadius(radius.value(), GeoArgs.Unit.m),
                new GeoArgs().withDistance().asc());
    }

    private static void measureMoves(VendorGrid grid, List<Vendor> vendors) {
        Random random = new Random(2);
        int moves = 200_000;
        List<IndexedVendor> moved = new ArrayList<>();
        Map<String, Vendor> latest = new LinkedHashMap<>();
        for (int i = 0; i < moves; i++) {
            Vendor vendor = vendors.get(random.nextInt(vendors.size()));
            Vendor from = latest.getOrDefault(vendor.id(), vendor);
            Vendor to = from.declaring(
                    Availability.AVAILABLE,
                    new GeoPoint(
                            Math.clamp(from.position().latitude() + random.nextGaussian() / 50, -90, 90),
                            from.position().longitude()),
                    Instant.EPOCH);
            latest.put(to.id(), to);
            moved.add(IndexedVendor.of(to, BYTES));
        }
        long start = System.nanoTime();
        moved.forEach(grid::put);
        System.out.printf("a move: %.2f µs%n", (System.nanoTime() - start) / 1e3 / moves);
    }

    private static void fill(RedisCommands<String, String> redis, List<Vendor> vendors) {
        for (int from = 0; from < vendors.size(); from += 1_000) {
            GeoValue<String>[] some = values(vendors.subList(from, Math.min(from + 1_000, vendors.size())));
            redis.geoadd("vendors", some);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array has no type arguments
    private static GeoValue<String>[] values(List<Vendor> vendors) {
        return vendors.stream()
                .filter(vendor -> Math.abs(vendor.position().latitude()) <= 85)
                .map(vendor -> GeoValue.just(
                        vendor.position().longitude(), vendor.position().latitude(), vendor.id()))
                .toArray(GeoValue[]::new);
    }

    private static List<Vendor> recorded(Path folder) throws IOException {
        List<Vendor> all = new ArrayList<>();
        Random random = new Random(1);
        for (String file : List.of("vendors_geonames_places.csv.gz", "vendors_uk_mot_garages.csv.gz")) {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(folder.resolve(file))), StandardCharsets.UTF_8))) {
                lines.lines().skip(1).forEach(line -> {
                    List<String> fields = Arrays.asList(line.split(",", -1));
                    int count = fields.size();
                    all.add(vendor(
                            random,
                            fields.getFirst(),
                            new GeoPoint(
                                    Double.parseDouble(fields.get(count - 3)),
                                    Double.parseDouble(fields.get(count - 2)))));
                });
            }
        }
        return all;
    }

    private static List<Vendor> generated() {
        Random random = new Random(1);
        List<GeoPoint> towns = new ArrayList<>(PLACES.values());
        while (towns.size() < 3_000) {
            towns.add(new GeoPoint(random.nextDouble(-55, 70), random.nextDouble(-180, 180)));
        }
        List<Vendor> all = new ArrayList<>();
        for (int i = 0; i < 150_000; i++) {
            // the first towns are the largest
            GeoPoint town = towns.get((int) (towns.size() * Math.pow(random.nextDouble(), 3)));
            all.add(vendor(
                    random,
                    "g" + i,
                    new GeoPoint(
                            town.latitude() + random.nextGaussian() / 5,
                            Math.clamp(town.longitude() + random.nextGaussian() / 5, -180, 180))));
        }
        return all;
    }

    private static Vendor vendor(Random random, String id, GeoPoint position) {
        List<Capability> capabilities = Arrays.stream(Capability.values())
                .filter(_ -> random.nextInt(3) > 0)
                .toList();
        Double rating = random.nextInt(5) == 0 ? null : random.nextInt(51) / 10.0;
        Availability availability = random.nextInt(4) == 0 ? Availability.BUSY : Availability.AVAILABLE;
        return new Vendor(
                new VendorKey(TENANT, id),
                Revision.first(),
                new Profile("Vendor " + id, "+44 20 7946 0000", capabilities, rating, 300),
                availability,
                position,
                Instant.EPOCH,
                null);
    }

    private static long usedBytes() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
            try {
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
