package dev.towline.scenarios.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.dynamo.FaultyDynamo;
import dev.towline.local.Measured;
import dev.towline.local.SharedStack;
import dev.towline.scenarios.Dispatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What reads cost through DAX and directly from DynamoDB: two services from the production jar, which cache nothing, get the same queries in
 * turns. The name keeps it out of {@code ./mvnw verify}; {@link DaxOutageScenarios} asserts the number of requests.
 *
 * <pre>./mvnw test-compile failsafe:integration-test failsafe:verify -Dit.test=DaxReadsMeasurement</pre>
 */
@Measured
class DaxReadsMeasurement {

    private static final int VENDORS = 200;
    private static final int VENDORS_OF_A_QUERY = 10;
    private static final int CLIENTS = 4;
    private static final int QUERIES_OF_A_TURN = 1_000;
    private static final int WARM_UP_TURNS = 6;
    private static final int TURNS = 6;
    private static final Duration ITEM_TTL = Duration.ofSeconds(30);
    private static final List<String> PRODUCTION = List.of("-XX:+UseSerialGC", "-Xmx512m");

    /** One of the two services. */
    private record Service(String name, TowlineProcess process, FaultyDynamo dynamo, List<Long> nanos) {

        Duration cpu() {
            return ProcessHandle.of(process.pid())
                    .flatMap(handle -> handle.info().totalCpuDuration())
                    .orElseThrow();
        }

        double millis(double share) {
            List<Long> sorted = nanos.stream().sorted().toList();
            return sorted.get((int) (share * (sorted.size() - 1))) / 1e6;
        }
    }

    @Test
    void comparesReadsThroughDaxWithReadsFromDynamo() throws Exception {
        Map<String, String> settings = new HashMap<>(SharedStack.freshProperties());
        settings.put("towline.viewer.unauthenticated-role", "DISPATCHER");
        settings.put("towline.cache.enabled", "false");
        String endpoint = SharedStack.stack().dynamo().endpoint();
        try (var behindDax = FaultyDynamo.inFrontOf(endpoint);
                var dynamo = FaultyDynamo.inFrontOf(endpoint);
                var dax = DaxProcess.start(behindDax.endpoint(), ITEM_TTL);
                var threads = Executors.newVirtualThreadPerTaskExecutor();
                var through = launch(
                        settings,
                        behindDax,
                        Map.of("towline.dax.urls", dax.url(), "towline.dax.item-ttl", ITEM_TTL.toSeconds() + "s"));
                var direct = launch(settings, dynamo, Map.of("towline.dax.urls", ""))) {
            through.awaitReady();
            direct.awaitReady();
            Dispatcher dispatcher = new Dispatcher(direct.api());
            List<String> vendors = IntStream.range(0, VENDORS)
                    .mapToObj(_ -> dispatcher.vendor())
                    .toList();
            List<Service> services = List.of(
                    new Service("through DAX", through, behindDax, new ArrayList<>()),
                    new Service("DynamoDB", direct, dynamo, new ArrayList<>()));
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> through.get("/actuator/health").body().contains("reads go through DAX"));

            for (int turn = 0; turn < WARM_UP_TURNS; turn++) {
                for (Service service : services) {
                    query(service, vendors, threads);
                }
            }
            services.forEach(service -> {
                service.dynamo().forgetRequests();
                service.nanos().clear();
            });
            double[] cpuMillis = new double[services.size()];
            for (int turn = 0; turn < TURNS; turn++) {
                for (int i = 0; i < services.size(); i++) {
                    Duration before = services.get(i).cpu();
                    query(services.get(i), vendors, threads);
                    cpuMillis[i] += services.get(i).cpu().minus(before).toNanos() / 1e6;
                }
            }

            for (int i = 0; i < services.size(); i++) {
                Service service = services.get(i);
                System.out.printf(
                        "%s: %.1f requests to DynamoDB per 1,000 reads, p50 %.2f ms, p95 %.2f ms, %.3f ms of CPU a"
                                + " query%n",
                        service.name(),
                        1000.0 * reads(service) / service.nanos().size(),
                        service.millis(0.5),
                        service.millis(0.95),
                        cpuMillis[i] / service.nanos().size());
            }
            System.out.printf("ratio of CPU: %.2f%n", cpuMillis[0] / cpuMillis[1]);
            assertThat(reads(services.getFirst())).isLessThan(reads(services.getLast()) / 10);
        }
    }

    private static TowlineProcess launch(Map<String, String> settings, FaultyDynamo dynamo, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("towline.dynamo.endpoint", dynamo.endpoint());
        all.putAll(more);
        return TowlineProcess.launchJar(PRODUCTION, all);
    }

    private static long reads(Service service) {
        return service.dynamo().requests("BatchGetItem").size();
    }

    private static void query(Service service, List<String> vendors, ExecutorService threads) throws Exception {
        List<Future<List<Long>>> clients = IntStream.range(0, CLIENTS)
                .mapToObj(client -> threads.submit(() -> queryAs(client, service, vendors)))
                .toList();
        for (Future<List<Long>> client : clients) {
            service.nanos().addAll(client.get());
        }
    }

    private static List<Long> queryAs(int client, Service service, List<String> vendors) {
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < QUERIES_OF_A_TURN / CLIENTS; i++) {
            int first = (client * 50 + i) % (VENDORS - VENDORS_OF_A_QUERY);
            String ids = vendors.subList(first, first + VENDORS_OF_A_QUERY).stream()
                    .map("'%s'"::formatted)
                    .collect(Collectors.joining(", "));
            long before = System.nanoTime();
            assertThat(service.process()
                            .api()
                            .query("getVendors(ids: [%s]) { id name version }".formatted(ids))
                            .size())
                    .isEqualTo(VENDORS_OF_A_QUERY);
            nanos.add(System.nanoTime() - before);
        }
        return nanos;
    }
}
