package dev.towline.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.edge.Endpoint.Answer;
import dev.towline.local.RunsTowline;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The exact codes and arguments of all errors that a client can cause. */
@RunsTowline
@ExtendWith(OutputCaptureExtension.class)
class ErrorsIT {

    private static final String CREATE =
            "mutation($input: CreateIncidentInput!) { createIncident(input: $input) { id } }";

    private final Endpoint endpoint;

    ErrorsIT(@LocalServerPort int port) {
        endpoint = new Endpoint(port);
    }

    @Test
    void namesALatitudeOutOfRange() {
        assertBadInput(endpoint.query(createAt("90.1")), "input.position.latitude");
        assertBadInput(create(position(-90.1)), "input.position.latitude");
        assertBadInput(
                endpoint.query(
                        "{ searchVendorsNearby(near: {latitude: 91, longitude: 0}, radiusMiles: 1) { totalCount } }"),
                "near.latitude");
    }

    @Test
    void namesALatitudeOfTheWrongType() {
        assertFault(endpoint.query(createAt("NaN")), "input.position.latitude", "must be a valid Float.");
        assertFault(endpoint.query(createAt("\"NaN\"")), "input.position.latitude", "must be a valid Float.");
        assertFault(create(position("NaN")), "input.position.latitude", "must be a valid Float.");
        assertBadInput(endpoint.query(createAt("1e400")), "input.position.latitude");
        assertBadInput(
                endpoint.post("{\"query\": \"" + CREATE + "\", \"variables\": {\"input\":"
                        + " {\"kind\": \"TIRE\", \"position\": {\"latitude\": 1e400, \"longitude\": 0}}}}"),
                "input.position.latitude");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "getIncident(id",
                "getVendor(id",
                "getTrackingSession(id",
                "getActiveSessionByIncident(incidentId"
            })
    void namesAnEmptyId(String lookup) {
        String argument = lookup.substring(lookup.indexOf('(') + 1);
        assertFault(endpoint.query("{ " + lookup + ": \"\") { id } }"), argument, "must not be empty.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ getVendors(ids: ['a', '']) { id } } | ids[1]",
                "mutation { cancelIncident(input: {incidentId: ''}) { id } } | input.incidentId",
                "mutation { startTrackingSession(input: {incidentId: '', vendorId: 'v'}) { id } } | input.incidentId",
                "mutation { startTrackingSession(input: {incidentId: 'i', vendorId: ''}) { id } } | input.vendorId",
                "mutation { updateSessionStatus(input: {sessionId: '', status: ARRIVED}) { id } } | input.sessionId",
                "mutation { updateLocations(input: {sessionId: '', locations: []}) { outcome } } | input.sessionId"
            })
    void namesAnEmptyIdInAnyPlace(String document, String argument) {
        assertFault(endpoint.query(document.replace('\'', '"')), argument, "must not be empty.");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 101, 100_000})
    void namesAPageSizeOutOfRange(int first) {
        assertBadInput(endpoint.query("{ listIncidents(first: " + first + ") { edges { cursor } } }"), "first");
        assertBadInput(
                endpoint.query(
                        "query($count: Int) { listTrackingSessions(first: $count) { edges { cursor } } }",
                        Map.of("count", first)),
                "first");
        assertBadInput(
                endpoint.query("{ searchVendorsNearby(near: {latitude: 1, longitude: 1}, radiusMiles: 1, first: "
                        + first + ") { totalCount } }"),
                "first");
    }

    @Test
    void namesACursorOfAnotherList() {
        endpoint.query(createAt("1"));
        String cursor = endpoint.query("{ listIncidents(first: 1) { pageInfo { endCursor } } }")
                .body()
                .at("/data/listIncidents/pageInfo/endCursor")
                .asString();

        assertFault(
                endpoint.query("{ listTrackingSessions(after: \"" + cursor + "\") { edges { cursor } } }"),
                "after",
                "is not a cursor of this list.");
    }

    @Test
    void namesAVariableOfTheWrongType() {
        String query = "query($id: ID!, $count: Int) { getIncident(id: $id) { id } listIncidents(first: $count)"
                + " { edges { cursor } } }";

        assertFault(endpoint.query(query, Map.of("id", Map.of())), "id", "must be a valid ID.");
        assertFault(endpoint.query(query, Map.of("id", "i", "count", "x")), "first", "must be a valid Int.");
        assertFault(endpoint.query(query, Map.of("id", "i", "count", 1.5)), "first", "must be a valid Int.");
        assertFault(endpoint.query(query, Map.of("id", true)), "id", "must be a valid ID.");
        assertFault(endpoint.query(query), "id", "is required.");
        assertFault(endpoint.query(query, withNull("id")), "id", "must not be null.");
        assertBadInput(
                endpoint.query("query($id: Int) { getIncident(id: $id) { id } }", Map.of("id", 1)),
                "id",
                "Variable 'id' of type 'Int' used in position expecting type 'ID!'");
    }

    @Test
    void namesTheFieldInsideAVariable() {
        assertFault(create(Map.of("kind", "TIRE")), "input.position", "is required.");
        assertFault(create("nothing"), "input", "must be an object.");
        assertFault(create(Map.of("kind", "TIRE", "position", List.of())), "input.position", "must be an object.");
        assertFault(create(position("1")), "input.position.latitude", "must be a valid Float.");
        assertFault(
                create(Map.of("kind", "TIRE", "position", Map.of("latitude", 1, "longitude", 1, "altitude", 1))),
                "input.position.altitude",
                "is not a field of this type.");
        assertFault(
                endpoint.query(
                        "query($lat: Float!) { searchVendorsNearby(near: {latitude: $lat, longitude: 0}, radiusMiles:"
                                + " 1) { totalCount } }",
                        Map.of("lat", "x")),
                "near.latitude",
                "must be a valid Float.");
        assertFault(
                endpoint.query(
                        "mutation($at: DateTime!) { updateLocation(input: {sessionId: 1, location:"
                                + " {latitude: 1, longitude: 1, recordedAt: $at}}) { outcome } }",
                        Map.of("at", "noon")),
                "input.location.recordedAt",
                "must be an RFC 3339 date-time such as 2026-03-21T14:05:09.120Z.");
    }

    @Test
    void namesTheArgumentWhereOnlyTheDefaultOfAVariableIsValid() {
        Map<String, ?> none = withNull("miles");

        assertFault(
                endpoint.query(
                        "query($miles: Float = 5) { searchVendorsNearby(near: {latitude: 1, longitude: 1},"
                                + " radiusMiles: $miles) { totalCount } }",
                        none),
                "radiusMiles",
                "must not be null.");
    }

    @Test
    void namesAnUnknownEnum() {
        String states = "must be one of REPORTED, ASSIGNED, IN_PROGRESS, RESOLVED, CANCELLED.";

        assertFault(
                endpoint.query("{ listIncidents(filter: {statuses: [REPORTED, LOST]}) { edges { cursor } } }"),
                "filter.statuses[1]",
                states);
        assertFault(
                endpoint.query(
                        "query($f: IncidentFilter) { listIncidents(filter: $f) { edges { cursor } } }",
                        Map.of("f", Map.of("statuses", List.of("REPORTED", "LOST")))),
                "filter.statuses[1]",
                states);
        assertBadInput(
                endpoint.query("query($s: [IncidentStatus!] = [LOST]) { listIncidents(filter: {statuses: $s}) { edges {"
                        + " cursor } } }"),
                "filter.statuses",
                "The default value of `$s` " + states);
    }

    @Test
    void namesAnInvalidLiteral() {
        assertBadInput(endpoint.query("{ getIncident { id } }"), "id", "Missing field argument 'id'");
        assertBadInput(
                endpoint.query("{ getIncident(id: 1, name: 2) { id } }"), "name", "Unknown field argument 'name'");
        assertFault(
                endpoint.query("{ searchVendorsNearby(near: {latitude: 1}, radiusMiles: 1) { totalCount } }"),
                "near.longitude",
                "is required.");
        assertFault(
                endpoint.query(
                        "{ searchVendorsNearby(near: {latitude: 1, longitude: 1, x: 1}, radiusMiles: 1) { totalCount }"
                                + " }"),
                "near.x",
                "is not a field of this type.");
        assertFault(
                endpoint.query("{ searchVendorsNearby(near: 1, radiusMiles: 1) { totalCount } }"),
                "near",
                "must be an object.");
        assertFault(
                endpoint.query(
                        "{ searchVendorsNearby(near: {latitude: null, longitude: 1}, radiusMiles: 1) { totalCount } }"),
                "near.latitude",
                "must not be null.");
    }

    @Test
    void namesAnUnknownOperation() {
        assertBadInput(
                endpoint.post("{\"query\": \"query a { __typename }\", \"operationName\": \"b\"}"),
                "operationName",
                "Unknown operation named 'b'.");
    }

    @Test
    void reportsAnUnparsableDocumentWithoutAnArgument() {
        assertBadInput(endpoint.query("{"), null);
        assertBadInput(endpoint.query("{ nothing }"), null, "Field 'nothing' in type 'Query' is undefined");
    }

    @Test
    void logsTheCorrelationIdOfAnAnswer(CapturedOutput log) {
        String id = endpoint.query("{ listIncidents(first: 0) { edges { cursor } } }")
                .correlationId();

        assertThat(id).isNotEmpty();
        assertThat(log.getAll().lines())
                .anyMatch(line -> line.contains("correlation id " + id) && line.contains("BAD_INPUT(first)"));
    }

    @Test
    void logsTheCorrelationIdOfARejection(CapturedOutput log) {
        String id = endpoint.post("no").correlationId();

        assertThat(id).isNotEmpty();
        assertThat(log.getAll().lines()).anyMatch(line -> line.contains("correlation id " + id));
    }

    @Test
    void replacesLineBreaksInTheLog(CapturedOutput log) {
        create(Map.of("kind", "TIRE", "a\nb", 1));

        assertThat(log.getAll()).contains("BAD_INPUT(input.a?b)");
    }

    private Answer create(Object input) {
        return endpoint.query(CREATE, Map.of("input", input));
    }

    private static Map<String, ?> position(Object latitude) {
        return Map.of("kind", "TIRE", "position", Map.of("latitude", latitude, "longitude", 0));
    }

    private static String createAt(String latitude) {
        return "mutation { createIncident(input: {kind: TIRE, position: {latitude: " + latitude
                + ", longitude: 0}}) { id } }";
    }

    private static Map<String, ?> withNull(String... names) {
        Map<String, @Nullable Object> variables = new HashMap<>();
        Arrays.stream(names).forEach(name -> variables.put(name, null));
        return variables;
    }

    private static void assertBadInput(Answer answer, @Nullable String argument, String message) {
        assertBadInput(answer, argument);
        assertThat(answer.error().path("message").asString()).isEqualTo(message);
    }

    private static void assertFault(Answer answer, String argument, String predicate) {
        assertBadInput(answer, argument, "`" + argument + "` " + predicate);
    }

    private static void assertBadInput(Answer answer, @Nullable String argument) {
        assertThat(answer.code()).as(answer.text()).isEqualTo("BAD_INPUT");
        assertThat(answer.argument()).as(answer.text()).isEqualTo(argument);
        assertThat(answer.correlationId()).as(answer.text()).isNotEmpty();
        assertThat(answer.text()).doesNotContain("java.", "graphql.", "Exception", "Value{");
    }
}
