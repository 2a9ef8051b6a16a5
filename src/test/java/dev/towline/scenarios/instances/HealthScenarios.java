package dev.towline.scenarios.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.dynamo.Fault;
import dev.towline.dynamo.FaultyDynamo;
import dev.towline.local.EmbeddedRedis;
import dev.towline.local.SharedStack;
import dev.towline.scenarios.Answer;
import dev.towline.scenarios.Dispatcher;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Health and answers with all systems available, without Redis and without DynamoDB. */
class HealthScenarios {

    private static final Duration SOON = Duration.ofMinutes(1);
    /** Health checks must answer before their caller gives up, independent of the time limits of requests. */
    private static final Duration HEALTH_ANSWERS_WITHIN = Duration.ofSeconds(10);

    /** Where nobody has searched yet, in hundredths of a degree: the answers of other searches are remembered. */
    private static final AtomicInteger NOWHERE_YET = new AtomicInteger();

    private static final String SECRET = "not-for-the-log-5e71";
    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    @SuppressWarnings("NullAway.Init") // before all tests
    private static EmbeddedRedis redis;

    @SuppressWarnings("NullAway.Init") // before all tests
    private static FaultyDynamo dynamo;

    @SuppressWarnings("NullAway.Init") // before all tests
    private static TowlineProcess towline;

    @BeforeAll
    static void start() {
        redis = EmbeddedRedis.inMemory(0);
        dynamo = FaultyDynamo.inFrontOf(SharedStack.stack().dynamo().endpoint());
        Map<String, String> settings = new HashMap<>(SharedStack.freshProperties());
        settings.putAll(SharedStack.behind(dynamo.endpoint()));
        settings.put("towline.dynamo.secret-access-key", SECRET);
        settings.put("spring.data.redis.port", Integer.toString(redis.port()));
        settings.put("towline.viewer.unauthenticated-role", "DISPATCHER");
        towline = TowlineProcess.start(settings);
    }

    @AfterEach
    void makeWhole() {
        dynamo.calm();
        redis.start();
        await().atMost(SOON).untilAsserted(() -> {
            assertHealth("readiness", 200, "UP", "dynamodb", "UP");
            assertHealth("readiness", 200, "UP", "redis", "UP");
        });
    }

    @AfterAll
    static void stop() {
        towline.close();
        dynamo.close();
        redis.close();
    }

    @Test
    void isHealthyWithEverythingThere() {
        assertThat(health("liveness").statusCode()).isEqualTo(200);
        assertHealth("readiness", 200, "UP", "dynamodb", "UP");
        assertHealth("readiness", 200, "UP", "redis", "UP");
        // the names of what it needs, and nothing of where it is
        assertThat(health("readiness").body())
                .doesNotContain(String.valueOf(redis.port()))
                .doesNotContain(dynamo.endpoint());
    }

    @Test
    void countsWhatDashboardsRelyOn() {
        Dispatcher dispatcher = dispatcher();
        String vendor = dispatcher.registerVendor("Metric Tyres", 10, 10);
        String incident = dispatcher.createIncident(10, 10);
        String session = dispatcher
                .start(incident, vendor, null)
                .at("/data/startTrackingSession/id")
                .asString();
        dispatcher.move(session, 10, 10, Instant.now());
        dispatcher.move(session, 100, 10, Instant.now());
        dispatcher.readAssignment(incident);
        awaitSource("index");
        try (GraphQlSocket socket = GraphQlSocket.connect(towline.api()).init(Map.of())) {
            socket.next();
            socket.subscribe(
                    "1",
                    "subscription($id: ID!) { onTrackingUpdated(sessionId: $id) { sequence } }",
                    Map.of("id", session));
            socket.next();
            assertThat(metric("towline_live_watchers")).isEqualTo(1);
        }

        assertThat(metric(
                        "towline_dynamo_calls_seconds_count",
                        "table=\"incidents+tracking-sessions+vendors\"",
                        "operation=\"TransactWriteItems\"",
                        "path=\"dynamodb\"",
                        "outcome=\"ok\""))
                .isPositive();
        assertThat(metric("towline_dynamo_calls_seconds_count", "table=\"incidents\"", "operation=\"BatchGetItem\""))
                .isPositive();
        assertThat(metric("towline_intake_points_total", "outcome=\"stored\"")).isEqualTo(1);
        assertThat(metric("towline_intake_points_total", "outcome=\"rejected\""))
                .isEqualTo(1);
        assertThat(metric("towline_search_seconds_count", "source=\"index\"")).isPositive();
        assertThat(metric("towline_live_delivered_total")).isPositive();
        assertThat(metric("towline_live_conflated_total")).isZero();
        assertThat(towline.get("/actuator/prometheus").body())
                .doesNotContain(vendor)
                .doesNotContain(incident)
                .doesNotContain(session);
    }

    @Test
    void livesOnWithoutRedisAndPicksItUpAgain() {
        Dispatcher dispatcher = dispatcher();
        String before = dispatcher.registerVendor("Before", 20, 20);
        String moving = dispatcher.registerVendor("Moving", 20, 20);
        awaitSource("index");

        redis.stop();

        await().atMost(SOON).untilAsserted(() -> assertHealth("readiness", 200, "UP", "redis", "DEGRADED"));
        assertThat(health("liveness").statusCode()).isEqualTo(200);
        String meanwhile = dispatcher.registerVendor("Meanwhile", 20, 20);
        String incident = dispatcher.createIncident(20, 20);
        String session = dispatcher
                .start(incident, moving, null)
                .at("/data/startTrackingSession/id")
                .asString();
        assertThat(dispatcher
                        .move(session, 21, 20, Instant.now())
                        .at("/data/updateLocation/outcome")
                        .asString())
                .isEqualTo("STORED");
        assertThat(Answer.code(dispatcher.advance(session, "COMPLETED"))).isEmpty();
        awaitSource("dynamodb");
        assertThat(found(20, 20)).containsExactlyInAnyOrder(before, meanwhile);
        assertThat(found(21, 20)).containsExactly(moving);

        redis.start(); // with nothing in it

        awaitSource("index");
        assertThat(found(20, 20)).containsExactlyInAnyOrder(before, meanwhile);
        assertThat(found(21, 20)).containsExactly(moving);
        assertHealth("readiness", 200, "UP", "redis", "UP");
    }

    @Test
    void rebuildsTheIndexOfARedisThatCameBackEmptyUnnoticed() {
        String before = dispatcher().registerVendor("Before, too", 40, 40);
        awaitSource("index");

        redis.stop();
        redis.start();
        String afterwards = dispatcher().registerVendor("First afterwards", 40, 40);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(found(40, 40)).containsExactlyInAnyOrder(before, afterwards));
        awaitSource("index");
        assertThat(found(40, 40)).containsExactlyInAnyOrder(before, afterwards);
    }

    @Test
    void isNotReadyWithoutDynamoDbAndRecovers() {
        Dispatcher dispatcher = dispatcher();
        String incident = dispatcher.createIncident(50, 50);

        dynamo.cutOff();

        assertHealth("readiness", 503, "DOWN", "dynamodb", "DOWN");
        assertHealth("readiness", 503, "DOWN", "redis", "UP");
        assertThat(health("liveness").statusCode()).isEqualTo(200);
        JsonNode refused = tracedQuery(incident);
        assertThat(Answer.code(refused)).isEqualTo("UNAVAILABLE");
        assertThat(refused.toString()).doesNotContain("Exception").doesNotContain("127.0.0.1");
        assertThat(Answer.code(dispatcher.createIncident(50, 50, null))).isEqualTo("UNAVAILABLE");
        assertTraced(TRACE_ID);
        assertThat(towline.printed()).doesNotContain(SECRET);

        dynamo.calm();

        await().atMost(SOON).untilAsserted(() -> assertHealth("readiness", 200, "UP", "dynamodb", "UP"));
        assertThat(dispatcher.readAssignment(incident).path("status").asString())
                .isEqualTo("REPORTED");
    }

    @Test
    void isNotReadyWhileDynamoDbHangs() {
        dynamo.always("GetItem", Fault.requestStuck());

        assertThat(CompletableFuture.supplyAsync(() -> health("readiness").statusCode()))
                .succeedsWithin(HEALTH_ANSWERS_WITHIN)
                .isEqualTo(503);
    }

    private static Dispatcher dispatcher() {
        return new Dispatcher(towline.api());
    }

    private static JsonNode tracedQuery(String incident) {
        return towline.api()
                .with("traceparent", "00-" + TRACE_ID + "-00f067aa0ba902b7-01")
                .response("query($id: ID!) { getIncident(id: $id) { id } }", Map.of("id", incident));
    }

    private static void assertTraced(String traceId) {
        List<JsonNode> warnings = towline.log().stream()
                .filter(line -> line.at("/log/level").asString().equals("WARN"))
                .filter(line -> line.path("message").asString().startsWith("UNAVAILABLE"))
                .toList();
        assertThat(warnings).anySatisfy(line -> {
            assertThat(line.path("traceId").asString("")).isEqualTo(traceId);
            assertThat(line.path("spanId").asString("")).isNotEmpty();
        });
        assertThat(warnings)
                .allSatisfy(
                        line -> assertThat(line.path("traceId").asString("")).isNotEmpty());
    }

    private static HttpResponse<String> health(String group) {
        return towline.get("/actuator/health/" + group);
    }

    private static void assertHealth(String group, int httpStatus, String status, String part, String itsStatus) {
        HttpResponse<String> answer = health(group);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(httpStatus);
        JsonNode health = JsonMapper.shared().readTree(answer.body());
        assertThat(health.path("status").asString()).isEqualTo(status);
        assertThat(health.at("/components/" + part + "/status").asString("")).isEqualTo(itsStatus);
    }

    /** The vendors within 30 miles of a position. */
    private static List<String> found(double latitude, double longitude) {
        return dispatcher()
                .search(latitude, longitude, 30)
                .path("edges")
                .valueStream()
                .map(edge -> edge.at("/node/id").asString())
                .toList();
    }

    private static void awaitSource(String source) {
        await().atMost(SOON).until(() -> sourceOfSearches().equals(source));
    }

    /** Where a search that nobody has asked for yet takes its answer from now. */
    private static String sourceOfSearches() {
        List<String> sources = List.of("index", "redis", "last_known", "dynamodb");
        List<Double> before = sources.stream().map(HealthScenarios::searchesIn).toList();
        found(0, NOWHERE_YET.incrementAndGet() / 100.0);
        return sources.stream()
                .filter(source -> searchesIn(source) > before.get(sources.indexOf(source)))
                .findFirst()
                .orElse("none");
    }

    private static double searchesIn(String source) {
        return metric("towline_search_seconds_count", "source=\"" + source + "\"");
    }

    /** The sum of a metric over everything that has these tags; 0 if there is nothing. */
    private static double metric(String name, String... tags) {
        return towline.get("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> List.of(tags).stream().allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
