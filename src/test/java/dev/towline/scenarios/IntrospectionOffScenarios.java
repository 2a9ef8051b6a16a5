package dev.towline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.edge.Endpoint;
import dev.towline.edge.RawHttp;
import dev.towline.edge.Transports;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that tells strangers nothing about its schema. */
class IntrospectionOffScenarios extends WatchedTowline {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "query { __schema { types { name } } }",
                "query { __type(name: \"Incident\") { name } }",
                "query { a: __typename ... { ...F } } fragment F on Query { x: __schema { types { name } } }",
                "query { __typename @skip(if: true) __schema @skip(if: true) { types { name } } }",
                "query A { __typename } query B { __schema { types { name } } }"
            })
    void refusesIntrospection(String document) {
        new Transports(port, "nobody")
                .ask(document, document.startsWith("query A") ? "A" : null, Map.of())
                .forEach((transport, answer) -> {
                    assertThat(answer.code())
                            .as("%s: %s", transport, answer.text())
                            .isEqualTo("BAD_INPUT");
                    assertThat(answer.error().at("/extensions/limit").asString())
                            .isEqualTo("introspection");
                    assertThat(answer.error().at("/extensions/allowed").asInt(-1))
                            .isZero();
                });
    }

    @Test
    void allowsTypeNames() {
        assertThat(new Endpoint(port)
                        .query("{ __typename }")
                        .body()
                        .at("/data/__typename")
                        .asString())
                .isEqualTo("Query");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/graphiql",
                "/graphiql/",
                "/graphiql/index.html",
                "//graphiql",
                "/graphiql;a=b",
                "/graph%69ql",
                "/graphql/schema.graphql",
                "/graphql//schema.graphql",
                "/graphql;a=b/schema.graphql;a=b",
                "/graphql/./schema%2Egraphql"
            })
    void hasNeitherGraphiQlNorTheSchema(String path) throws IOException {
        assertThat(RawHttp.send(port, "GET " + path + " HTTP/1.1", "").status()).isBetween(400, 404);
    }

    /** A document that is nearly right. A suggestion would tell the names of the schema. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        { getInciden(id: 1) { id } }                                     | getIncident
        { getIncident(id: 1, i: 1) { id } }                              | ids
        { getIncident(id: 1) { statu } }                                 | status
        { getIncident(id: 1) { ...F } } fragment F on Inciden { id }     | Incident
        { listIncidents(filter: {statuse: [REPORTED]}) { __typename } }  | statuses
        query($a: IncidentFilte) { listIncidents(filter: $a) { __typename } } | IncidentFilter
        { __typename @skp }                                              | skip
        """)
    void suggestsNoNames(String document, String name) {
        Endpoint.Answer answer = new Endpoint(port).query(document);

        assertThat(answer.code()).isEqualTo("BAD_INPUT");
        assertThat(answer.text().toLowerCase(Locale.ROOT))
                .doesNotContain("did you mean")
                .doesNotContainPattern("\\b" + name.toLowerCase(Locale.ROOT) + "\\b");
    }

    /** Jackson suggests names, too. */
    @Test
    void suggestsNoNamesInVariables() {
        Endpoint.Answer answer = new Endpoint(port)
                .query(
                        "query($f: IncidentFilter) { listIncidents(filter: $f) { __typename } }",
                        Map.of("f", Map.of("statuse", 1)));

        assertThat(answer.code()).isEqualTo("BAD_INPUT");
        assertThat(answer.text()).doesNotContain("did you mean", "Did you mean", "statuses");
        assertThat(new Endpoint(port).post("{\"quer\": \"{ __typename }\"}").text())
                .doesNotContainIgnoringCase("did you mean");
    }
}
