package dev.towline.scenarios.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.local.SharedStack;
import dev.towline.localdax.DaxNode;
import dev.towline.localdax.LocalDax;
import dev.towline.scenarios.Caller;
import dev.towline.scenarios.Dispatcher;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Nobody reads anything older than promised, while one instance loses its way to DAX, while all lose it, and afterwards. DAX keeps what is
 * several seconds old all the time, because writes do not pass through it. The instances cache nothing, so that each query reads.
 */
class DaxOutageScenarios {

    private static final int VENDORS = 8;

    private static final Duration ITEM_TTL = Duration.ofSeconds(4);

    /** Longer than a change takes to other instances, and much shorter than DAX keeps an item. */
    private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(1);

    private static final Duration PHASE = Duration.ofSeconds(2);

    private static final LocalDax DAX = LocalDax.builder()
            .dynamoEndpoint(URI.create(SharedStack.stack().dynamo().endpoint()))
            .credentials("local", "local")
            .port(0)
            .nodes(2)
            .pinned(true)
            .itemTimeToLive(ITEM_TTL)
            .start();

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
        all.put("towline.dax.item-ttl", ITEM_TTL.toMillis() + "ms");
        all.put("towline.dax.retry-after", "200ms");
        all.put("towline.dax.time-limit", "5s");
        all.put("towline.dax.slow-call", "5s");
        settings = Map.copyOf(all);
        INSTANCES.addAll(List.of(launch(0), launch(1)));
        INSTANCES.forEach(TowlineProcess::awaitReady);
    }

    private static TowlineProcess launch(int node) {
        Map<String, String> own = new HashMap<>(settings);
        own.put("towline.dax.urls", DAX.node(node).url());
        return TowlineProcess.launch(own);
    }

    @AfterAll
    static void stop() {
        THREADS.shutdownNow();
        INSTANCES.forEach(TowlineProcess::close);
        DAX.close();
    }

    @Test
    void nobodyReadsAnythingOlderThanPromised() throws Exception {
        Dispatcher dispatcher = new Dispatcher(api(0));
        List<String> vendors =
                IntStream.range(0, VENDORS).mapToObj(_ -> dispatcher.vendor()).toList();
        List<Future<?>> clients = new ArrayList<>();
        clients.add(THREADS.submit(() -> write(vendors)));
        IntStream.range(0, 2).forEach(i -> clients.add(THREADS.submit(() -> read(vendors, i))));

        awaitReadsThroughDax(0);
        awaitReadsThroughDax(1);
        DaxNode first = DAX.node(0);
        first.stop();
        awaitHealth(0, "DEGRADED");
        Thread.sleep(PHASE);
        assertThat(health(1)).isEqualTo("UP");
        first.start();
        awaitReadsThroughDax(0);

        DAX.nodes().forEach(DaxNode::stop);
        awaitHealth(0, "DEGRADED");
        awaitHealth(1, "DEGRADED");
        Thread.sleep(PHASE);
        DAX.nodes().forEach(DaxNode::start);
        awaitReadsThroughDax(0);
        awaitReadsThroughDax(1);

        // it knows of no write before its start, and its node has states from before them
        INSTANCES.add(launch(0).awaitReady());
        clients.add(THREADS.submit(() -> read(vendors, 2)));
        awaitReadsThroughDax(2);
        Thread.sleep(PHASE);

        ended.set(true);
        for (Future<?> client : clients) {
            client.get();
        }
        assertThat(older).isEmpty();
        assertThat(outdated())
                .as("states that were found to be too old, and read again")
                .isPositive();
    }

    private void write(List<String> vendors) {
        for (int i = 0; !ended.get(); i++) {
            String vendor = vendors.get(i % VENDORS);
            int version = api(i % 2)
                    .mutate("updateVendor(input: {vendorId: '%s', name: 'Name %d'}) { version }".formatted(vendor, i))
                    .path("version")
                    .asInt();
            acknowledged.add(new Acknowledged(vendor, version, System.nanoTime()));
            pause();
        }
    }

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
            Thread.sleep(30);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Caller api(int instance) {
        return INSTANCES.get(instance).api();
    }

    private static void awaitReadsThroughDax(int instance) {
        double before = callsOfDax(instance);
        await().atMost(Duration.ofSeconds(60)).until(() -> callsOfDax(instance) > before + 5);
        awaitHealth(instance, "UP");
    }

    private static void awaitHealth(int instance, String status) {
        await().atMost(Duration.ofSeconds(30)).until(() -> health(instance).equals(status));
    }

    private static String health(int instance) {
        return JsonMapper.shared()
                .readTree(INSTANCES.get(instance).get("/actuator/health").body())
                .at("/components/readPath/status")
                .asString();
    }

    private static double callsOfDax(int instance) {
        return metric(
                instance,
                "towline_dynamo_calls_seconds_count",
                "path=\"dax\"",
                "operation=\"BatchGetItem\"",
                "outcome=\"ok\"");
    }

    private static double outdated() {
        return IntStream.range(0, 2)
                .mapToDouble(i -> metric(i, "towline_dynamo_outdated_total", "table=\"vendors\""))
                .sum();
    }

    private static double metric(int instance, String name, String... tags) {
        return INSTANCES
                .get(instance)
                .get("/actuator/prometheus")
                .body()
                .lines()
                .filter(line ->
                        line.startsWith(name + "{") && Arrays.stream(tags).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
