package dev.towline.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.edge.Transports.Answered;
import dev.towline.local.RunsTowline;
import graphql.introspection.IntrospectionQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Introspection over every transport. */
@RunsTowline
class IntrospectionIT {

    private final Transports transports;

    IntrospectionIT(@LocalServerPort int port) {
        transports = new Transports(port, "introspection");
    }

    @Test
    void treatsANullIncludeDeprecatedAsItsDefault() {
        String document =
                "query(VARIABLE) { incident: __type(name: \"Incident\") { fields(ARGUMENT) { name args(ARGUMENT) {"
                        + " name } } } kind: __type(name: \"IncidentKind\") { enumValues(ARGUMENT) { name } } input:"
                        + " __type(name: \"PositionInput\") { inputFields(ARGUMENT) { name } } __schema { directives {"
                        + " name args(ARGUMENT) { name } } } }";
        Map<String, @Nullable Object> nothing = new HashMap<>();
        nothing.put("v", null);

        JsonNode expected =
                data(transports.ask(document.replace("(VARIABLE)", "").replace("(ARGUMENT)", ""), Map.of()));
        assertThat(expected.at("/incident/fields").size()).isGreaterThan(5);
        assertThat(data(transports.ask(
                        document.replace("(VARIABLE)", "").replace("ARGUMENT", "includeDeprecated: null"), Map.of())))
                .isEqualTo(expected);
        for (String definition : List.of("$v: Boolean", "$v: Boolean = true")) {
            assertThat(data(transports.ask(
                            document.replace("VARIABLE", definition).replace("ARGUMENT", "includeDeprecated: $v"),
                            nothing)))
                    .isEqualTo(expected);
        }
        assertThat(data(transports.ask(
                        document.replace("VARIABLE", "$v: Boolean").replace("ARGUMENT", "includeDeprecated: $v"),
                        Map.of())))
                .isEqualTo(expected);
    }

    @Test
    void rejectsANullTypeName() {
        transports.ask("query { __type(name: null) { name } }", Map.of()).forEach((transport, answer) -> {
            assertThat(answer.json().path("errors"))
                    .as("%s: %s", transport, answer.text())
                    .isNotEmpty()
                    .allSatisfy(error -> {
                        assertThat(error.at("/extensions/code").asString()).isEqualTo("BAD_INPUT");
                        assertThat(error.at("/extensions/argument").asString()).isEqualTo("name");
                    });
        });
    }

    @Test
    void listsSupportedDirectives() {
        JsonNode data = data(transports.ask("query { __schema { directives { name } } }", Map.of()));

        assertThat(data.at("/__schema/directives")
                        .valueStream()
                        .map(directive -> directive.path("name").asString()))
                .containsExactlyInAnyOrder("include", "skip", "deprecated", "specifiedBy", "oneOf", "cache", "cost");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "query { ... @defer { __typename } }",
                "query { ...F @defer(label: \"a\") } fragment F on Query { __typename }",
                "query { ... @defer(if: false) { __typename } }",
                "query { getIncident(id: 1) { ... @defer { id } } }",
                "query @experimental_disableErrorPropagation { __typename }",
                "mutation @experimental_disableErrorPropagation { cancelIncident(input: {incidentId: 1}) { id } }",
                "subscription @experimental_disableErrorPropagation { onTrackingUpdated(sessionId: 1) { kind } }",
                "subscription { onTrackingUpdated(sessionId: 1) { ... @defer(if: false) { kind } } }",
                "query { __typename @stream }",
                "query { __typename @cache(ttlSeconds: 1, scope: PUBLIC) }",
                "query { __typename @deprecated }",
                "query @oneOf { __typename }",
                "query { __typename @specifiedBy(url: \"a\") }"
            })
    void rejectsOtherDirectives(String document) {
        transports.ask(document, Map.of()).forEach((transport, answer) -> {
            assertThat(answer.code()).as("%s: %s", transport, answer.text()).isEqualTo("BAD_INPUT");
            assertThat(answer.json().has("data")).isFalse();
        });
    }

    @Test
    void answersSeveralTypeFieldsInOneRequest() {
        String types = IntStream.range(0, 10)
                .mapToObj(i -> "t" + i + ": __type(name: \"Incident\") { fields { name type { name ofType { name } } }"
                        + " inputFields { name } interfaces { name } possibleTypes { name } }")
                .collect(Collectors.joining(" "));
        String document =
                "query { __typename a: __schema { queryType { fields { name } } mutationType { fields { name }"
                        + " } } b: __schema { types { name fields { name } } } " + types + " }";

        JsonNode data = data(transports.ask(document, Map.of()));

        assertThat(data.at("/t9/fields").size()).isGreaterThan(5);
        assertThat(data.at("/a/mutationType/fields").size()).isGreaterThan(5);
    }

    @Test
    void answersTheStandardIntrospectionQuery() {
        JsonNode data = data(
                transports.ask(IntrospectionQuery.INTROSPECTION_QUERY.strip().replaceAll("\\s+", " "), Map.of()));

        assertThat(data.at("/__schema/types").size()).isGreaterThan(20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "query { __schema { types { fields { type { fields { name } } } } } }",
                "query { __type(name: \"Query\") { fields { type { ofType { fields { name } } } } } }",
                "query { ...Q } fragment Q on Query { __schema { types { ...T } } } fragment T on __Type { fields {"
                        + " type { ...U } } } fragment U on __Type { fields { name } }",
                "query { __type(name: \"A\") { possibleTypes { possibleTypes { name } } } }",
                "query { __type(name: \"A\") { interfaces { interfaces { name } } } }",
                "query { __type(name: \"A\") { inputFields { type { inputFields { name } } } } }",
                "query { a: __typename __type(name: \"A\") { OF_TYPE } }",
                "query { __schema { types { MANY } } }"
            })
    void rejectsCyclicAndLargeQueries(String document) {
        String deep = "ofType { ".repeat(20) + "name" + " }".repeat(20);
        String many = IntStream.range(0, 501).mapToObj(i -> "a" + i + ": name").collect(Collectors.joining(" "));

        transports
                .ask(document.replace("OF_TYPE", deep).replace("MANY", many), Map.of())
                .forEach((transport, answer) -> {
                    assertThat(answer.code())
                            .as("%s: %s", transport, answer.text())
                            .isIn("BAD_INPUT", "TOO_COMPLEX");
                    assertThat(answer.json().has("data")).isFalse();
                });
    }

    /** The answers of all transports. */
    private static JsonNode data(Map<String, Answered> answers) {
        List<JsonNode> all = new ArrayList<>();
        answers.forEach((transport, answer) -> {
            assertThat(answer.json().has("errors"))
                    .as("%s: %s", transport, answer.text())
                    .isFalse();
            all.add(answer.json().path("data"));
        });
        assertThat(all).hasSizeGreaterThan(3).containsOnly(all.getFirst());
        return all.getFirst();
    }
}
