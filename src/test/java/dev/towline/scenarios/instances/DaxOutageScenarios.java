package dev.towline.scenarios.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.dynamo.FaultyDynamo;
import dev.towline.local.SharedStack;
import dev.towline.scenarios.Caller;
import dev.towline.scenarios.Dispatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * While one instance loses its DAX by {@code kill -9}, while all lose it, and afterwards, no read fails, and nobody reads anything older than
 * promised. DAX has states that are up to a minute old, because writes do not pass through it. The instances cache nothing,
 * so that each query reads.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DaxOutageScenarios {

    private static final int VENDORS = 8;

    private static final Duration KEPT_BY_DAX = Duration.ofMinutes(1);

    /**
     * What the first two instances are told instead, so that they read through DAX soon after their start. They are there before any vendor
     * is, and so know of all changes.
     */
    private static final Duration SOON = Duration.ofSeconds(1);

    /** Longer than a change takes to other instances, and much shorter than DAX keeps an item. */
    private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(1);

    private static final Duration PHASE = Duration.ofSeconds(2);

    private static final int READS = 200;

    /** Of a client: each phase meets some twenty calls. */
    private static final Duration BETWEEN_CALLS = Duration.ofMillis(80);

    private static final FaultyDynamo DYNAMO_BEHIND_DAX =
            FaultyDynamo.inFrontOf(SharedStack.stack().dynamo().endpoint());

    /** One for each of the first two instances. */
    private static final List<DaxProcess> DAX = new ArrayList<>();

    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();
    private static Map<String, String> settings = Map.of();
    private static final List<TowlineProcess> INSTANCES = new CopyOnWriteArrayList<>();

    /** The newest version of each vendor that was acknowledged so long ago that everybody must see it. */
    private final Map<String, Integer> due = new ConcurrentHashMap<>();

    private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<String> older = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean ended = new AtomicBoolean();

    private record Acknowledged(String vendor, int version, long nanos) {}

    @BeforeAll
    static void startTwo() {
        Map<String, String> all = new HashMap<>(SharedStack.freshProperties());
        all.put("towline.viewer.unauthenticated-role", "DISPATCHER");
        all.put("towline.cache.enabled", "false");
        all.put("towline.dax.retry-after", "200ms");
        all.put("towline.dax.time-limit", "5s");
        all.put("towline.dax.slow-call", "5s");
        settings = Map.copyOf(all);
        for (int i = 0; i < 2; i++) {
            DAX.add(DaxProcess.start(DYNAMO_BEHIND_DAX.endpoint(), KEPT_BY_DAX));
        }
        INSTANCES.addAll(List.of(launch(0, SOON), launch(1, SOON)));
        INSTANCES.forEach(TowlineProcess::awaitReady);
    }

    private static TowlineProcess launch(int dax, Duration itemTtl) {
        Map<String, String> own = new HashMap<>(settings);
        own.put("towline.dax.item-ttl", itemTtl.toSeconds() + "s");
        own.put("towline.dax.urls", DAX.get(dax).url());
        return TowlineProcess.launch(own);
    }

    @AfterAll
    static void stop() {
        THREADS.shutdownNow();
        INSTANCES.forEach(TowlineProcess::close);
        DAX.forEach(DaxProcess::close);
        DYNAMO_BEHIND_DAX.close();
    }

    @Test
    @Order(1)
    void readsOfWhatDoesNotChangeHardlyReachDynamo() {
        Dispatcher dispatcher = new Dispatcher(api(1));
        List<String> vendors =
                IntStream.range(0, VENDORS).mapToObj(_ -> dispatcher.vendor()).toList();
        await().atMost(Duration.ofSeconds(60)).until(() -> wayOfReads(0).contains("through DAX"));
        String query = "getVendors(ids: [%s]) { id version }".formatted(literals(vendors));
        api(0).query(query);
        DYNAMO_BEHIND_DAX.forgetRequests();
        double direct = callsOf("dynamodb", 0);

        for (int i = 0; i < READS; i++) {
            assertThat(api(0).query(query)).hasSize(VENDORS);
        }

        assertThat(callsOf("dynamodb", 0)
                        - direct
                        + DYNAMO_BEHIND_DAX.requests("BatchGetItem").size())
                .as("requests to DynamoDB for %d reads", READS)
                .isLessThan(READS / 10.0);
    }

    @Test
    @Order(2)
    void noReadFailsAndNoneIsOlderThanPromised() throws Exception {
        Dispatcher dispatcher = new Dispatcher(api(0));
        List<String> vendors =
                IntStream.range(0, VENDORS).mapToObj(_ -> dispatcher.vendor()).toList();
        List<Future<?>> clients = new ArrayList<>();
        clients.add(THREADS.submit(() -> write(vendors)));
        IntStream.range(0, 2).forEach(i -> clients.add(THREADS.submit(() -> read(vendors, i))));

        awaitReadsThroughDax(0);
        awaitReadsThroughDax(1);
        DAX.getFirst().kill();
        awaitHealth(0, "DEGRADED");
        Thread.sleep(PHASE);
        assertThat(health(1)).isEqualTo("UP");
        DAX.getFirst().startAgain();
        awaitReadsThroughDax(0);

        DAX.forEach(DaxProcess::kill);
        awaitHealth(0, "DEGRADED");
        awaitHealth(1, "DEGRADED");
        Thread.sleep(PHASE);
        DAX.forEach(DaxProcess::startAgain);
        awaitReadsThroughDax(0);
        awaitReadsThroughDax(1);

        List<String> quiet =
                IntStream.range(0, VENDORS).mapToObj(_ -> dispatcher.vendor()).toList();
        assertThat(api(0).query("getVendors(ids: [%s]) { version }".formatted(literals(quiet))))
                .hasSize(VENDORS);
        quiet.forEach(vendor -> rename(0, vendor, "Quiet"));
        // it does not know of these writes, and its DAX has the states from before them
        INSTANCES.add(launch(0, KEPT_BY_DAX).awaitReady());
        List<String> all = Stream.concat(vendors.stream(), quiet.stream()).toList();
        clients.add(THREADS.submit(() -> read(all, 2)));
        Thread.sleep(PHASE);
        String wayOfLater = wayOfReads(2);

        ended.set(true);
        for (Future<?> client : clients) {
            client.get();
        }
        assertThat(older).isEmpty();
        assertThat(wayOfLater).startsWith("reads go to DynamoDB until");
        assertThat(outdated())
                .as("states that were found to be too old, and read again")
                .isPositive();
    }

    private void write(List<String> vendors) {
        for (int i = 0; !ended.get(); i++) {
            rename(i % 2, vendors.get(i % VENDORS), "Name " + i);
            pause();
        }
    }

    private void rename(int instance, String vendor, String name) {
        int version = api(instance)
                .mutate("updateVendor(input: {vendorId: '%s', name: '%s'}) { version }".formatted(vendor, name))
                .path("version")
                .asInt();
        acknowledged.add(new Acknowledged(vendor, version, System.nanoTime()));
    }

    /** Fails if a query does. */
    private void read(List<String> vendors, int instance) {
        while (!ended.get()) {
            Map<String, Integer> atLeast = dueNow();
            JsonNode found = api(instance)
                    .query("getVendors(ids: [%s]) { id version }"
                            .formatted(String.join(
                                    ", ",
                                    vendors.stream().map("'%s'"::formatted).toList())));
            for (JsonNode vendor : found) {
                String id = vendor.path("id").asString();
                int expected = atLeast.getOrDefault(id, 1);
                if (vendor.path("version").asInt() < expected) {
                    older.add("instance %d: %s, at least %d".formatted(instance, vendor, expected));
                }
            }
            pause();
        }
    }

    private static String literals(List<String> ids) {
        return ids.stream().map("'%s'"::formatted).collect(Collectors.joining(", "));
    }

    private synchronized Map<String, Integer> dueNow() {
        long before = System.nanoTime() - VISIBLE_WITHIN.toNanos();
        while (!acknowledged.isEmpty() && acknowledged.element().nanos() < before) {
            Acknowledged next = acknowledged.remove();
            due.merge(next.vendor(), next.version(), Math::max);
        }
        return Map.copyOf(due);
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_CALLS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Caller api(int instance) {
        return INSTANCES.get(instance).api();
    }

    private static void awaitReadsThroughDax(int instance) {
        double before = callsOf("dax", instance);
        await().atMost(Duration.ofSeconds(60)).until(() -> callsOf("dax", instance) > before + 5);
        awaitHealth(instance, "UP");
    }

    private static void awaitHealth(int instance, String status) {
        await().atMost(Duration.ofSeconds(30)).until(() -> health(instance).equals(status));
    }

    private static String health(int instance) {
        return readPath(instance).path("status").asString();
    }

    /** What the health of the instance says about it. */
    private static String wayOfReads(int instance) {
        return readPath(instance).path("description").asString();
    }

    private static JsonNode readPath(int instance) {
        return JsonMapper.shared()
                .readTree(INSTANCES.get(instance).get("/actuator/health").body())
                .at("/components/readPath");
    }

    private static double callsOf(String path, int instance) {
        return Metrics.of(List.of(INSTANCES.get(instance)))
                .sum(
                        "towline_dynamo_calls_seconds_count",
                        "path=\"%s\"".formatted(path),
                        "BatchGetItem",
                        "outcome=\"ok\"");
    }

    private static double outdated() {
        return Metrics.of(INSTANCES).sum("towline_dynamo_outdated_total", "table=\"vendors\"");
    }
}
