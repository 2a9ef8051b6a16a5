package dev.towline.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.edge.Transports.Answered;
import dev.towline.local.RunsTowline;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Requests that are rejected before execution, over every transport. */
@RunsTowline
class RefusedRequestsIT {

    private static final String CREATE = "createIncident(input: {kind: TIRE, position: {latitude: 1, longitude: 1}})";

    @Autowired
    private MeterRegistry meters;

    private final Transports transports;

    RefusedRequestsIT(@LocalServerPort int port) {
        transports = new Transports(port, "refused-" + UUID.randomUUID());
    }

    /** Validation allows a nullable variable in a non-null place if one of them has a default. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mutation($v: Boolean = true) { CREATE { id @include(if: $v) } } | if",
                "mutation($v: Boolean = true) { CREATE { id version @skip(if: $v) } } | if",
                "mutation($v: Boolean = true) { CREATE { ...F @include(if: $v) } } fragment F on Incident { id } | if",
                "mutation($v: Boolean = true) { CREATE { ... @include(if: $v) { id } } } | if",
                "mutation($v: Boolean = true) { CREATE { ...F } } fragment F on Incident { id @skip(if: $v) } | if",
                "mutation($v: Boolean = true) { CREATE { ... on Incident { activeSession { id @skip(if: $v) } } } } |"
                        + " if",
                "mutation($v: Float = 1) { createIncident(input: {kind: TIRE, position: {latitude: $v, longitude: 1}})"
                        + " { id } } | input.position.latitude",
                "mutation($v: IncidentKind = TIRE) { CREATE { id } a: createIncident(input: {kind: $v,"
                        + " position: {latitude: 1, longitude: 1}}) { id } } | input.kind",
                "mutation($v: ID = 1) { CREATE { id } cancelIncident(input: {incidentId: $v}) { id } }"
                        + " | input.incidentId",
                "query($v: Boolean = true) { __typename @include(if: $v) } | if",
                "query($v: ID = 1) { getIncident(id: $v) { id } } | id",
                "query($v: ID = 1) { getVendors(ids: [1, $v]) { id } } | ids[1]",
                "query($v: [ID!] = [1]) { getVendors(ids: $v) { id } } | ids",
                "query($v: Float = 1) { searchVendorsNearby(near: {latitude: 1, longitude: $v}, radiusMiles: 1) {"
                        + " totalCount } } | near.longitude",
                "query($v: IncidentStatus = REPORTED) { listIncidents(filter: {statuses: [$v]}) { edges { cursor } } }"
                        + " | filter.statuses[0]",
                "query($v: String = ID) { __type(name: $v) { name } } | name",
                "subscription($v: ID = 1) { onTrackingUpdated(sessionId: $v) { kind } } | sessionId",
                "subscription($v: Boolean = true) { onTrackingUpdated(sessionId: 1) { kind @include(if: $v) } } | if"
            })
    void rejectsANullWhereOnlyTheDefaultOfItsVariableIsValid(String document, String argument) {
        String text = document.replace("CREATE", CREATE).replace("= ID)", "= \"ID\")");

        assertBadInput(transports.ask(text, nothing("v")), argument);
        assertThat(transports.incidents()).isZero();
    }

    @Test
    void acceptsANullWhereItIsAllowed() {
        String tracks = "query($n: Int = 5, $has: Boolean = false, $id: ID = 1, $j: JSON) { listIncidents(first: $n) {"
                + " edges { cursor } } getIncident(id: $id) @include(if: $has) { id } }";

        transports
                .ask(tracks.replace(", $j: JSON", ""), nothing("n", "id"))
                .forEach((transport, answer) -> assertThat(
                                answer.json().at("/data/listIncidents/edges").isArray())
                        .as("%s: %s", transport, answer.text())
                        .isTrue());
    }

    @Test
    void rejectsAnEmptyOperationNameWithTwoOperations() {
        String document = "mutation A { " + CREATE + " { id } } mutation B { " + CREATE + " { id } }";

        assertBadInput(transports.ask(document, "", Map.of()), "operationName");
        assertBadInput(transports.ask("query A { __typename } query B { __typename }", "", Map.of()), "operationName");
        assertThat(transports.incidents()).isZero();
    }

    @Test
    void acceptsAnEmptyOperationNameWithOneOperation() {
        transports
                .ask("query A { __typename }", "", Map.of())
                .forEach((transport, answer) -> assertThat(
                                answer.json().at("/data/__typename").asString())
                        .as("%s: %s", transport, answer.text())
                        .isEqualTo("Query"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "subscription($b: Boolean!) { WATCH @include(if: $b) { kind } }",
                "subscription($b: Boolean!) { WATCH @skip(if: $b) { kind } }",
                "subscription($b: Boolean = true) { WATCH @include(if: $b) { kind } }",
                "subscription($b: Boolean!) { ...F } fragment F on Subscription { WATCH @include(if: $b) { kind } }",
                "subscription($b: Boolean!) { ...F @include(if: $b) } fragment F on Subscription { WATCH { kind } }",
                "subscription($b: Boolean!) { ... @include(if: $b) { WATCH { kind } } }",
                "subscription($b: Boolean!) { ... on Subscription { WATCH @skip(if: $b) { kind } } }",
                "subscription { WATCH @include(if: true) { kind } }",
                "subscription { WATCH @skip(if: true) { kind } }",
                "subscription { WATCH @skip(if: false) { kind } }",
                "subscription { ... @include(if: false) { WATCH { kind } } }",
                "subscription { __typename }",
                "subscription { a: __typename }",
                "subscription { ...F } fragment F on Subscription { __typename }",
                "subscription { a: WATCH { kind } b: WATCH { kind } }",
                "subscription { a: WATCH { kind } ...F } fragment F on Subscription { b: WATCH { kind } }",
                "subscription { a: WATCH { kind } ... on Subscription { b: WATCH { kind } } }",
                "subscription { ...Nothing }",
                "subscription { ...F } fragment F on Query { __typename }",
                "subscription { ...F } fragment F on Nothing { __typename }",
                "subscription { ...F } fragment F on Subscription { ...F }",
                "subscription { WATCH { kind @include(if: null) } }"
            })
    void rejectsASubscriptionWithoutExactlyOneField(String document) {
        String text = document.replace("WATCH", "onTrackingUpdated(sessionId: 1)");

        Map<String, Answered> answers =
                transports.ask(text, text.contains("$b: Boolean!") ? Map.of("b", true) : Map.of());

        answers.forEach((transport, answer) -> {
            assertThat(answer.json().path("errors"))
                    .as("%s: %s", transport, answer.text())
                    .isNotEmpty()
                    .allSatisfy(error -> assertThat(error.at("/extensions/code").asString())
                            .as(answer.text())
                            .isEqualTo("BAD_INPUT"));
            assertThat(answer.json().has("data")).as(answer.text()).isFalse();
        });
        await().atMost(Duration.ofSeconds(20))
                .until(() -> meters.get("towline.live.watchers").gauge().value() == 0);
    }

    @Test
    void acceptsASubscriptionThatRepeatsItsField() {
        String document = "subscription { ...F onTrackingUpdated(sessionId: 1) { kind } } fragment F on Subscription {"
                + " onTrackingUpdated(sessionId: 1) { sequence @include(if: true) } }";

        transports
                .ask(document, Map.of())
                .forEach((transport, answer) -> assertThat(answer.code())
                        .as("%s: %s", transport, answer.text())
                        .isEqualTo("NOT_FOUND"));
    }

    private static void assertBadInput(Map<String, Answered> answers, @Nullable String argument) {
        answers.forEach((transport, answer) -> {
            assertThat(answer.code()).as("%s: %s", transport, answer.text()).isEqualTo("BAD_INPUT");
            assertThat(answer.argument()).as("%s: %s", transport, answer.text()).isEqualTo(argument);
            assertThat(answer.json().has("data"))
                    .as("%s: %s", transport, answer.text())
                    .isFalse();
        });
    }

    private static Map<String, ?> nothing(String... names) {
        Map<String, @Nullable Object> variables = new HashMap<>();
        for (String name : names) {
            variables.put(name, null);
        }
        return variables;
    }
}
