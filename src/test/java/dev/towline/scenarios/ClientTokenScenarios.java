package dev.towline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Retries of what creates something. */
class ClientTokenScenarios extends RunningTowline {

    @Test
    void reportsAnIncidentOnce() {
        String first = report(dispatcher.api(), "t1", "TIRE");
        assertThat(report(dispatcher.api(), "t1", "TIRE")).isEqualTo(first);
        dispatcher.session(first, dispatcher.vendor());
        assertThat(report(dispatcher.api(), "t1", "TIRE")).isEqualTo(first);
        assertThat(report(dispatcher.api(), "t2", "TIRE")).isNotEqualTo(first);
    }

    @Test
    void reportsAnIncidentOnceForManyAtTheSameTime() throws InterruptedException {
        Set<String> ids = Together.run(IntStream.range(0, 10)
                        .<Together.Task<String>>mapToObj(_ -> () -> report(dispatcher.api(), "t1", "TIRE"))
                        .toList())
                .stream()
                .collect(HashSet::new, Set::add, Set::addAll);
        assertThat(ids).hasSize(1);
        assertThat(dispatcher
                        .api()
                        .query("listIncidents { edges { node { id } } }")
                        .path("edges"))
                .hasSize(1);
    }

    @Test
    void refusesATokenThatCameWithOtherInput() {
        report(dispatcher.api(), "t1", "TIRE");
        dispatcher.api().refused(incident("t1", "FUEL")).is("BAD_INPUT", "input.clientToken");
        dispatcher.api().refused(incident("not a token", "FUEL")).is("BAD_INPUT", "input.clientToken");
    }

    @Test
    void leavesToEachViewerTheirOwnTokens() {
        String first = report(dispatcher.api(), "t1", "TIRE");
        String other = report(dispatcher.api().named("other"), "t1", "FUEL");
        String elsewhere = report(newTenant(), "t1", "OTHER");
        assertThat(Set.of(first, other, elsewhere)).hasSize(3);
    }

    @Test
    void startsASessionOnce() {
        String incident = dispatcher.incident();
        String vendor = dispatcher.vendor();
        String first = start("t1", incident, vendor);
        assertThat(start("t1", incident, vendor)).isEqualTo(first);
        dispatcher.step(first, "COMPLETED");
        assertThat(start("t1", incident, vendor)).isEqualTo(first);
        assertThat(dispatcher.readVendor(vendor).path("availability").asString())
                .isEqualTo("AVAILABLE");
    }

    @Test
    void refusesATokenOfAnotherSession() {
        String incident = dispatcher.incident();
        String vendor = dispatcher.vendor();
        start("t1", incident, vendor);
        dispatcher.api().refused(session("t1", incident, dispatcher.vendor())).is("BAD_INPUT", "input.clientToken");
        dispatcher.api().refused(session("t1", dispatcher.incident(), vendor)).is("BAD_INPUT", "input.clientToken");
    }

    @Test
    void keepsTokensOfEachMutationApart() {
        String incident = report(dispatcher.api(), "t1", "TIRE");
        assertThat(start("t1", incident, dispatcher.vendor())).isNotEmpty();
    }

    @Test
    void forgetsTheTokenOfACallThatFailed() {
        String vendor = dispatcher.vendor();
        String job = dispatcher.session(dispatcher.incident(), vendor);
        String incident = dispatcher.incident();
        dispatcher.api().refused(session("t1", incident, vendor)).is("CONFLICT", "input.vendorId");
        dispatcher.step(job, "COMPLETED");
        assertThat(start("t1", incident, vendor)).isNotEmpty();
    }

    private static String report(Caller caller, String token, String kind) {
        return caller.mutate(incident(token, kind)).path("id").asString();
    }

    private static String incident(String token, String kind) {
        return "createIncident(input: {kind: %s, position: {latitude: 1, longitude: 2}, clientToken: '%s'}) { id }"
                .formatted(kind, token);
    }

    private String start(String token, String incident, String vendor) {
        return dispatcher
                .api()
                .mutate(session(token, incident, vendor))
                .path("id")
                .asString();
    }

    private static String session(String token, String incident, String vendor) {
        return "startTrackingSession(input: {incidentId: '%s', vendorId: '%s', clientToken: '%s'}) { id }"
                .formatted(incident, vendor, token);
    }
}
