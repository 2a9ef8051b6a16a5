package dev.towline.scenarios.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.towline.local.SharedStack;
import dev.towline.scenarios.Answer;
import dev.towline.scenarios.Caller;
import dev.towline.scenarios.Dispatcher;
import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/** The production jar: authentication, requests, and settings that stop its start. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProductionJarScenarios {

    private static final String SECRET = "not-for-the-log-1f6c";
    private static final String PASSWORD = "not-for-the-log-8a2d";

    private static final Map<String, String> LOCAL_DISPATCHER = Map.of(
            "X-Towline-Local-Role", "DISPATCHER",
            "X-Towline-Local-Subject", "local",
            "X-Towline-Local-Tenant", "local");

    private static final String ANY_QUERY = "{ listIncidents { edges { node { id } } } }";

    @SuppressWarnings("NullAway.Init") // before all tests
    private static TowlineProcess closed;

    @SuppressWarnings("NullAway.Init") // before all tests
    private static TowlineProcess open;

    @BeforeAll
    static void start() {
        Map<String, String> settings = settings();
        // Redis asks for none and so refuses it, which costs speed only
        settings.put("spring.data.redis.password", PASSWORD);
        closed = TowlineProcess.launchJar(settings);
        Map<String, String> withRole = settings();
        withRole.put("towline.viewer.unauthenticated-role", "DISPATCHER");
        open = TowlineProcess.launch(withRole);
        closed.awaitReady();
        open.awaitReady();
    }

    @AfterAll
    static void stop() {
        closed.close();
        open.close();
    }

    @Test
    void answersNobodyWithoutARole() {
        assertUnauthenticated(closed.api().response(ANY_QUERY, Map.of()));
    }

    @Test
    void takesNobodyAtTheirWord() {
        assertUnauthenticated(locally(closed.api()).response(ANY_QUERY, Map.of()));
    }

    @Test
    void answersWhoeverHasATokenOfTheIssuer() {
        String token = SharedStack.stack()
                .issuer()
                .token(new Viewer(Role.DISPATCHER, "dora", new Tenant("acme")), Duration.ofMinutes(5))
                .token();

        JsonNode answer = closed.api().with("Authorization", "Bearer " + token).response(ANY_QUERY, Map.of());

        assertThat(answer.at("/data/listIncidents/edges").isArray())
                .as("%s", answer)
                .isTrue();
    }

    @Test
    void refusesABadTokenThoughEverybodyHasARole() {
        assertUnauthenticated(open.api().with("Authorization", "Bearer garbage").response(ANY_QUERY, Map.of()));
    }

    @Test
    void closesTheWebSocketOfNobody() {
        try (GraphQlSocket socket = GraphQlSocket.connect(closed.api()).init(Map.of())) {
            assertThat(socket.closeCode()).isEqualTo(4401);
        }
        try (GraphQlSocket socket = GraphQlSocket.connect(locally(closed.api())).init(LOCAL_DISPATCHER)) {
            assertThat(socket.closeCode()).isEqualTo(4401);
        }
    }

    @Test
    void doesAWholeJob() {
        Dispatcher dispatcher = new Dispatcher(open.api());
        String vendor = dispatcher.registerVendor("Journey Tyres", 30.30, -97.70);
        String incident = dispatcher.createIncident(30.27, -97.74);

        JsonNode nearest = dispatcher.search(30.27, -97.74, 25).at("/edges/0");
        assertThat(nearest.at("/node/id").asString()).isEqualTo(vendor);
        assertThat(nearest.path("distanceMiles").asDouble()).isCloseTo(3.2, within(0.3));

        JsonNode session = dispatcher.start(incident, vendor, null).at("/data/startTrackingSession");
        String sessionId = session.path("id").asString();
        assertThat(session.path("status").asString()).isEqualTo("ASSIGNED");
        try (GraphQlSocket socket = watch(sessionId)) {
            assertUpdate(socket.next(), "SNAPSHOT", 1, "ASSIGNED");
            JsonNode moved = dispatcher.move(sessionId, 30.28, -97.72, Instant.now());
            assertThat(moved.at("/data/updateLocation/outcome").asString()).isEqualTo("STORED");
            assertUpdate(socket.next(), "LOCATION", 2, "ASSIGNED");
            JsonNode ended = dispatcher.advance(sessionId, "COMPLETED").at("/data/updateSessionStatus");
            assertThat(ended.path("status").asString()).isEqualTo("COMPLETED");
            assertThat(ended.at("/incident/status").asString()).isEqualTo("RESOLVED");
            assertUpdate(socket.next(), "ENDED", 3, "COMPLETED");
            assertThat(socket.next().path("type").asString()).isEqualTo("complete");
        }
        JsonNode released = dispatcher.readVendor(vendor);
        assertThat(released.path("availability").asString()).isEqualTo("AVAILABLE");
        assertThat(released.at("/position/latitude").asDouble()).isEqualTo(30.28);
    }

    @Test
    void namesWhatKeepsItFromStarting() {
        Map<String, String> withoutTables = settings();
        withoutTables.put("towline.dynamo.create-tables", "false");
        Map<String, String> withoutKey = settings();
        withoutKey.remove("towline.dynamo.access-key-id");
        Map<String, String> withoutAnybody = settings();
        withoutAnybody.keySet().removeIf(name -> name.startsWith("towline.token."));
        try (TowlineProcess lacksTables = TowlineProcess.launch(withoutTables);
                TowlineProcess lacksAnybody = TowlineProcess.launch(withoutAnybody);
                TowlineProcess lacksKey = TowlineProcess.launch(withoutKey)) {
            String prefix = withoutTables.get("towline.dynamo.table-prefix");
            assertThat(lacksTables.refusal())
                    .contains("table " + prefix + "incidents does not exist")
                    .contains("table " + prefix + "vendors does not exist")
                    .contains("table " + prefix + "tracking-sessions does not exist")
                    .contains("towline.dynamo.create-tables=true")
                    .doesNotContain(SECRET)
                    .doesNotContain("\tat ");
            assertThat(lacksAnybody.refusal())
                    .contains("towline.token.issuer")
                    .contains("towline.api-keys")
                    .contains("towline.viewer.unauthenticated-role")
                    .doesNotContain(SECRET)
                    .doesNotContain("\tat ");
            assertThat(lacksKey.refusal())
                    .contains("towline.dynamo.access-key-id")
                    .doesNotContain(SECRET);
        }
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void endsInOrderHavingLoggedNothingButStructuredLinesAndNoSecret() {
        assertThat(closed.stop()).isEqualTo(143);
        assertThat(closed.log()).isNotEmpty().allSatisfy(line -> {
            assertThat(line.path("@timestamp").asString("")).isNotEmpty();
            assertThat(line.at("/log/level").asString("")).isNotEmpty();
            assertThat(line.path("message").asString("")).isNotEmpty();
            assertThat(line.at("/service/name").asString("")).isEqualTo("towline");
        });
        assertThat(closed.printed()).doesNotContain(SECRET).doesNotContain(PASSWORD);
        assertThat(open.log()).isNotEmpty();
        assertThat(open.printed()).doesNotContain(SECRET);
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(SharedStack.freshProperties());
        settings.put("towline.dynamo.secret-access-key", SECRET);
        return settings;
    }

    private static Caller locally(Caller caller) {
        return caller.with(LOCAL_DISPATCHER);
    }

    private static GraphQlSocket watch(String sessionId) {
        GraphQlSocket socket = GraphQlSocket.connect(open.api()).init(Map.of());
        assertThat(socket.next().path("type").asString()).isEqualTo("connection_ack");
        return socket.subscribe(
                "watch",
                "subscription($id: ID!) { onTrackingUpdated(sessionId: $id) { kind sequence status } }",
                Map.of("id", sessionId));
    }

    private static void assertUpdate(JsonNode message, String kind, int sequence, String status) {
        JsonNode update = message.at("/payload/data/onTrackingUpdated");
        assertThat(update.path("kind").asString("")).as("%s", message).isEqualTo(kind);
        assertThat(update.path("sequence").asInt()).isEqualTo(sequence);
        assertThat(update.path("status").asString()).isEqualTo(status);
    }

    private static void assertUnauthenticated(JsonNode answer) {
        assertThat(Answer.code(answer)).as("%s", answer).isEqualTo("UNAUTHENTICATED");
        assertThat(answer.path("data").isObject()).isFalse();
    }
}
