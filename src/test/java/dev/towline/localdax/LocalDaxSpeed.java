package dev.towline.localdax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.local.EmbeddedDynamo;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/**
 * How fast the endpoint answers from its cache, beside the same reads of DynamoDB Local. Each server is a process of its own, on one
 * processor if there is {@code taskset}; the clients are in this one. Its name keeps it out of {@code ./mvnw verify}; the README says how to run it.
 */
class LocalDaxSpeed {

    private static final int ITEMS = 100;
    private static final int BATCH = 25;
    private static final int THREADS = 8;
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final Duration MEASURED = Duration.ofSeconds(8);
    private static final String TABLE = "speed";
    private static final Pattern URL = Pattern.compile("((?:http|dax)://\\S+)");

    /** Runs DynamoDB Local until the process is ended. */
    public static void main(String... arguments) throws InterruptedException {
        EmbeddedDynamo dynamo = EmbeddedDynamo.inMemory(0).awaitReady();
        System.out.println("DynamoDB Local listens on " + dynamo.endpoint());
        Thread.sleep(Duration.ofDays(1));
    }

    @Test
    void answersFromTheCacheFasterThanDynamoDbLocal() throws Exception {
        try (var dynamoServer = Server.start(LocalDaxSpeed.class);
                var daxServer = Server.start(
                        LocalDaxCommand.class,
                        "--port=0",
                        "--credentials=local:local",
                        "--dynamo-endpoint=" + dynamoServer.url);
                var tables = new CacheFixture(TABLE, URI.create(dynamoServer.url));
                DynamoDbClient dax = CacheFixture.connect(daxServer.url)) {
            for (int number = 0; number < ITEMS; number++) {
                tables.put(dax, "item", number, "x".repeat(200));
            }
            report("GetItem", LocalDaxSpeed::getItem, dax, daxServer, tables.dynamo(), dynamoServer);
            report("BatchGetItem", LocalDaxSpeed::batchGetItem, dax, daxServer, tables.dynamo(), dynamoServer);
        }
    }

    private static void report(
            String name, Read read, DynamoDbClient dax, Server daxServer, DynamoDbClient dynamo, Server dynamoServer)
            throws Exception {
        Speed ofDynamo = measure(read, dynamo, dynamoServer);
        Speed ofDax = measure(read, dax, daxServer);
        System.out.printf(
                "%-12s  DynamoDB Local %s  local DAX %s  %.1f times the requests at %.2f of the processor time each%n",
                name,
                ofDynamo,
                ofDax,
                ofDax.requestsPerSecond / ofDynamo.requestsPerSecond,
                ofDax.processorMicros / ofDynamo.processorMicros);
        assertThat(ofDax.requestsPerSecond).isGreaterThan(ofDynamo.requestsPerSecond);
    }

    private static Speed measure(Read read, DynamoDbClient client, Server server) throws Exception {
        repeat(read, client, WARM_UP);
        Duration before = server.processorTime();
        long start = System.nanoTime();
        long requests = repeat(read, client, MEASURED);
        double seconds = (System.nanoTime() - start) / 1e9;
        double processorMicros = server.processorTime().minus(before).toNanos() / 1e3;
        return new Speed(requests / seconds, processorMicros / requests);
    }

    private static long repeat(Read read, DynamoDbClient client, Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        List<Callable<Long>> tasks = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            tasks.add(() -> {
                long requests = 0;
                while (System.nanoTime() < end) {
                    read.from(client);
                    requests++;
                }
                return requests;
            });
        }
        long requests = 0;
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            for (var task : threads.invokeAll(tasks)) {
                requests += task.get();
            }
        }
        return requests;
    }

    private static void getItem(DynamoDbClient client) {
        int number = ThreadLocalRandom.current().nextInt(ITEMS);
        assertThat(client.getItem(request -> request.tableName(TABLE).key(CacheFixture.key("item", number)))
                        .item())
                .hasSize(3);
    }

    private static void batchGetItem(DynamoDbClient client) {
        int first = ThreadLocalRandom.current().nextInt(ITEMS - BATCH);
        List<Map<String, AttributeValue>> keys = IntStream.range(first, first + BATCH)
                .mapToObj(number -> CacheFixture.key("item", number))
                .toList();
        var asked = Map.of(TABLE, KeysAndAttributes.builder().keys(keys).build());
        assertThat(client.batchGetItem(request -> request.requestItems(asked))
                        .responses()
                        .get(TABLE))
                .hasSize(BATCH);
    }

    private interface Read {
        void from(DynamoDbClient client);
    }

    private record Speed(double requestsPerSecond, double processorMicros) {

        @Override
        public String toString() {
            return "%6.0f/s %5.0f µs".formatted(requestsPerSecond, processorMicros);
        }
    }

    private record Server(Process process, String url) implements AutoCloseable {

        static Server start(Class<?> main, String... arguments) throws IOException {
            List<String> command = new ArrayList<>();
            if (Files.isExecutable(Path.of("/usr/bin/taskset"))) {
                command.addAll(List.of("/usr/bin/taskset", "-c", "0"));
            }
            command.addAll(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-Xmx512m",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-Dlogback.configurationFile=dev/towline/localdax/logback-command.xml",
                    main.getName()));
            command.addAll(List.of(arguments));
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            for (String line = process.inputReader().readLine();
                    line != null;
                    line = process.inputReader().readLine()) {
                Matcher url = URL.matcher(line);
                if (url.find()) {
                    return new Server(process, url.group(1));
                }
            }
            throw new IOException(main.getName() + " does not start");
        }

        Duration processorTime() {
            return process.info().totalCpuDuration().orElseThrow();
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
