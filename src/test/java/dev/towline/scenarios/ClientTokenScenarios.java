package dev.towline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.incident.Incident;
import dev.towline.incident.IncidentKey;
import dev.towline.incident.Incidents;
import dev.towline.store.Store;
import dev.towline.store.Write;
import dev.towline.viewer.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Retries of creating mutations. */
class ClientTokenScenarios extends RunningTowline {

    @Autowired
    private Store store;

    @Test
    void reportsAnIncidentOnce() {
        String first = report(dispatcher.api(), "t1", "TIRE");
        assertThat(report(dispatcher.api(), "t1", "TIRE")).isEqualTo(first);
        dispatcher.session(first, dispatcher.vendor());
        assertThat(report(dispatcher.api(), "t1", "TIRE")).isEqualTo(first);
        assertThat(report(dispatcher.api(), "t2", "TIRE")).isNotEqualTo(first);
    }

    /** Its caller does not see the incident any more, but a retry must not seem to have failed. */
    @Test
    void aRetryHoursAfterTheEndGetsTheIncident() {
        Caller caller = dispatcher.api().named("caller").with("X-Towline-Local-Role", "CALLER");
        String first = report(caller, "t1", "TIRE");
        Incident reported = Objects.requireNonNull(
                store.getConsistently(Incidents.TABLE, new IncidentKey(new Tenant(caller.tenant()), first)));
        store.write(new Write<>(
                Incidents.TABLE, reported.cancelled(null, Instant.now().minus(Duration.ofHours(2)))));
        assertThat(caller.query("getIncident(id: '%s') { id }".formatted(first)).isNull())
                .isTrue();

        assertThat(report(caller, "t1", "TIRE")).isEqualTo(first);
        caller.refused("cancelIncident(input: {incidentId: '%s'}) { id }".formatted(first))
                .is("NOT_FOUND", "input.incidentId");
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
    }

    @Test
    void takesAnyTextOf64Characters() {
        List<String> tokens = List.of(
                "job 7/retry",
                "Übergabe",
                "e\u0301",
                "\u00e9",
                "a#b",
                "a%23b",
                "a+b",
                "a b",
                " ",
                "line\nbreak",
                "'\"\\",
                "x".repeat(64),
                "🚚".repeat(64));
        Map<String, String> ids = new HashMap<>();
        tokens.forEach(token -> ids.put(token, report(token).value().path("id").asString()));
        assertThat(ids.values()).as("each its own").doesNotHaveDuplicates();
        assertThat(tokens)
                .allSatisfy(token ->
                        assertThat(report(token).value().path("id").asString()).isEqualTo(ids.get(token)));
    }

    @Test
    void refusesATokenThatIsEmptyOrTooLong() {
        String incident = dispatcher.incident();
        String vendor = dispatcher.vendor();
        Stream.of("", "x".repeat(65), "🚚".repeat(65)).forEach(token -> {
            report(token).refusal().is("BAD_INPUT", "input.clientToken", "64");
            start(dispatcher.api(), token, incident, vendor).refusal().is("BAD_INPUT", "input.clientToken", "64");
            dispatcher.api().refused(incident(token, "TIRE")).is("BAD_INPUT", "input.clientToken", "64");
        });
    }

    @Test
    void startsASessionOnceWhateverTheTokenIs() {
        String incident = dispatcher.incident();
        String vendor = dispatcher.vendor();
        String token = "Auftrag #7 \u00fc 🚚 %";
        String first = start(dispatcher.api(), token, incident, vendor)
                .value()
                .path("id")
                .asString();
        assertThat(start(dispatcher.api(), token, incident, vendor)
                        .value()
                        .path("id")
                        .asString())
                .isEqualTo(first);
    }

    @Test
    void tellsViewersAndTokensApartWhoseTextsJoinedAreTheSame() {
        String first = report(dispatcher.api().named("a"), "b#c", "TIRE");
        assertThat(report(dispatcher.api().named("a#b"), "c", "FUEL")).isNotEqualTo(first);
        assertThat(report(dispatcher.api().named("a"), "b#c", "TIRE")).isEqualTo(first);
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

    private Answer report(String token) {
        return dispatcher
                .api()
                .ask(
                        "mutation($input: CreateIncidentInput!) { createIncident(input: $input) { id } }",
                        Map.of(
                                "input",
                                Map.of(
                                        "kind",
                                        "TIRE",
                                        "position",
                                        Map.of("latitude", 1, "longitude", 2),
                                        "clientToken",
                                        token)));
    }

    private static Answer start(Caller caller, String token, String incident, String vendor) {
        return caller.ask(
                "mutation($input: StartTrackingSessionInput!) { startTrackingSession(input: $input) { id } }",
                Map.of("input", Map.of("incidentId", incident, "vendorId", vendor, "clientToken", token)));
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
