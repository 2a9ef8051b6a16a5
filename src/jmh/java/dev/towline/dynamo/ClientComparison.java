package dev.towline.dynamo;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.towline.resolver.Timers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Measures the CPU and the bytes allocated of a call of DynamoDB with each HTTP client of the SDK, configured as the service does it. The
 * clients take turns in short parts, so that all suffer alike from what else the machine does. Arguments: the seconds of each part, the parts,
 * and how many of them only warm up.
 */
final class ClientComparison {

    private static final int CALLERS = 8;

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private ClientComparison() {}

    /** What one part has measured. */
    private record Measured(double cpuMicros, double bytes) {}

    private record Series(String client, String operation, Runnable call, List<Measured> parts) {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Duration part = Duration.ofSeconds(args.length > 0 ? Integer.parseInt(args[0]) : 3);
        int parts = args.length > 1 ? Integer.parseInt(args[1]) : 20;
        int warmUp = args.length > 2 ? Integer.parseInt(args[2]) : 12;
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CannedDynamo.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            URI endpoint = URI.create("http://127.0.0.1:" + Objects.requireNonNull(lines.readLine()));
            List<Series> all = new ArrayList<>();
            clients(endpoint).forEach((name, client) -> all.addAll(series(name, client)));
            for (int round = 0; round < parts; round++) {
                for (Series each : all) {
                    Measured measured = measure(each.call, part);
                    if (round >= warmUp) {
                        each.parts.add(measured);
                    }
                }
                System.err.println("part " + (round + 1) + " of " + parts);
            }
            print(all);
        } finally {
            server.destroy();
        }
        System.exit(0); // CRT's threads do not end
    }

    private static Map<String, DynamoDbClient> clients(URI endpoint) {
        DynamoSettings settings = new DynamoSettings(
                endpoint,
                "us-east-1",
                "local",
                "local",
                "",
                false,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                4,
                Duration.ofMillis(50),
                Duration.ofSeconds(1),
                128,
                Duration.ofMinutes(10),
                Duration.ofSeconds(10));
        Map<String, SdkHttpClient.Builder<?>> http = new LinkedHashMap<>();
        http.put("apache5", Clients.apache(settings));
        http.put("url-connection", UrlConnectionHttpClient.builder());
        http.put("CRT", AwsCrtHttpClient.builder().maxConcurrency(settings.maxConnections()));
        Timers timers = new Timers();
        Map<String, DynamoDbClient> clients = new LinkedHashMap<>();
        http.forEach((name, client) -> clients.put(name, Clients.dynamo(settings, timers, client)));
        return clients;
    }

    private static List<Series> series(String name, DynamoDbClient client) {
        Map<String, AttributeValue> key = Map.of("pk", AttributeValue.fromS("acme#1"));
        Map<String, AttributeValue> item = new LinkedHashMap<>(key);
        item.put("version", AttributeValue.fromN("17"));
        item.put("writes", AttributeValue.fromL(List.of(AttributeValue.fromS("abcdefghijkl"))));
        for (int i = 0; i < 12; i++) {
            item.put("attribute" + i, AttributeValue.fromS("a value of some length " + i));
        }
        PutItemRequest put = PutItemRequest.builder()
                .tableName("vendors")
                .item(item)
                .conditionExpression("version = :previous")
                .expressionAttributeValues(Map.of(":previous", AttributeValue.fromN("16")))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
        BatchGetItemRequest get = BatchGetItemRequest.builder()
                .requestItems(Map.of(
                        "vendors",
                        KeysAndAttributes.builder().keys(List.of(key)).build()))
                .build();
        return List.of(
                new Series(name, "PutItem", () -> client.putItem(put), new ArrayList<>()),
                new Series(name, "BatchGetItem", () -> client.batchGetItem(get).responses(), new ArrayList<>()));
    }

    private static Measured measure(Runnable call, Duration part) throws InterruptedException {
        LongAdder calls = new LongAdder();
        long end = System.nanoTime() + part.toNanos();
        long cpuNanos = PROCESS.getProcessCpuTime();
        long bytes = THREADS.getTotalThreadAllocatedBytes();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(Thread.startVirtualThread(() -> {
                while (System.nanoTime() < end) {
                    call.run();
                    calls.increment();
                }
            }));
        }
        for (Thread caller : callers) {
            caller.join();
        }
        return new Measured(
                (PROCESS.getProcessCpuTime() - cpuNanos) / 1e3 / calls.sum(),
                (double) (THREADS.getTotalThreadAllocatedBytes() - bytes) / calls.sum());
    }

    private static void print(List<Series> all) {
        System.out.println("| client | operation | CPU, µs (lowest to highest) | bytes allocated |");
        System.out.println("|---|---|---|---|");
        for (Series each : all) {
            double[] cpu = each.parts.stream()
                    .mapToDouble(Measured::cpuMicros)
                    .sorted()
                    .toArray();
            double[] bytes =
                    each.parts.stream().mapToDouble(Measured::bytes).sorted().toArray();
            System.out.printf(
                    "| `%s` | %s | %.0f (%.0f to %.0f) | %,.0f |%n",
                    each.client,
                    each.operation,
                    cpu[cpu.length / 2],
                    cpu[0],
                    Arrays.stream(cpu).max().orElse(0),
                    bytes[bytes.length / 2]);
        }
    }
}
