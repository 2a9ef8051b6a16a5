package dev.towline.scenarios;

import static dev.towline.scenarios.Dispatcher.secondsAgo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.scenarios.Dispatcher.Fix;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A watcher that comes back, and one that wants fewer updates. */
class ResumeScenarios extends RunningTowline {

    private static final String SELECTION =
            "kind sequence epoch missed status at location { latitude recordedAt sequence } eta { arrivesAt"
                    + " durationSeconds distanceMeters }";

    @Test
    void whoComesBackGetsWhatWasMissedAsItWasTold() {
        String session = dispatcher.session();
        try (Watching live = Watching.session(dispatcher.api(), session, SELECTION)) {
            List<JsonNode> told = new ArrayList<>(List.of(live.next()));
            drive(session, 300, 41);
            dispatcher.step(session, "EN_ROUTE");
            drive(session, 100, 41);
            IntStream.range(0, 83).forEach(_ -> told.add(live.next()));
            assertThat(told.getLast().path("sequence").asInt()).isEqualTo(84);

            for (int after : List.of(1, 2, 42, 43, 83)) {
                try (Watching back = Watching.session(
                        dispatcher.api(),
                        session,
                        "after: %d, epoch: \"%s\"".formatted(after, epoch(told)),
                        SELECTION)) {
                    for (JsonNode update : told.subList(after, told.size())) {
                        assertThat(back.next()).isEqualTo(update);
                    }
                }
            }
            try (Watching whole = Watching.session(dispatcher.api(), session, "after: 0", SELECTION)) {
                assertThat(whole.next().path("kind").asString()).isEqualTo("STATUS");
                assertThat(whole.next()).isEqualTo(told.get(1));
            }
        }
    }

    @Test
    void whoHasEverythingGetsTheNextChangeOnly() {
        String session = dispatcher.session();
        dispatcher.send(session, secondsAgo(60));
        try (Watching back = Watching.session(dispatcher.api(), session, "after: 2", SELECTION)) {
            dispatcher.send(session, secondsAgo(50));
            JsonNode update = back.next();
            assertThat(update.path("sequence").asInt()).isEqualTo(3);
            assertThat(update.path("missed").isNull()).isTrue();
        }
    }

    @Test
    void theEndComesOnceAndWhoHasItIsDoneAtOnce() {
        String session = dispatcher.session();
        dispatcher.send(session, secondsAgo(60));
        dispatcher.step(session, "COMPLETED");

        try (Watching back = Watching.session(dispatcher.api(), session, "after: 1", "kind sequence")) {
            assertThat(back.rest())
                    .extracting(update -> update.path("kind").asString())
                    .containsExactly("LOCATION", "ENDED");
        }
        try (Watching back = Watching.session(dispatcher.api(), session, "after: 3", "kind sequence")) {
            back.ends();
        }
        try (Watching anew = Watching.session(dispatcher.api(), session, "kind sequence")) {
            assertThat(anew.rest())
                    .extracting(update -> update.path("kind").asString())
                    .containsExactly("SNAPSHOT", "ENDED");
        }
    }

    @ParameterizedTest
    @CsvSource({"after: 57", "'after: 1, epoch: \"of another table\"'"})
    void whatAnotherHistorySaysIsAnsweredWithASnapshot(String arguments) {
        String session = dispatcher.session();
        dispatcher.send(session, secondsAgo(60));
        try (Watching back = Watching.session(dispatcher.api(), session, arguments, SELECTION)) {
            JsonNode update = back.next();
            assertThat(update.path("kind").asString()).isEqualTo("SNAPSHOT");
            assertThat(update.path("sequence").asInt()).isEqualTo(2);
            assertThat(update.path("missed").isNull()).isTrue();
            dispatcher.send(session, secondsAgo(50));
            assertThat(back.next().path("sequence").asInt()).isEqualTo(3);
        }
    }

    /** A LIVE_ONLY fix is in no chunk: it is missed, and no gap. */
    @Test
    void whatIsKeptNowhereIsCountedAsMissed() {
        String session = dispatcher.session();
        Fix first = secondsAgo(60);
        Fix near = new Fix(first.recordedAt().plusSeconds(2), first.latitude(), first.longitude());
        dispatcher.sendAll(session, first, near, secondsAgo(50));

        try (Watching back = Watching.session(dispatcher.api(), session, "after: 1", "kind sequence missed")) {
            assertThat(back.next()).isEqualTo(Json.json("{kind: 'LOCATION', sequence: 2, missed: null}"));
            assertThat(back.next()).isEqualTo(Json.json("{kind: 'LOCATION', sequence: 4, missed: 1}"));
        }
    }

    @Test
    void aQueryAfterAnUpdateIsNeverOlderThanIt() {
        String session = dispatcher.session();
        dispatcher.send(session, secondsAgo(200));
        try (Watching back = Watching.session(dispatcher.api(), session, "after: 1", "sequence")) {
            for (int sequence = 2; sequence <= 12; sequence++) {
                assertThat(back.next().path("sequence").asInt()).isEqualTo(sequence);
                assertThat(dispatcher
                                .api()
                                .query("getTrackingSession(id: '%s') { sequence }".formatted(session))
                                .path("sequence")
                                .asInt())
                        .isEqualTo(sequence);
                dispatcher.send(session, secondsAgo(200 - 10 * sequence));
            }
        }
    }

    @Test
    void whoWantsFewerUpdatesGetsTheNewestAndEveryStatus() {
        String session = dispatcher.session();
        try (Watching rarely =
                        Watching.session(dispatcher.api(), session, "minIntervalMs: 3000", "kind sequence missed");
                Watching far = Watching.session(
                        dispatcher.api(), session, "minDistanceMeters: 300.0", "kind sequence missed")) {
            assertThat(rarely.next()).isEqualTo(update("SNAPSHOT", 1, null));
            assertThat(far.next()).isEqualTo(update("SNAPSHOT", 1, null));
            drive(session, 100, 5);
            dispatcher.step(session, "EN_ROUTE");
            drive(session, 50, 2);

            assertThat(rarely.next()).isEqualTo(update("STATUS", 7, 5));
            assertThat(rarely.next()).isEqualTo(update("LOCATION", 9, 1));
            assertThat(far.next()).isEqualTo(update("LOCATION", 2, null));
            assertThat(far.next()).isEqualTo(update("STATUS", 7, 4));
            // 330 m on
            assertThat(far.next()).isEqualTo(update("LOCATION", 8, null));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "after, after: -1",
        "epoch, 'after: 1, epoch: \"\"'",
        "epoch, 'epoch: \"e\"'",
        "minIntervalMs, minIntervalMs: -1",
        "minIntervalMs, minIntervalMs: 3600001",
        "minDistanceMeters, minDistanceMeters: -0.5",
        "minDistanceMeters, minDistanceMeters: 1000001.0",
    })
    void anImpossibleArgumentIsNamed(String argument, String arguments) {
        String session = dispatcher.session();
        try (Watching none = Watching.session(dispatcher.api(), session, arguments, "sequence")) {
            none.refusal().is("BAD_INPUT", argument, argument);
        }
    }

    private void drive(String session, int fromSecondsAgo, int fixes) {
        dispatcher.sendAll(
                session,
                IntStream.range(0, fixes)
                        .mapToObj(i -> secondsAgo(fromSecondsAgo - 2 * i))
                        .toArray(Fix[]::new));
    }

    private static String epoch(List<JsonNode> updates) {
        return updates.getFirst().path("epoch").asString();
    }

    private static JsonNode update(String kind, int sequence, @Nullable Integer missed) {
        return Json.json("{kind: '%s', sequence: %d, missed: %s}".formatted(kind, sequence, missed));
    }
}
