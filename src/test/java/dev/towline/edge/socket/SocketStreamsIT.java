package dev.towline.edge.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.edge.Endpoint;
import dev.towline.edge.SocketClient;
import dev.towline.edge.SocketClient.Close;
import dev.towline.local.RunsTowline;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Subscriptions over WebSocket, and their cleanup. */
@RunsTowline
class SocketStreamsIT {

    private static final String WATCH = "{'id':'%s','type':'subscribe','payload':{'variables':{'id':'%s'},'query':"
            + "'subscription($id: ID!) { onTrackingUpdated(sessionId: $id) { %s } }'}}";
    private static final String MUCH =
            "{ __schema { types { name description fields { name description args { name description } } } } }";

    @LocalServerPort
    private int port;

    @Autowired
    private MeterRegistry meters;

    private Endpoint api;
    private SocketClient client;
    private String session;

    @BeforeEach
    void startASession() {
        api = new Endpoint(port);
        session = newSession();
        awaitWatchers(0);
        client = SocketClient.connect(port).introduced();
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Test
    void followsASessionFromItsSnapshotToItsEnd() {
        watch("1");
        assertThat(kind(client.hears("next", "1"))).isEqualTo("SNAPSHOT");
        for (String step : new String[] {"EN_ROUTE", "ARRIVED"}) {
            advance(session, step);
            assertThat(kind(client.hears("next", "1"))).isEqualTo("STATUS");
        }
        advance(session, "COMPLETED");
        assertThat(kind(client.hears("next", "1"))).isEqualTo("ENDED");
        assertThat(client.hears()).isEqualTo("{'id':'1','type':'complete'}");
        awaitWatchers(0);
    }

    @Test
    void reportsAnUnknownSessionAndStaysOpen() {
        client.says(WATCH.formatted("1", "there-is-none", "kind"));

        JsonNode errors = client.hears("error", "1");
        assertThat(errors.at("/0/extensions/code").asString()).isEqualTo("NOT_FOUND");
        assertThat(errors.at("/0/extensions/correlationId").asString()).isNotEmpty();
        watch("1");
        assertThat(kind(client.hears("next", "1"))).isEqualTo("SNAPSHOT");
    }

    @Test
    void endsAStreamWhenItsClientCompletesIt() {
        watch("1");
        client.hears("next", "1");
        awaitWatchers(1);

        client.completes("1");

        awaitWatchers(0);
        advance(session, "EN_ROUTE");
        client.hearsNothing();
        watch("1");
        assertThat(kind(client.hears("next", "1"))).isEqualTo("SNAPSHOT");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endsAllStreamsOfAClosedConnection(boolean politely) {
        watch("1");
        watch("2");
        awaitWatchers(2);

        if (politely) {
            client.leaves();
        } else {
            client.close();
        }

        awaitWatchers(0);
    }

    @Test
    void closesASocketThatRepeatsAnIdAndEndsItsStreams() {
        watch("other");
        watch("not-unique");
        awaitWatchers(2);
        client.subscribes("not-unique", "{ __typename }");

        assertThat(client.closed()).isEqualTo(new Close(4409, "Subscriber for not-unique already exists"));
        awaitWatchers(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "session { trail(first: 0) { edges { cursor } } }                 | onTrackingUpdated/session/trail",
                "kind s: session { id t: trail(first: 0) { edges { cursor } } } | onTrackingUpdated/s/t"
            })
    void reportsAnErrorInAnItemAndGoesOn(String selection, String path) {
        client.says(WATCH.formatted("1", session, selection));
        assertRefusedItem(client.hears("next", "1"), path);
        advance(session, "EN_ROUTE");
        assertRefusedItem(client.hears("next", "1"), path);
        advance(session, "COMPLETED");
        assertRefusedItem(client.hears("next", "1"), path);
        assertThat(client.hears()).isEqualTo("{'id':'1','type':'complete'}");
        awaitWatchers(0);
    }

    @Test
    void reportsAnErrorInAnItemAsAnEvent() {
        String wrong = "session { trail(first: 0) { edges { cursor } } }";
        advance(session, "COMPLETED");

        List<String> events = api.get(
                        Map.of(
                                "query",
                                "subscription { onTrackingUpdated(sessionId: \"%s\") { %s } }"
                                        .formatted(session, wrong)),
                        "Accept",
                        "text/event-stream")
                .text()
                .lines()
                .filter(line -> line.startsWith("event: ") || line.startsWith("data: {\""))
                .toList();

        assertThat(events).hasSize(5).last().isEqualTo("event: complete");
        for (int i = 0; i < 2; i++) {
            assertThat(events.get(2 * i)).isEqualTo("event: next");
            assertRefusedItem(
                    Endpoint.JSON.readTree(events.get(2 * i + 1).substring("data: ".length())),
                    "onTrackingUpdated/session/trail");
        }
    }

    @Test
    void runsManyOperationsConcurrently() {
        int count = 50;
        for (int i = 0; i < count; i++) {
            watch("watch-" + i);
            client.subscribes("query-" + i, "{ getIncident(id: 1) { id } }");
        }
        Set<String> missing = new HashSet<>();
        IntStream.range(0, count).forEach(i -> {
            missing.add("next watch-" + i);
            missing.add("next query-" + i);
            missing.add("complete query-" + i);
        });
        while (!missing.isEmpty()) {
            assertThat(missing.remove(told())).isTrue();
        }
        advance(session, "COMPLETED");
        IntStream.range(0, count).forEach(i -> {
            missing.add("next watch-" + i);
            missing.add("complete watch-" + i);
        });
        while (!missing.isEmpty()) {
            assertThat(missing.remove(told())).isTrue();
        }
        awaitWatchers(0);
    }

    @Test
    void aClientThatDoesNotReadDelaysNoOther() {
        int many = 500;
        try (SocketClient slow = SocketClient.connect(port)) {
            slow.says("{'type':'connection_init','payload':{'X-Towline-Local-Tenant':'slow'}}")
                    .hears();
            slow.stopsListening();
            for (int i = 0; i < many; i++) {
                slow.subscribes("q" + i, MUCH);
            }
            slow.subscribes(
                    "last",
                    "mutation { createIncident(input: {kind: TIRE, position: {latitude: 1, longitude: 2}}) { id } }");

            awaitStandstill();

            watch("1");
            assertThat(kind(client.hears("next", "1"))).isEqualTo("SNAPSHOT");
            advance(session, "EN_ROUTE");
            assertThat(kind(client.hears("next", "1"))).isEqualTo("STATUS");
            client.subscribes("2", "{ __typename }").hears("next", "2");
            assertThat(incidentsOf("slow"))
                    .as("the last message of the slow client is not handled yet")
                    .isZero();

            slow.listensAgain();
            for (int i = 0; i < many; i++) {
                slow.hears("next", "q" + i);
                slow.hears("complete", "q" + i);
            }
            slow.hears("next", "last");
        }
    }

    private void watch(String id) {
        client.says(WATCH.formatted(id, session, "kind"));
    }

    private String told() {
        JsonNode message = client.hearsAny();
        return message.path("type").asString() + " " + message.path("id").asString();
    }

    private void awaitWatchers(int count) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> meters.get("towline.live.watchers").gauge().value() == count);
    }

    /** Waits until no more operations start. */
    private void awaitStandstill() {
        AtomicReference<Double> last = new AtomicReference<>(-1.0);
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> documents().equals(last.getAndSet(documents())));
    }

    private Double documents() {
        return meters.get("towline.documents.requests").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private String newSession() {
        String incident = make("createIncident(input: {kind: TIRE, position: {latitude: 1, longitude: 2}})");
        String vendor =
                make("registerVendor(input: {name: \"Ace\", capabilities: [TOWING], position: {latitude: 1, longitude:"
                        + " 2}})");
        return make("startTrackingSession(input: {incidentId: \"%s\", vendorId: \"%s\"})".formatted(incident, vendor));
    }

    private String make(String mutation) {
        return api.query("mutation { made: " + mutation + " { id } }")
                .body()
                .at("/data/made/id")
                .asString();
    }

    private void advance(String id, String status) {
        make("updateSessionStatus(input: {sessionId: \"%s\", status: %s})".formatted(id, status));
    }

    private int incidentsOf(String tenant) {
        String query = Endpoint.JSON.writeValueAsString(Map.of("query", "{ listIncidents { edges { cursor } } }"));
        return api.post(query, "X-Towline-Local-Tenant", tenant)
                .body()
                .at("/data/listIncidents/edges")
                .size();
    }

    private static String kind(JsonNode result) {
        return result.at("/data/onTrackingUpdated/kind").asString();
    }

    /** Asserts that an item has one error with this path, and null for the closest nullable field above it. */
    private static void assertRefusedItem(JsonNode item, String path) {
        assertThat(item.path("errors").size()).as("%s", item).isEqualTo(1);
        JsonNode error = item.at("/errors/0");
        assertThat(error.at("/extensions/code").asString()).as("%s", item).isEqualTo("BAD_INPUT");
        assertThat(error.at("/extensions/correlationId").asString()).isNotEmpty();
        assertThat(String.join(
                        "/",
                        error.path("path").valueStream().map(JsonNode::asString).toList()))
                .isEqualTo(path);
        assertThat(item.has("data")).as("%s", item).isTrue();
    }
}
