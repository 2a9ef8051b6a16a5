package dev.towline.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.Towline;
import dev.towline.demo.city.City;
import dev.towline.geo.GeoPoint;
import dev.towline.local.OnEmbeddedStack;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import tools.jackson.databind.JsonNode;

/** The fleet against the real service; both have one clock, which goes from one tick to the next. */
@SpringBootTest(
        classes = Towline.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "logging.level.software.amazon.dynamodb=warn")
@Import(DemoFleetIT.HeldClock.class)
@OnEmbeddedStack
class DemoFleetIT {

    private static final DemoSettings SETTINGS = new DemoSettings(true, 1, 3);
    private static final String SESSIONS = """
        { listTrackingSessions(filter: {active: true}) { edges { node { id status sequence eta { durationSeconds }
            currentLocation { latitude longitude speedMetersPerSecond headingDegrees } } } } }\
        """;
    private static final String MOVING =
            "{ listTrackingSessions(filter: {statuses: [EN_ROUTE]}, first: 1) { edges { node { id eta { arrivesAt } }"
                    + " } } }";
    private static final String SESSION = """
        query ($id: ID!) { getTrackingSession(id: $id) { status incident { status position { latitude longitude } }
            vendor { availability position { latitude longitude } } trail { edges { node { sequence } } } } }\
        """;
    private static final String SEARCH = """
        { searchVendorsNearby(near: {latitude: 30.2672, longitude: -97.7431}, radiusMiles: 20, first: 100) {
            totalCount edges { node { id name phone version availability } } } }\
        """;

    private final City city = City.austin();
    private final Time time;
    private final GraphQlClient client;
    private Fleet fleet;

    DemoFleetIT(@Autowired Time time, @LocalServerPort int port) {
        this.time = time;
        client = new GraphQlClient(URI.create("http://127.0.0.1:%d/graphql".formatted(port)));
        fleet = fleet();
    }

    @BeforeEach
    void begin() {
        fleet.tick();
    }

    @AfterEach
    void end() {
        client.close();
    }

    @Test
    void drivesDoesJobsAndGoesOnAfterARestart() {
        assertThat(sessions()).hasSize(3).allSatisfy((id, session) -> {
            assertThat(session.path("currentLocation").isObject()).isTrue();
            assertThat(session.path("eta").isObject()).isTrue();
        });
        Map<String, JsonNode> first = sessions();
        pass(Duration.ofMinutes(1));
        assertThat(sessions())
                .allSatisfy((id, session) -> assertThat(session.path("sequence").asInt())
                        .isGreaterThan(node(first, id).path("sequence").asInt()));
        assertThat(edges(MOVING)).hasSize(1);

        passUntil(() -> !sessions().keySet().containsAll(first.keySet()));
        String done = first.keySet().stream()
                .filter(id -> !sessions().containsKey(id))
                .findFirst()
                .orElseThrow();
        assertDone(client.call(SESSION, Map.of("id", done)).path("getTrackingSession"));

        List<JsonNode> vendors = vendors();
        Map<String, JsonNode> before = sessions();
        fleet = fleet();
        fleet.tick();
        assertThat(vendors()).hasSameSizeAs(vendors).hasSize(40);
        assertThat(sessions())
                .containsKeys(before.keySet().toArray(String[]::new))
                .hasSizeLessThanOrEqualTo(3);
        passUntil(() -> before.keySet().stream().anyMatch(id -> !sessions().containsKey(id)));
        assertThat(vendors())
                .filteredOn(vendor -> vendor.path("availability").asString().equals("AVAILABLE"))
                .hasSizeGreaterThan(30)
                // nobody has touched the free ones
                .filteredOn(vendor -> vendor.path("version").asInt() == 1)
                .hasSizeGreaterThanOrEqualTo(VendorList.FREE);
    }

    private static void assertDone(JsonNode session) {
        assertThat(session.path("status").asString()).isEqualTo("COMPLETED");
        assertThat(session.at("/incident/status").asString()).isEqualTo("RESOLVED");
        assertThat(session.at("/vendor/availability").asString()).isEqualTo("AVAILABLE");
        assertThat(point(session.at("/vendor/position"))
                        .distanceTo(point(session.at("/incident/position")))
                        .value())
                .isLessThan(50);
        assertThat(session.at("/trail/edges").size()).isGreaterThan(20);
    }

    private Fleet fleet() {
        return new Fleet(new HttpApi(client), city, time, SETTINGS);
    }

    private void pass(Duration duration) {
        Instant end = time.now.plus(duration);
        for (Instant next = fleet.tick(); next.isBefore(end); next = fleet.tick()) {
            time.now = next;
        }
        time.now = end;
    }

    private void passUntil(BooleanSupplier happened) {
        Instant end = time.now.plus(Duration.ofHours(1));
        while (!happened.getAsBoolean()) {
            assertThat(time.now).isBefore(end);
            pass(Duration.ofSeconds(30));
        }
    }

    private Map<String, JsonNode> sessions() {
        return new HashMap<>(edges(SESSIONS).stream()
                .collect(Collectors.toMap(node -> node.path("id").asString(), node -> node)));
    }

    private List<JsonNode> vendors() {
        return edges(SEARCH);
    }

    private List<JsonNode> edges(String query) {
        return client.call(query, Map.of())
                .values()
                .iterator()
                .next()
                .path("edges")
                .valueStream()
                .map(edge -> edge.path("node"))
                .toList();
    }

    private static JsonNode node(Map<String, JsonNode> nodes, String id) {
        return Objects.requireNonNull(nodes.get(id));
    }

    private static GeoPoint point(JsonNode position) {
        return new GeoPoint(
                position.path("latitude").asDouble(), position.path("longitude").asDouble());
    }

    static final class Time implements InstantSource {

        private volatile Instant now = Clock.tickMillis(ZoneOffset.UTC).instant();

        @Override
        public Instant instant() {
            return now;
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class HeldClock {

        @Bean
        @Primary
        Time heldTime() {
            return new Time();
        }
    }
}
