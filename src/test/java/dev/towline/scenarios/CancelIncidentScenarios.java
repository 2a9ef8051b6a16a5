package dev.towline.scenarios;

import static dev.towline.scenarios.Dispatcher.secondsAgo;
import static dev.towline.scenarios.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Cancelling incidents. */
class CancelIncidentScenarios extends RunningTowline {

    @Test
    void callsOffAnIncidentThatNobodyIsOnTheWayTo() {
        String incident = dispatcher.incident();
        assertThat(cancel(incident)).isEqualTo(json("{status: 'CANCELLED', version: 2, activeSession: null}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ASSIGNED", "EN_ROUTE", "ARRIVED", "IN_SERVICE"})
    void callsOffItsSessionToo(String status) {
        String incident = dispatcher.incident();
        String vendor = dispatcher.vendor();
        String session = dispatcher.session(incident, vendor);
        dispatcher.send(session, secondsAgo(10));
        dispatcher.step(session, status);
        try (Watching watching = Watching.session(dispatcher.api(), session, "kind status")) {
            watching.next();
            JsonNode cancelled = cancel(incident);
            assertThat(cancelled.path("status").asString()).isEqualTo("CANCELLED");
            assertThat(cancelled.path("activeSession").isNull()).isTrue();
            assertThat(watching.rest()).containsExactly(json("{kind: 'ENDED', status: 'CANCELLED'}"));
        }
        assertThat(dispatcher.readSession(session).path("status").asString()).isEqualTo("CANCELLED");
        JsonNode freed = dispatcher.readVendor(vendor);
        assertThat(freed.path("availability").asString()).isEqualTo("AVAILABLE");
        assertThat(freed.path("position").path("latitude").asDouble())
                .isEqualTo(secondsAgo(10).latitude());
    }

    @Test
    void leavesACancelledOneAsItIs() {
        String incident = dispatcher.incident();
        JsonNode cancelled = cancel(incident);
        assertThat(cancel(incident)).isEqualTo(cancelled);
    }

    @Test
    void refusesAResolvedOne() {
        String incident = dispatcher.incident();
        dispatcher.step(dispatcher.session(incident, dispatcher.vendor()), "COMPLETED");
        refusedCancel(incident, "").is("CONFLICT", "input.incidentId", "RESOLVED", "CANCELLED");
    }

    @Test
    void saysWhatIsWrongWithTheInput() {
        refusedCancel("nowhere", "").is("NOT_FOUND", "input.incidentId");
        refusedCancel(dispatcher.incident(), ", reason: '%s'".formatted("x".repeat(501)))
                .is("BAD_INPUT", "input.reason", "500");
    }

    private JsonNode cancel(String incident) {
        return dispatcher
                .api()
                .mutate(
                        "cancelIncident(input: {incidentId: '%s', reason: 'drove on'}) { status version activeSession { id } }"
                                .formatted(incident));
    }

    private Refusal refusedCancel(String incident, String more) {
        return dispatcher.api().refused("cancelIncident(input: {incidentId: '%s'%s}) { id }".formatted(incident, more));
    }
}
