package dev.towline.scenarios.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.dynamo.Fault;
import dev.towline.dynamo.FaultyDynamo;
import dev.towline.local.EmbeddedRedis;
import dev.towline.local.SharedStack;
import dev.towline.scenarios.Dispatcher;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/**
 * Writes on one instance while another has cached the entity: with Redis, without Redis, and when the writer is killed at the worst
 * moment.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CoherenceScenarios {

    private static final double LATITUDE = 30.27;
    private static final double LONGITUDE = -97.74;

    private static final EmbeddedRedis REDIS = EmbeddedRedis.inMemory(0);

    /** Between the writer and DynamoDB. */
    private static final FaultyDynamo DYNAMO =
            FaultyDynamo.inFrontOf(SharedStack.stack().dynamo().endpoint());

    private static List<TowlineProcess> instances = List.of();

    /** The settings of an instance whose way to DynamoDB is not safe. */
    private static Map<String, String> writers = Map.of();

    @BeforeAll
    static void startTwo() {
        Map<String, String> settings = new HashMap<>(SharedStack.freshProperties());
        settings.put("towline.viewer.unauthenticated-role", "DISPATCHER");
        settings.put("spring.data.redis.host", "127.0.0.1");
        settings.put("spring.data.redis.port", Integer.toString(REDIS.port()));
        settings.put("towline.cache.warm.note-every", "200ms");
        settings.put("towline.cache.warm.timeout", "1m");
        writers = new HashMap<>(settings);
        writers.putAll(SharedStack.behind(DYNAMO.endpoint()));
        instances = List.of(TowlineProcess.launch(writers), TowlineProcess.launch(settings));
        instances.forEach(TowlineProcess::awaitReady);
    }

    @AfterAll
    static void stop() {
        instances.forEach(TowlineProcess::close);
        REDIS.close();
        DYNAMO.close();
    }

    @Test
    @Order(0)
    void whatOneInstanceKnowsTheOtherFindsInRedis() {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            String vendor = writer().registerVendor("shared", LATITUDE, LONGITUDE);
            Seen seen = seenByReader(vendor);
            return seen.result().equals("hit")
                    && seen.tier().equals("l2")
                    && seen.name().equals("shared");
        });
        String vendor = writer().registerVendor("shared", LATITUDE, LONGITUDE);
        assertThat(seenByReader(vendor).tier()).isEqualTo("l2");
        assertThat(seenByReader(vendor).tier()).isEqualTo("l1");
    }

    @Test
    @Order(1)
    void theOtherRemembersAndStillShowsEachWriteSoon() {
        String vendor = writer().registerVendor("v0", LATITUDE, LONGITUDE);
        untilReaderRemembers(vendor);
        List<Duration> taken = new ArrayList<>();
        for (int i = 1; i <= 50; i++) {
            String name = "v" + i;
            rename(vendor, name);
            long acknowledged = System.nanoTime();
            await().pollInterval(Duration.ofMillis(1))
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> seenByReader(vendor).name().equals(name));
            taken.add(Duration.ofNanos(System.nanoTime() - acknowledged));
        }
        assertThat(seenByReader(vendor).result())
                .as("all the while it was remembered")
                .isEqualTo("hit");
        assertThat(taken.stream().sorted().toList().get(25)).isLessThan(Duration.ofMillis(100));
    }

    @Test
    @Order(2)
    void theOtherForgetsASearchWhereSomethingHappened() {
        assertThat(reader().search(LATITUDE, -90, 20).path("totalCount").asInt())
                .isZero();
        await().atMost(Duration.ofSeconds(20)).until(() -> searchResult(-90).equals("hit"));
        assertThat(searchResult(-80)).isEqualTo("miss");
        await().atMost(Duration.ofSeconds(20)).until(() -> searchResult(-80).equals("hit"));

        writer().registerVendor("new", LATITUDE, -90);
        await().atMost(Duration.ofSeconds(5))
                .until(() ->
                        reader().search(LATITUDE, -90, 20).path("totalCount").asInt() == 1);
        assertThat(searchResult(-80)).as("nothing happened there").isEqualTo("hit");
    }

    @Test
    @Order(3)
    void aNewInstanceHasWhatIsUsedMostBeforeItIsReady() throws InterruptedException {
        String used = writer().registerVendor("used", LATITUDE, LONGITUDE);
        String unused = writer().registerVendor("unused", LATITUDE, LONGITUDE);
        writer().registerVendor("far away", LATITUDE, -60);
        double before = written();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            reader().readVendor(used);
            return written() >= before + 2;
        });
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        DYNAMO.next("BatchGetItem", (request, upstream) -> {
            asked.countDown();
            gate.await();
            return upstream.forward(request);
        });
        try (TowlineProcess young = TowlineProcess.launch(writers)) {
            assertThat(asked.await(60, TimeUnit.SECONDS)).as(young.printed()).isTrue();
            assertThat(young.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
            assertThat(young.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
            gate.countDown();
            young.awaitReady();
            assertThat(seenBy(young, used).result()).isEqualTo("hit");
            assertThat(seenBy(young, unused).result()).isEqualTo("miss");
            assertThat(searchedBy(young, -60, 20).name())
                    .as("it has heard nothing of that")
                    .isEqualTo("far away");

            rename(used, "changed");
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> seenBy(young, used).name().equals("changed"));
            assertThat(young.stop())
                    .as("with a goodbye, so that nobody waits for it")
                    .isEqualTo(143);
        } finally {
            gate.countDown();
        }
    }

    @Test
    @Order(3)
    void aBoardGoesOnAtTheOtherInstance() {
        String vendor = writer().registerVendor("v1", LATITUDE, LONGITUDE);
        AtomicReference<String> position = new AtomicReference<>();
        // whoever opens a board just after an instance was started has to open it once more
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            try (GraphQlSocket board = board(instances.getFirst(), null)) {
                position.set(nextOnBoard(board).path("position").asString());
            }
            rename(vendor, "v2");
            try (GraphQlSocket board = board(instances.getLast(), position.get())) {
                return !nextOnBoard(board).path("kind").asString().equals("RESET");
            }
        });
        JsonNode seen;
        try (GraphQlSocket board = board(instances.getFirst(), position.get())) {
            do {
                seen = nextOnBoard(board);
            } while (!seen.path("id").asString().equals(vendor));
        }
        rename(vendor, "v3");
        try (GraphQlSocket board =
                board(instances.getLast(), seen.path("position").asString())) {
            JsonNode next = nextOnBoard(board);
            assertThat(next.path("kind").asString()).isEqualTo("VENDOR");
            assertThat(next.path("id").asString()).isEqualTo(vendor);
            assertThat(next.path("version").asInt())
                    .isEqualTo(seen.path("version").asInt() + 1);
            assertThat(next.at("/vendor/name").asString()).isEqualTo("v3");
        }
    }

    @Test
    @Order(4)
    void withoutRedisNothingIsServedThatIsOlderThanASecond() throws InterruptedException {
        String vendor = writer().registerVendor("before", LATITUDE, LONGITUDE);
        String other = writer().registerVendor("before", LATITUDE, LONGITUDE);
        untilReaderRemembers(vendor);
        untilReaderRemembers(other);
        REDIS.stop();
        rename(vendor, "after");
        rename(other, "after");
        // whoever knows of it gets it at once, and everybody else soon
        assertThat(reader(seen(other, 2)).readVendor(other).path("name").asString())
                .isEqualTo("after");
        await().atMost(Duration.ofSeconds(5))
                .until(() -> seenByReader(vendor).name().equals("after"));
        TimeUnit.MILLISECONDS.sleep(2_500);
        for (int i = 0; i < 20; i++) {
            Seen seen = seenByReader(vendor);
            assertThat(seen.ageMillis()).isLessThanOrEqualTo(1000);
            TimeUnit.MILLISECONDS.sleep(100);
        }

        REDIS.start();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            Seen seen = seenByReader(vendor);
            return seen.result().equals("hit") && seen.ageMillis() > 1500;
        });
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void aWriterKilledBeforeItsMessageLeavesOldValuesOnlyBriefly() throws InterruptedException {
        String vendor = writer().registerVendor("before", LATITUDE, LONGITUDE);
        untilReaderRemembers(vendor);
        GraphQlSocket board = board(instances.getLast(), null);
        assertThat(nextOnBoard(board).path("kind").asString()).isEqualTo("RESET");
        // DynamoDB has the write, and whoever wrote it never knows
        CountDownLatch stored = new CountDownLatch(2);
        Fault killed = (request, upstream) -> {
            upstream.forward(request);
            stored.countDown();
            return Fault.requestStuck().answer(request, upstream);
        };
        DYNAMO.next("PutItem", killed, killed);
        untilKilled(() -> rename(vendor, "after"));
        untilKilled(() -> writer().registerVendor("new", LATITUDE, -50));
        assertThat(stored.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(seenByReader(vendor).name()).isEqualTo("before");
        instances.getFirst().kill();
        long since = System.nanoTime();

        await().atMost(Duration.ofSeconds(10))
                .until(() -> seenByReader(vendor).name().equals("after"));
        assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(5));
        JsonNode next;
        do {
            next = nextOnBoard(board);
        } while (!next.path("kind").asString().equals("RESET"));
        board.close();
        assertThat(searchResult(-80)).as("it may have changed that, too").isEqualTo("miss");
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        reader().search(LATITUDE, -50, 20).path("totalCount").asInt() == 1);
    }

    /** @param after null to begin anew */
    private static GraphQlSocket board(TowlineProcess instance, @Nullable String after) {
        GraphQlSocket socket = GraphQlSocket.connect(instance.api()).init(Map.of());
        assertThat(socket.next().path("type").asString()).isEqualTo("connection_ack");
        return socket.subscribe(
                "1",
                "subscription($after: ID%s) { onDispatchChanged(after: $after) { kind id version position vendor { name } } }"
                        .formatted(after == null ? "" : "!"),
                after == null ? Map.of() : Map.of("after", after));
    }

    private static JsonNode nextOnBoard(GraphQlSocket board) {
        JsonNode message = board.next();
        assertThat(message.path("type").asString()).as("%s", message).isEqualTo("next");
        return message.at("/payload/data/onDispatchChanged");
    }

    private static void untilKilled(Runnable write) {
        Thread.ofVirtual().start(() -> {
            try {
                write.run();
            } catch (UncheckedIOException killed) {
                // as it was meant to be
            }
        });
    }

    /** The reader's view of a vendor. */
    private record Seen(String name, String result, String tier, long ageMillis) {}

    private static Seen seenByReader(String vendor) {
        return seenBy(instances.getLast(), vendor);
    }

    private static Seen seenBy(TowlineProcess instance, String vendor) {
        JsonNode answer = instance.api()
                .with("X-Towline-Cache-Report", "1")
                .response("query($id: ID!) { getVendor(id: $id) { name } }", Map.of("id", vendor));
        JsonNode report = answer.at("/extensions/cache").path("/getVendor");
        return new Seen(
                answer.at("/data/getVendor/name").asString(),
                report.path("result").asString(),
                report.path("tier").asString(),
                report.path("ageMs").asLong(0));
    }

    private static String searchResult(double longitude) {
        return searchedByReader(longitude).result();
    }

    private static Seen searchedByReader(double longitude) {
        return searchedBy(instances.getLast(), longitude, 20);
    }

    /** An instance's view of the nearest vendor. */
    private static Seen searchedBy(TowlineProcess instance, double longitude, double radiusMiles) {
        JsonNode answer = instance.api()
                .with("X-Towline-Cache-Report", "1")
                .response(
                        """
                        query($near: PositionInput!, $radiusMiles: Float!) {
                          searchVendorsNearby(near: $near, radiusMiles: $radiusMiles, first: 100) { totalCount edges { node { name } } }
                        }\
                        """,
                        Map.of(
                                "near",
                                Map.of("latitude", LATITUDE, "longitude", longitude),
                                "radiusMiles",
                                radiusMiles));
        JsonNode report = answer.at("/extensions/cache").path("/searchVendorsNearby");
        return new Seen(
                answer.at("/data/searchVendorsNearby/edges/0/node/name").asString(""),
                report.path("result").asString(),
                report.path("tier").asString(),
                report.path("ageMs").asLong(0));
    }

    /** How often the reader has written down what it has used. */
    private static double written() {
        return instances
                .getLast()
                .get("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith("towline_cache_warm_notes_total{") && line.contains("ok"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static void untilReaderRemembers(String vendor) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> seenByReader(vendor).result().equals("hit"));
    }

    private static void rename(String vendor, String name) {
        instances
                .getFirst()
                .api()
                .response(
                        "mutation($input: UpdateVendorInput!) { updateVendor(input: $input) { id } }",
                        Map.of("input", Map.of("vendorId", vendor, "name", name)));
    }

    private static String seen(String vendor, int version) {
        return "vendor:%s=%d".formatted(vendor, version);
    }

    private static Dispatcher writer() {
        return new Dispatcher(instances.getFirst().api());
    }

    private static Dispatcher reader() {
        return new Dispatcher(instances.getLast().api());
    }

    private static Dispatcher reader(String seen) {
        return new Dispatcher(instances.getLast().api().with("X-Towline-Seen", seen));
    }
}
