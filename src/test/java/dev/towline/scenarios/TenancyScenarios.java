package dev.towline.scenarios;

import static dev.towline.scenarios.Dispatcher.secondsAgo;
import static dev.towline.scenarios.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Tenants are isolated: a viewer of another tenant who knows every id can neither read nor change anything. */
class TenancyScenarios extends RunningTowline {

    private static final String EVERYTHING = """
        { listIncidents { edges { node { id status version description } } }
          listTrackingSessions { edges { node { id status version trail { edges { cursor } } vendor { id name availability version } } } }
          searchVendorsNearby(near: {latitude: 30.25, longitude: -97.75}, radiusMiles: 100) { totalCount } }\
        """;

    private String incident = "";
    private String vendor = "";
    private String session = "";
    private String upload = "";
    private String job = "";

    /** The expected result if a viewer of another tenant uses a field with existing ids. */
    private record Attempt(String type, String field, Trial trial) {

        static Attempt query(String field, Trial trial) {
            return new Attempt("Query", field, trial);
        }

        static Attempt mutation(String field, Trial trial) {
            return new Attempt("Mutation", field, trial);
        }
    }

    @FunctionalInterface
    private interface Trial {
        void make(Caller stranger, String field);
    }

    @BeforeEach
    void putAVendorOnAJob() {
        Imports imports = Imports.of(dispatcher.api());
        upload = imports.upload("id\nbad " + UUID.randomUUID());
        job = imports.start(upload);
        incident = dispatcher.incident();
        vendor = dispatcher.vendor();
        session = dispatcher.session(incident, vendor);
        dispatcher.send(session, secondsAgo(60));
        imports.ended(job);
    }

    @Test
    void triesEverythingThatTheSchemaHas() {
        List<String> fields = Stream.of("Query", "Mutation", "Subscription")
                .flatMap(type -> dispatcher
                        .api()
                        .query("__type(name: '%s') { fields { name } }".formatted(type))
                        .path("fields")
                        .valueStream()
                        .map(field -> type + '.' + field.path("name").asString()))
                .toList();
        assertThat(attempts())
                .as("attempts: a new field of the schema needs one")
                .extracting(attempt -> attempt.type + '.' + attempt.field)
                .containsExactlyInAnyOrderElementsOf(fields);
    }

    @TestFactory
    List<DynamicTest> nothingCrosses() {
        return attempts().stream()
                .map(attempt -> DynamicTest.dynamicTest(attempt.field, () -> {
                    JsonNode before = dispatcher.api().ask(EVERYTHING).data();
                    assertThat(before.at("/searchVendorsNearby/totalCount").asInt())
                            .isEqualTo(1);
                    attempt.trial.make(newTenant(), attempt.field);
                    assertThat(dispatcher.api().ask(EVERYTHING).data()).isEqualTo(before);
                }))
                .toList();
    }

    private List<Attempt> attempts() {
        String fix = secondsAgo(1).literal();
        String link = dispatcher
                .api()
                .mutate("createShareLink(input: {sessionId: '%s', expiresInMinutes: 5}) { id }".formatted(session))
                .path("id")
                .asString();
        return List.of(
                Attempt.query("getIncident", findsNothing("(id: '%s')", incident)),
                Attempt.query("getTrackingSession", findsNothing("(id: '%s')", session)),
                Attempt.query("getActiveSessionByIncident", findsNothing("(incidentId: '%s')", incident)),
                Attempt.query("getVendor", findsNothing("(id: '%s')", vendor)),
                Attempt.query("getVendors", answers("(ids: ['%s']) { id }".formatted(vendor), "[null]")),
                Attempt.query("getSharedSession", answers(" { id }", "null")),
                Attempt.query("getViewer", this::isToldItsOwnTenant),
                Attempt.query("listIncidents", answers("{ edges { cursor } }", "{edges: []}")),
                Attempt.query("listTrackingSessions", this::listsNoSessions),
                Attempt.query(
                        "searchVendorsNearby",
                        answers(
                                "(near: {latitude: 30.25, longitude: -97.75}, radiusMiles: 100) { totalCount edges {"
                                        + " cursor } }",
                                "{totalCount: 0, edges: []}")),
                Attempt.query(
                        "getJob",
                        (stranger, field) -> assertThat(
                                        operator(stranger).query(field + "(id: '%s') { id }".formatted(job)))
                                .isEqualTo(json("null"))),
                Attempt.query(
                        "listJobs",
                        (stranger, field) -> assertThat(operator(stranger).query(field + " { edges { cursor } }"))
                                .isEqualTo(json("{edges: []}"))),
                Attempt.mutation(
                        "startVendorImport",
                        (stranger, field) ->
                                isToldThatThereIsNo("uploadId", upload, "").make(operator(stranger), field)),
                Attempt.mutation(
                        "cancelJob",
                        (stranger, field) ->
                                isToldThatThereIsNo("jobId", job, "").make(operator(stranger), field)),
                // a job of all tenants, which says nothing of any of them
                Attempt.mutation(
                        "startVendorReconciliation",
                        (stranger, field) -> assertThat(operator(stranger)
                                        .mutate(field + "(input: {}) { kind }")
                                        .path("kind")
                                        .asString())
                                .isEqualTo("VENDOR_RECONCILIATION")),
                Attempt.mutation("createIncident", this::reportsOneOfItsOwn),
                Attempt.mutation("registerVendor", this::registersOneOfItsOwn),
                Attempt.mutation("startTrackingSession", this::startsNothing),
                Attempt.mutation("cancelIncident", isToldThatThereIsNo("incidentId", incident, "")),
                Attempt.mutation("updateVendor", isToldThatThereIsNo("vendorId", vendor, "name: 'Eve'")),
                Attempt.mutation(
                        "setVendorAvailability", isToldThatThereIsNo("vendorId", vendor, "availability: OFFLINE")),
                Attempt.mutation("updateSessionStatus", isToldThatThereIsNo("sessionId", session, "status: COMPLETED")),
                Attempt.mutation("updateLocation", isToldThatThereIsNo("sessionId", session, "location: " + fix)),
                Attempt.mutation(
                        "updateLocations", isToldThatThereIsNo("sessionId", session, "locations: [%s]".formatted(fix))),
                Attempt.mutation("createShareLink", isToldThatThereIsNo("sessionId", session, "expiresInMinutes: 5")),
                Attempt.mutation("revokeShareLink", isToldThatThereIsNo("shareLinkId", link, "")),
                Attempt.mutation(
                        "evictCache",
                        (stranger, field) -> stranger.refused(
                                        field + "(input: {entity: 'vendor:%s'}) { evicted }".formatted(vendor))
                                .is("FORBIDDEN", null)),
                new Attempt("Subscription", "onTrackingUpdated", this::watchesNothing),
                new Attempt("Subscription", "onDispatchChanged", this::seesNothingOnItsBoard));
    }

    private static Caller operator(Caller stranger) {
        return Imports.of(stranger).operator();
    }

    private static Trial findsNothing(String arguments, String id) {
        return answers(arguments.formatted(id) + " { id }", "null");
    }

    private static Trial answers(String rest, String expected) {
        return (stranger, field) -> assertThat(stranger.query(field + rest)).isEqualTo(json(expected));
    }

    private static Trial isToldThatThereIsNo(String argument, String id, String more) {
        return (stranger, field) -> stranger.refused(
                        "%s(input: {%s: '%s', %s}) { __typename }".formatted(field, argument, id, more))
                .is("NOT_FOUND", "input." + argument);
    }

    private void isToldItsOwnTenant(Caller stranger, String field) {
        assertThat(stranger.query(field + " { tenant }").path("tenant").asString())
                .isNotEqualTo(dispatcher
                        .api()
                        .query(field + " { tenant }")
                        .path("tenant")
                        .asString());
    }

    private void listsNoSessions(Caller stranger, String field) {
        List.of("", "vendorId: '%s'".formatted(vendor), "incidentId: '%s'".formatted(incident), "active: true")
                .forEach(filter -> assertThat(
                                stranger.query("%s(filter: {%s}) { edges { cursor } }".formatted(field, filter)))
                        .isEqualTo(json("{edges: []}")));
    }

    private void reportsOneOfItsOwn(Caller stranger, String field) {
        String mutation = field
                + "(input: {kind: OTHER, position: {latitude: 1, longitude: 2}, clientToken: 't1'}) { id activeSession"
                + " { id } }";
        JsonNode own = stranger.mutate(mutation);
        assertThat(own.path("activeSession").isNull()).isTrue();
        assertThat(newTenant().mutate(mutation).path("id")).isNotEqualTo(own.path("id"));
    }

    private void registersOneOfItsOwn(Caller stranger, String field) {
        JsonNode own = stranger.mutate(
                "%s(input: {id: '%s', name: 'Eve', capabilities: [], position: {latitude: 1, longitude: 2}}) { name version availability }"
                        .formatted(field, vendor));
        assertThat(own).isEqualTo(json("{name: 'Eve', version: 1, availability: 'AVAILABLE'}"));
    }

    private void startsNothing(Caller stranger, String field) {
        Dispatcher other = new Dispatcher(stranger);
        String start = field + "(input: {incidentId: '%s', vendorId: '%s'}) { id }";
        stranger.refused(start.formatted(incident, other.vendor())).is("NOT_FOUND", "input.incidentId");
        stranger.refused(start.formatted(other.incident(), vendor)).is("NOT_FOUND", "input.vendorId");
    }

    private void seesNothingOnItsBoard(Caller stranger, String field) {
        try (Watching board = Watching.board(stranger, null, "kind id")) {
            // the other tenant's job is so new that the board would be told of it
            String own = new Dispatcher(stranger).incident();
            JsonNode next = board.next();
            while (next.path("kind").asString().equals("RESET")) {
                next = board.next();
            }
            assertThat(next).isEqualTo(json("{kind: 'INCIDENT', id: '%s'}".formatted(own)));
        }
    }

    private void watchesNothing(Caller stranger, String field) {
        try (Watching watching = Watching.session(stranger, session, "sequence")) {
            watching.refusal().is("NOT_FOUND", "sessionId");
        }
    }
}
