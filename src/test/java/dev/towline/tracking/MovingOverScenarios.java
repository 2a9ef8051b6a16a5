package dev.towline.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.dynamo.StoreOfTables;
import dev.towline.local.SharedStack;
import dev.towline.scenarios.Caller;
import dev.towline.scenarios.Dispatcher;
import dev.towline.scenarios.Dispatcher.Fix;
import dev.towline.scenarios.instances.TowlineProcess;
import dev.towline.viewer.Tenant;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The whole service starts over tables of an earlier version and goes on with its sessions. {@link SessionMoveIT} has the details. */
class MovingOverScenarios {

    /** More than two pages of the trail. */
    private static final int FIXES = 60;

    private final Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(300);

    @Test
    void aServiceGoesOnWithTheSessionsOfAnEarlierVersion() {
        try (StoreOfTables tables = new StoreOfTables(FirstShape.SESSIONS, FirstShape.TRAIL)) {
            FirstShape.Session old = EarlierVersion.drive(tables.instance(), begun(), FIXES);
            try (TowlineProcess towline =
                    TowlineProcess.launch(settings(tables.tablePrefix())).awaitReady()) {
                assertThat(towline.printed()).contains("Moved 1 of 1 sessions of an earlier version");
                assertShown(old, towline.api());
                assertGoesOn(old, new Dispatcher(towline.api()));
            }
        }
    }

    private void assertShown(FirstShape.Session old, Caller api) {
        JsonNode session = api.query(
                "getTrackingSession(id: '%s') { version status sequence currentLocation { recordedAt sequence } eta { distanceMeters } }"
                        .formatted(old.key().id()));
        assertThat(session.path("version").asInt()).isEqualTo(old.version());
        assertThat(session.path("status").asString()).isEqualTo("ASSIGNED");
        assertThat(session.path("sequence").asInt()).isEqualTo(old.sequence());
        assertThat(session.at("/currentLocation/sequence").asInt()).isEqualTo(old.sequence());
        assertThat(session.at("/eta/distanceMeters").asDouble()).isPositive();
        assertThat(api.query("listTrackingSessions { edges { node { id } } }")
                        .at("/edges/0/node/id")
                        .asString())
                .isEqualTo(old.key().id());
        assertThat(trail(old, api))
                .extracting(point -> Instant.parse(point.path("recordedAt").asString()))
                .isEqualTo(
                        IntStream.range(0, FIXES).mapToObj(start::plusSeconds).toList());
        assertThat(trail(old, api))
                .filteredOn(point -> !point.path("sequence").isNull())
                .extracting(point -> point.path("sequence").asInt())
                .isEqualTo(IntStream.rangeClosed(2, old.sequence()).boxed().toList());
    }

    private void assertGoesOn(FirstShape.Session old, Dispatcher dispatcher) {
        JsonNode results = dispatcher.sendAll(old.key().id(), fix(20), fix(20.5), fix(FIXES));

        assertThat(results.valueStream().map(result -> result.path("outcome").asString()))
                .containsExactly("DUPLICATE", "LATE", "STORED");
        assertThat(results.at("/2/sequence").asInt()).isEqualTo(old.sequence() + 1);
        assertThat(trail(old, dispatcher.api())).hasSize(FIXES + 2);
    }

    private static List<JsonNode> trail(FirstShape.Session old, Caller api) {
        List<JsonNode> points = new ArrayList<>();
        String after = "";
        while (true) {
            JsonNode trail = api.query("""
                getTrackingSession(id: '%s') { trail(first: 25%s) {
                  edges { node { recordedAt sequence } } pageInfo { hasNextPage endCursor } } }\
                """.formatted(old.key().id(), after)).path("trail");
            trail.path("edges").forEach(edge -> points.add(edge.path("node")));
            if (!trail.at("/pageInfo/hasNextPage").asBoolean()) {
                return points;
            }
            after = ", after: '%s'".formatted(trail.at("/pageInfo/endCursor").asString());
        }
    }

    /** Of the same drive. */
    private Fix fix(double seconds) {
        LocationInput same = Drives.fix(seconds);
        return new Fix(start.plusMillis(Math.round(seconds * 1_000)), same.latitude(), same.longitude());
    }

    private TrackingSession begun() {
        SessionKey key = new SessionKey(new Tenant("default"), "s1");
        return TrackingSession.begin(key, "i1", "v1", Drives.SCENE, start, start);
    }

    private static Map<String, String> settings(String tablePrefix) {
        Map<String, String> settings = new HashMap<>(SharedStack.freshProperties());
        settings.put("towline.dynamo.table-prefix", tablePrefix);
        settings.put("towline.viewer.unauthenticated-role", "DISPATCHER");
        return settings;
    }
}
