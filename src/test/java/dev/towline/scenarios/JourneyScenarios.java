package dev.towline.scenarios;

import static dev.towline.scenarios.Dispatcher.secondsAgo;
import static dev.towline.scenarios.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.local.AlsoWithoutDax;
import dev.towline.scenarios.Dispatcher.Fix;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The whole life of a job as live updates. */
@AlsoWithoutDax
class JourneyScenarios extends RunningTowline {

    private static final String AS_OF =
            "kind sequence missed status location { latitude recordedAt sequence } eta { durationSeconds }";

    @Test
    void aJobIsPublishedChangeByChangeUntilItsEnd() {
        String incident = dispatcher.incident();
        String vendor = dispatcher.vendor();
        String session = dispatcher.session(incident, vendor);
        Fix first = secondsAgo(60);
        Fix second = secondsAgo(50);
        Fix third = secondsAgo(40);
        try (Watching watching = Watching.session(dispatcher.api(), session, AS_OF)) {
            assertThat(watching.next()).isEqualTo(update("SNAPSHOT", 1, "ASSIGNED", "null", "null"));
            assertThat(dispatcher.readIncident(incident).path("status").asString())
                    .isEqualTo("ASSIGNED");
            assertThat(dispatcher.readVendor(vendor).path("availability").asString())
                    .isEqualTo("BUSY");

            dispatcher.step(session, "EN_ROUTE");
            assertThat(watching.next()).isEqualTo(update("STATUS", 2, "EN_ROUTE", "null", "null"));

            dispatcher.send(session, first);
            assertThat(watching.next()).isEqualTo(update("LOCATION", 3, "EN_ROUTE", location(first, 3), eta(168)));

            dispatcher.sendAll(session, third, second);
            dispatcher.send(session, secondsAgo(55));
            assertThat(watching.next()).isEqualTo(update("LOCATION", 4, "EN_ROUTE", location(second, 4), eta(160)));
            assertThat(watching.next()).isEqualTo(update("LOCATION", 5, "EN_ROUTE", location(third, 5), eta(152)));

            dispatcher.step(session, "IN_SERVICE");
            assertThat(watching.next()).isEqualTo(update("STATUS", 6, "IN_SERVICE", location(third, 5), "null"));
            assertThat(dispatcher.readIncident(incident).path("status").asString())
                    .isEqualTo("IN_PROGRESS");

            dispatcher.step(session, "COMPLETED");
            assertThat(watching.next()).isEqualTo(update("ENDED", 7, "COMPLETED", location(third, 5), "null"));
            watching.ends();
        }
        assertThat(dispatcher.readIncident(incident).path("status").asString()).isEqualTo("RESOLVED");
        assertThat(dispatcher.readVendor(vendor).path("availability").asString())
                .isEqualTo("AVAILABLE");
    }

    @Test
    void manySubscribersReceiveTheSame() {
        String session = dispatcher.session();
        try (Watching one = Watching.session(dispatcher.api(), session, AS_OF);
                Watching other = Watching.session(dispatcher.api().named("other"), session, AS_OF)) {
            assertThat(one.next()).isEqualTo(other.next());
            dispatcher.send(session, secondsAgo(60));
            dispatcher.step(session, "CANCELLED");
            assertThat(one.rest()).hasSize(2).isEqualTo(other.rest());
        }
    }

    @Test
    void anEndedSessionHasAStateAndAnEnd() {
        String session = dispatcher.session();
        Fix fix = secondsAgo(60);
        dispatcher.send(session, fix);
        dispatcher.step(session, "CANCELLED");
        try (Watching watching = Watching.session(dispatcher.api(), session, AS_OF)) {
            assertThat(watching.rest())
                    .containsExactly(
                            update("SNAPSHOT", 3, "CANCELLED", location(fix, 2), "null"),
                            update("ENDED", 3, "CANCELLED", location(fix, 2), "null"));
        }
    }

    @Test
    void beginsInTheMiddleWithTheStateThatIs() {
        String session = dispatcher.session();
        Fix fix = secondsAgo(60);
        dispatcher.step(session, "EN_ROUTE");
        dispatcher.send(session, fix);
        dispatcher.send(session, secondsAgo(90));
        try (Watching watching = Watching.session(dispatcher.api(), session, AS_OF)) {
            assertThat(watching.next()).isEqualTo(update("SNAPSHOT", 3, "EN_ROUTE", location(fix, 3), eta(168)));
            dispatcher.step(session, "EN_ROUTE");
            dispatcher.send(session, fix);
            dispatcher.step(session, "ARRIVED");
            assertThat(watching.next()).isEqualTo(update("STATUS", 4, "ARRIVED", location(fix, 3), "null"));
        }
    }

    @Test
    void saysThatThereIsNoSuchSession() {
        try (Watching watching = Watching.session(dispatcher.api(), "nowhere", AS_OF)) {
            watching.refusal().is("NOT_FOUND", "sessionId");
        }
        try (Watching watching = Watching.session(dispatcher.api(), " ", AS_OF)) {
            watching.refusal().is("BAD_INPUT", "sessionId");
        }
    }

    private static JsonNode update(String kind, int sequence, String status, String location, String eta) {
        return json("{kind: '%s', sequence: %d, missed: null, status: '%s', location: %s, eta: %s}"
                .formatted(kind, sequence, status, location, eta));
    }

    private static String location(Fix fix, int sequence) {
        return "{latitude: %s, recordedAt: '%s', sequence: %d}"
                .formatted(fix.latitude(), fix.recordedAtText(), sequence);
    }

    private static String eta(int seconds) {
        return "{durationSeconds: %d}".formatted(seconds);
    }
}
