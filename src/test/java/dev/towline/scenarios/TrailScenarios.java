package dev.towline.scenarios;

import static dev.towline.scenarios.Dispatcher.secondsAgo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.scenarios.Dispatcher.Fix;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The trail of a vehicle, read after and during a job. */
class TrailScenarios extends RunningTowline {

    @Test
    void goesThroughTheWayByTimeLateFixesIncluded() {
        String session = dispatcher.session();
        List<Fix> fixes = IntStream.rangeClosed(1, 12)
                .mapToObj(i -> secondsAgo(400 - 10 * i))
                .toList();
        dispatcher.sendAll(session, fixes.get(0), fixes.get(2), fixes.get(4), fixes.get(11));
        dispatcher.sendAll(
                session, IntStream.range(0, 12).mapToObj(i -> fixes.get(11 - i)).toArray(Fix[]::new));

        List<JsonNode> walked = walk(session, 5, () -> {});
        assertThat(walked)
                .extracting(point -> point.path("recordedAt").asString())
                .containsExactlyElementsOf(
                        fixes.stream().map(Fix::recordedAtText).toList());
        assertThat(walked)
                .extracting(point -> point.path("sequence").asInt(0))
                .containsExactly(2, 0, 3, 0, 4, 0, 0, 0, 0, 0, 0, 5);
    }

    @ParameterizedTest
    @CsvSource({"OPERATOR, true", "DISPATCHER, true", "VENDOR, true", "CALLER, false"})
    void isHiddenAfterTheSessionFromCallers(String role, boolean isVisibleAfterwards) {
        String vendor = dispatcher.vendor();
        String session = dispatcher.session(dispatcher.incident(), vendor);
        dispatcher.send(session, secondsAgo(10));
        Caller viewer = (role.equals("VENDOR") ? dispatcher.api().named(vendor) : dispatcher.api())
                .with("X-Towline-Local-Role", role);
        assertThat(edges(viewer, session)).hasSize(1);

        dispatcher.step(session, "COMPLETED");

        assertThat(edges(viewer, session)).hasSize(isVisibleAfterwards ? 1 : 0);
    }

    private static JsonNode edges(Caller viewer, String session) {
        return viewer.query("getTrackingSession(id: '%s') { trail { edges { cursor } } }".formatted(session))
                .at("/trail/edges");
    }

    @Test
    void goesOnWhileTheVehicleDrives() {
        String session = dispatcher.session();
        dispatcher.sendAll(
                session,
                IntStream.rangeClosed(1, 7)
                        .mapToObj(i -> secondsAgo(400 - 10 * i))
                        .toArray(Fix[]::new));
        int[] page = {0};
        List<JsonNode> walked = walk(session, 2, () -> {
            page[0]++;
            dispatcher.sendAll(session, secondsAgo(399 - page[0]), secondsAgo(200 - page[0]));
        });
        assertThat(walked)
                .extracting(point -> point.path("recordedAt").asString())
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(walked).extracting(point -> point.path("sequence").asInt(0)).contains(2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void holdsAHundredPointsIfNothingIsSaid() {
        String session = dispatcher.session();
        dispatcher.sendAll(
                session,
                IntStream.rangeClosed(1, 105).mapToObj(i -> secondsAgo(400 - i)).toArray(Fix[]::new));
        JsonNode trail = dispatcher
                .api()
                .query("getTrackingSession(id: '%s') { trail { edges { node { sequence } } pageInfo { hasNextPage } } }"
                        .formatted(session))
                .path("trail");
        assertThat(trail.path("edges")).hasSize(100);
        assertThat(trail.at("/pageInfo/hasNextPage").asBoolean()).isTrue();
    }

    @Test
    void refusesACursorOfAnotherWay() {
        String session = dispatcher.session();
        dispatcher.send(session, secondsAgo(60));
        String cursor = dispatcher
                .api()
                .query("getTrackingSession(id: '%s') { trail { pageInfo { endCursor } } }".formatted(session))
                .at("/trail/pageInfo/endCursor")
                .asString();
        dispatcher
                .api()
                .refusedQuery("getTrackingSession(id: '%s') { trail(after: '%s') { edges { cursor } } }"
                        .formatted(dispatcher.session(), cursor))
                .is("BAD_INPUT", "after");
        dispatcher
                .api()
                .refusedQuery(
                        "getTrackingSession(id: '%s') { trail(first: 101) { edges { cursor } } }".formatted(session))
                .is("BAD_INPUT", "first");
    }

    private List<JsonNode> walk(String session, int first, Runnable betweenPages) {
        return Pages.of(dispatcher.api(), """
            getTrackingSession(id: '%s') { trail(%%s) {
              edges { cursor node { recordedAt sequence } } pageInfo { hasNextPage hasPreviousPage endCursor } } }\
            """.formatted(session)).walk(first, betweenPages);
    }
}
