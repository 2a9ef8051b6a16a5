package dev.towline.scenarios;

import static dev.towline.scenarios.Dispatcher.secondsAgo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.scenarios.Dispatcher.Fix;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The steps of a job, and their effects on its incident and its vendor. */
class JobStepsScenarios extends RunningTowline {

    private static final List<String> STATES =
            List.of("ASSIGNED", "EN_ROUTE", "ARRIVED", "IN_SERVICE", "COMPLETED", "CANCELLED");

    @Test
    void refusesAnEarlierStepAndNamesBothStates() {
        String session = dispatcher.session();
        JsonNode arrived = dispatcher.step(session, "ARRIVED");

        refusedStep(session, "EN_ROUTE").is("CONFLICT", "input.status", "ARRIVED", "EN_ROUTE");
        refusedStep(session, "ASSIGNED").is("CONFLICT", "input.status", "ARRIVED", "ASSIGNED");
        assertThat(dispatcher.readSession(session).path("version")).isEqualTo(arrived.path("version"));
    }

    @Test
    void takesARepetitionForNothing() {
        String session = dispatcher.session();
        assertThat(dispatcher.step(session, "ASSIGNED").path("version").asInt()).isEqualTo(1);
        JsonNode once = dispatcher.step(session, "EN_ROUTE");
        assertThat(dispatcher.step(session, "EN_ROUTE")).isEqualTo(once);
        assertThat(once.path("version").asInt()).isEqualTo(2);
    }

    @Test
    void letsStepsBeLeftOut() {
        String session = dispatcher.session();
        assertThat(dispatcher.step(session, "IN_SERVICE").path("sequence").asInt())
                .isEqualTo(2);
        assertThat(dispatcher.step(session, "COMPLETED").path("sequence").asInt())
                .isEqualTo(3);
        assertThat(dispatcher
                        .step(dispatcher.session(), "COMPLETED")
                        .path("endedAt")
                        .isNull())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMPLETED", "CANCELLED"})
    void acceptsOnlyARepetitionOnceEnded(String end) {
        String session = dispatcher.session();
        JsonNode ended = dispatcher.step(session, end);

        assertThat(dispatcher.step(session, end)).isEqualTo(ended);
        STATES.stream()
                .filter(status -> !status.equals(end))
                .forEach(status -> refusedStep(session, status).is("CONFLICT", "input.status", end, status));
        assertThat(dispatcher.readSession(session).path("version")).isEqualTo(ended.path("version"));
    }

    @Test
    void isInProgressWhileTheVendorIsAtWork() {
        String incident = dispatcher.incident();
        String session = dispatcher.session(incident, dispatcher.vendor());
        dispatcher.step(session, "ARRIVED");
        assertThat(dispatcher.readIncident(incident).path("status").asString()).isEqualTo("ASSIGNED");
        dispatcher.step(session, "IN_SERVICE");
        JsonNode atWork = dispatcher.readIncident(incident);
        assertThat(atWork.path("status").asString()).isEqualTo("IN_PROGRESS");
        assertThat(atWork.path("activeSession").path("id").asString()).isEqualTo(session);
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMPLETED", "CANCELLED"})
    void freesIncidentAndVendorAtTheEndAndLeavesTheVendorWhereItWas(String end) {
        String incident = dispatcher.incident();
        String vendor = dispatcher.vendor();
        String session = dispatcher.session(incident, vendor);
        Fix last = secondsAgo(30);
        dispatcher.sendAll(session, secondsAgo(60), last);
        dispatcher.step(session, end);

        JsonNode freed = dispatcher.readIncident(incident);
        assertThat(freed.path("status").asString()).isEqualTo(end.equals("COMPLETED") ? "RESOLVED" : "REPORTED");
        assertThat(freed.path("activeSession").isNull()).isTrue();
        JsonNode idle = dispatcher.readVendor(vendor);
        assertThat(idle.path("availability").asString()).isEqualTo("AVAILABLE");
        assertThat(idle.path("position").path("latitude").asDouble()).isEqualTo(last.latitude());
    }

    @Test
    void leavesTheVendorInItsPlaceIfNothingIsKnownOfItsWay() {
        String vendor = dispatcher.vendor();
        JsonNode before = dispatcher.readVendor(vendor);
        dispatcher.step(dispatcher.session(dispatcher.incident(), vendor), "CANCELLED");
        assertThat(dispatcher.readVendor(vendor).path("position")).isEqualTo(before.path("position"));
    }

    @Test
    void givesACalledOffIncidentToAnotherVendor() {
        String incident = dispatcher.incident();
        String vendor = dispatcher.vendor();
        dispatcher.step(dispatcher.session(incident, vendor), "CANCELLED");
        String second = dispatcher.session(incident, vendor);
        assertThat(dispatcher
                        .readIncident(incident)
                        .path("activeSession")
                        .path("id")
                        .asString())
                .isEqualTo(second);
    }

    @Test
    void followsAfterTheJobWhatTheVendorSaidDuringIt() {
        String vendor = dispatcher.vendor();
        String session = dispatcher.session(dispatcher.incident(), vendor);
        JsonNode onTheJob = dispatcher
                .api()
                .mutate("setVendorAvailability(input: {vendorId: '%s', availability: OFFLINE}) { availability }"
                        .formatted(vendor));
        assertThat(onTheJob.path("availability").asString()).isEqualTo("BUSY");
        dispatcher.step(session, "COMPLETED");
        assertThat(dispatcher.readVendor(vendor).path("availability").asString())
                .isEqualTo("OFFLINE");
    }

    @Test
    void saysThatThereIsNoSuchSession() {
        refusedStep("nowhere", "ARRIVED").is("NOT_FOUND", "input.sessionId");
    }

    private Refusal refusedStep(String session, String status) {
        return dispatcher
                .api()
                .refused("updateSessionStatus(input: {sessionId: '%s', status: %s}) { id }".formatted(session, status));
    }
}
