package dev.towline.scenarios.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.local.EmbeddedRedis;
import dev.towline.local.EmbeddedRedisCluster;
import dev.towline.local.SharedStack;
import dev.towline.scenarios.Caller;
import dev.towline.scenarios.Dispatcher;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Two instances on a Redis cluster, whose masters are killed while both are written to and read from. No request fails, and no answer is older than
 * what the caller has seen, or than what was acknowledged some seconds before.
 */
class ClusterFailoverScenarios {

    private static final int VENDORS = 6;
    private static final double LATITUDE = 30.27;
    private static final double LONGITUDE = -97.74;

    /**
     * After a second of silence an instance serves nothing that is older than a second. A writer may be held up for the time-out of Redis, and
     * the machine is busy.
     */
    private static final Duration STALENESS = Duration.ofSeconds(3);

    private static final Duration PROVEN_WITHIN = Duration.ofSeconds(30);

    private static final EmbeddedRedisCluster CLUSTER = EmbeddedRedisCluster.start();
    private static List<TowlineProcess> instances = List.of();
    private static String keyPrefix = "";

    @BeforeAll
    static void startTwo() {
        Map<String, String> settings = new HashMap<>(SharedStack.freshProperties());
        settings.remove("spring.data.redis.host");
        settings.remove("spring.data.redis.port");
        settings.put("spring.data.redis.cluster.nodes", CLUSTER.addresses());
        settings.put("spring.data.redis.timeout", "250ms");
        settings.put("towline.viewer.unauthenticated-role", "DISPATCHER");
        settings.put("towline.cache.warm.note-every", "200ms");
        // so little that the load leases tokens all the time, and so much that it is never refused
        settings.put("towline.rates.viewer-per-second", "20000");
        settings.put("towline.rates.viewer-burst", "20000");
        keyPrefix = String.valueOf(settings.get("towline.redis.key-prefix"));
        instances = IntStream.range(0, 2)
                .mapToObj(_ -> TowlineProcess.launch(settings))
                .toList();
        instances.forEach(TowlineProcess::awaitReady);
    }

    @AfterAll
    static void stop() {
        instances.forEach(TowlineProcess::close);
        CLUSTER.close();
    }

    @Test
    void noRequestFailsAndNothingIsTooOldWhileMastersAreKilled() throws InterruptedException {
        await().atMost(PROVEN_WITHIN).until(ClusterFailoverScenarios::allProven);
        try (Load load = new Load(vendors())) {
            TimeUnit.SECONDS.sleep(2);
            EmbeddedRedis withChannel = CLUSTER.masterOf(keyPrefix + "changes");
            withChannel.kill();
            long killedNanos = System.nanoTime();
            await().atMost(PROVEN_WITHIN)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> instances.stream().noneMatch(ClusterFailoverScenarios::isProven));
            await().atMost(PROVEN_WITHIN)
                    .pollInterval(Duration.ofMillis(50))
                    .until(ClusterFailoverScenarios::allProven);
            System.out.printf(
                    "cluster under load: the bus was proven again %d ms after its master was killed%n",
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killedNanos));
            assertBothWork();

            // one that has the values of the tenant, or any other
            Stream.concat(Stream.of(CLUSTER.masterOf("{default}")), CLUSTER.masters())
                    .filter(master -> master.port()
                            != CLUSTER.masterOf(keyPrefix + "changes").port())
                    .findFirst()
                    .orElseThrow()
                    .kill();
            CLUSTER.awaitFormed();
            await().atMost(PROVEN_WITHIN).until(ClusterFailoverScenarios::allProven);
            assertBothWork();
            load.stop();
            System.out.printf(
                    "cluster under load: %d writes, %d reads, %d failures%n",
                    load.writes.get(), load.reads.get(), load.failures.size());
            assertThat(load.failures).isEmpty();
            assertThat(load.writes.get()).isGreaterThan(50);
        }
    }

    /** A write of one shows at the other, values are remembered for long again, and rankings and rates go on. */
    private static void assertBothWork() {
        String vendor = new Dispatcher(instances.getFirst().api()).registerVendor("v0", LATITUDE, -80);
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            JsonNode report = shownByOther(vendor).at("/extensions/cache").path("/getVendor");
            return report.path("result").asString().equals("hit")
                    && report.path("ageMs").asLong() > 1500;
        });
        rename(instances.getFirst().api(), vendor, "v1");
        await().atMost(Duration.ofSeconds(1))
                .until(() -> shownByOther(vendor)
                        .at("/data/getVendor/name")
                        .asString()
                        .equals("v1"));
        double noted = metric("towline_cache_warm_notes_total", "ok");
        double leased = metric("towline_rates_leases_total", "leased");
        await().atMost(Duration.ofSeconds(30)).until(() -> metric("towline_cache_warm_notes_total", "ok") > noted + 2);
        await().atMost(Duration.ofSeconds(30)).until(() -> metric("towline_rates_leases_total", "leased") > leased);
        await().atMost(Duration.ofSeconds(30)).until(() -> metric("towline_rates_shared") == instances.size());
    }

    private static JsonNode shownByOther(String vendor) {
        return instances
                .getLast()
                .api()
                .with("X-Towline-Cache-Report", "1")
                .response("query($id: ID!) { getVendor(id: $id) { name version } }", Map.of("id", vendor));
    }

    private static boolean allProven() {
        return instances.stream().allMatch(ClusterFailoverScenarios::isProven);
    }

    private static boolean isProven(TowlineProcess instance) {
        return metric(List.of(instance), "towline_coherence_proven") == 1;
    }

    private static double metric(String name, String... tags) {
        return metric(instances, name, tags);
    }

    private static double metric(List<TowlineProcess> of, String name, String... tags) {
        return Metrics.of(of).lines().stream()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> Stream.of(tags).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static List<String> vendors() {
        Dispatcher dispatcher = new Dispatcher(instances.getFirst().api());
        return IntStream.range(0, VENDORS)
                .mapToObj(i -> dispatcher.registerVendor("vendor " + i, LATITUDE, LONGITUDE))
                .toList();
    }

    /** Returns the whole response, which has the new version. */
    private static JsonNode rename(Caller caller, String vendor, String name) {
        return caller.response(
                "mutation($input: UpdateVendorInput!) { updateVendor(input: $input) { version } }",
                Map.of("input", Map.of("vendorId", vendor, "name", name)));
    }

    /** Writes to both instances and reads from both, until it is stopped. Notes what went wrong. */
    private static final class Load implements AutoCloseable {

        private static final long PAUSE_MILLIS = 15;

        private final List<String> vendors;
        private final Map<String, List<Acknowledged>> acknowledged = new ConcurrentHashMap<>();
        private final AtomicInteger writes = new AtomicInteger();
        private final AtomicInteger reads = new AtomicInteger();
        private final Queue<String> failures = new ConcurrentLinkedQueue<>();
        private final List<Thread> threads;
        private volatile boolean going = true;

        private record Acknowledged(long atNanos, int version) {}

        Load(List<String> vendors) {
            this.vendors = vendors;
            vendors.forEach(vendor -> acknowledged.put(
                    vendor, new CopyOnWriteArrayList<>(List.of(new Acknowledged(System.nanoTime(), 1)))));
            threads = List.of(
                    start("load-writer", () -> write(any(instances).api(), any(vendors))),
                    start("load-reader-1", () -> read(instances.getFirst().api())),
                    start("load-reader-2", () -> read(instances.getLast().api())),
                    start("load-searcher", () -> search(any(instances).api())));
        }

        private Thread start(String name, Runnable request) {
            return Thread.ofPlatform().daemon().name(name).start(() -> {
                while (going) {
                    try {
                        request.run();
                        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                    } catch (RuntimeException | InterruptedException e) {
                        failures.add(name + ": " + e);
                    }
                }
            });
        }

        private void write(Caller caller, String vendor) {
            JsonNode response = rename(caller, vendor, "vendor " + writes.incrementAndGet());
            int version = response.at("/data/updateVendor/version").asInt(0);
            if (version == 0) {
                failures.add("write: " + response);
                return;
            }
            acknowledged(vendor).add(new Acknowledged(System.nanoTime(), version));
        }

        /** Whoever tells an instance what it has seen makes it notice that, so for half of the vendors nobody does. */
        private void read(Caller caller) {
            int chosen = ThreadLocalRandom.current().nextInt(vendors.size());
            String vendor = vendors.get(chosen);
            List<Acknowledged> before = List.copyOf(acknowledged(vendor));
            long now = System.nanoTime();
            reads.incrementAndGet();
            if (chosen % 2 == 0) {
                int newest = before.getLast().version;
                require(
                        newest,
                        "seen before",
                        shown(caller.with("X-Towline-Seen", "vendor:%s=%d".formatted(vendor, newest)), vendor));
                return;
            }
            int old = before.stream()
                    .filter(each -> now - each.atNanos > STALENESS.toNanos())
                    .mapToInt(Acknowledged::version)
                    .max()
                    .orElse(0);
            require(old, "acknowledged long ago", shown(caller, vendor));
        }

        private void search(Caller caller) {
            JsonNode response =
                    caller.response("""
                        query($near: PositionInput!) { searchVendorsNearby(near: $near, radiusMiles: 20, first: 100) { totalCount } }\
                        """, Map.of("near", Map.of("latitude", LATITUDE, "longitude", LONGITUDE)));
            if (response.at("/data/searchVendorsNearby/totalCount").asInt(0) < VENDORS) {
                failures.add("search: " + response);
            }
        }

        private void require(int atLeast, String why, JsonNode response) {
            int version = response.at("/data/getVendor/version").asInt(0);
            if (version < Math.max(1, atLeast)) {
                failures.add("read: version %d was %s, but %s".formatted(atLeast, why, response));
            }
        }

        private static JsonNode shown(Caller caller, String vendor) {
            return caller.response("query($id: ID!) { getVendor(id: $id) { version } }", Map.of("id", vendor));
        }

        private List<Acknowledged> acknowledged(String vendor) {
            return acknowledged.getOrDefault(vendor, List.of());
        }

        private static <T> T any(List<T> all) {
            return all.get(ThreadLocalRandom.current().nextInt(all.size()));
        }

        void stop() throws InterruptedException {
            going = false;
            for (Thread thread : threads) {
                thread.join();
            }
        }

        @Override
        public void close() {
            going = false;
        }
    }
}
