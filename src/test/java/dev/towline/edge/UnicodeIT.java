package dev.towline.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.edge.Transports.Answered;
import dev.towline.local.RunsTowline;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Text with lone surrogates, which strict JSON parsers reject, and text with surrogate pairs. */
@RunsTowline
class UnicodeIT {

    private static final String LONE = "a\ud83db";

    private static final String CREATE =
            "mutation($input: CreateIncidentInput!) { createIncident(input: $input) { id description } }";

    private final int port;

    private final Transports transports;

    UnicodeIT(@LocalServerPort int port) {
        this.port = port;
        transports = new Transports(port, "unicode-" + UUID.randomUUID());
    }

    @Test
    void rejectsALoneSurrogateInAVariable() {
        assertBadInput(transports.ask(CREATE, Map.of("input", incident("description", LONE))), "input.description");
        assertBadInput(transports.ask(CREATE, Map.of("input", incident("clientToken", LONE))), "input.clientToken");
        assertBadInput(transports.ask(CREATE, Map.of("input", incident("description", "\ude00"))), "input.description");
        assertBadInput(transports.ask("query($id: ID!) { getIncident(id: $id) { id } }", Map.of("id", LONE)), "id");
        assertBadInput(
                transports.ask(
                        "query($ids: [ID!]!) { getVendors(ids: $ids) { id } }", Map.of("ids", List.of("a", LONE))),
                "ids[1]");
        assertBadInput(
                transports.ask("query($id: ID!) { getVendors(ids: [1, $id]) { id } }", Map.of("id", LONE)), "ids[1]");
        assertBadInput(
                transports.ask(
                        "query($s: String!) { listIncidents(after: $s) { edges { cursor } } }", Map.of("s", LONE)),
                "after");
        assertBadInput(transports.ask("query($s: String!) { __type(name: $s) { name } }", Map.of("s", LONE)), "name");
        assertBadInput(
                transports.ask(
                        "subscription($id: ID!) { onTrackingUpdated(sessionId: $id) { kind } }", Map.of("id", LONE)),
                "sessionId");
        assertThat(transports.incidents()).isZero();
    }

    @Test
    void rejectsALoneSurrogateInJson() {
        String evict = "mutation($j: JSON) { evictCache(input: {field: \"Query.getVendor\", arguments: $j}) { evicted"
                + " } }";

        assertBadInput(transports.ask(evict, Map.of("j", LONE)), "input.arguments");
        assertBadInput(transports.ask(evict, Map.of("j", Map.of("id", LONE))), "input.arguments.id");
        assertBadInput(transports.ask(evict, Map.of("j", Map.of("id", List.of(1, LONE)))), "input.arguments.id[1]");
        assertBadKey(transports.ask(evict, Map.of("j", Map.of(LONE, 1))), "input.arguments");
        assertBadInput(
                transports.ask(
                        "mutation($s: String) { evictCache(input: {field: $s}) { evicted } }", Map.of("s", LONE)),
                "input.field");
    }

    @Test
    void rejectsALoneSurrogateWhereAnotherTypeIsExpected() {
        assertBadInput(transports.ask(CREATE, Map.of("input", incident("kind", LONE))), "input.kind");
        assertBadInput(transports.ask(CREATE, Map.of("input", LONE)), "input");
        assertBadInput(
                transports.ask("query($n: Int) { listIncidents(first: $n) { edges { cursor } } }", Map.of("n", LONE)),
                "first");
        assertBadKey(transports.ask(CREATE, Map.of("input", incident(LONE, 1))), "input.a\ufffdb");
    }

    @Test
    void rejectsALoneSurrogateInADocument() {
        assertBadInput(transports.ask("query { getIncident(id: \"" + LONE + "\") { id } }", Map.of()), "query");
        assertBadInput(transports.ask("query { __typename } # " + LONE, Map.of()), "query");
        assertBadInput(transports.ask("query { " + LONE + " }", Map.of()), "query");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\ud83d",
                "\\ude00",
                "\\ude00\\ud83d",
                "\\ud83d\\ud83d",
                "\\ud83d a",
                "\\u{d83d}",
                "\\ud83d\\u{ffffffffff}",
                "\\u{ffffffffff}",
                "\\u{110000}"
            })
    void rejectsAnInvalidEscapeInALiteral(String escape) {
        assertBadInput(transports.ask("query { getIncident(id: \"" + escape + "\") { id } }", Map.of()), null);
    }

    @Test
    void rejectsALongNumber() {
        assertBadInput(
                transports.ask("query { listIncidents(first: 1e99999999999) { edges { cursor } } }", Map.of()), null);
    }

    @Test
    void rejectsALoneSurrogateInAnOperationName() {
        Map<String, Answered> answers = transports.ask("query a { __typename }", LONE, Map.of());

        assertBadInput(answers, "operationName");
    }

    @Test
    void ignoresAVariableThatTheDocumentDoesNotDefine() {
        Answered answer = Objects.requireNonNull(
                transports.ask("query { __typename }", Map.of(LONE, LONE)).get("WebSocket"));

        assertThat(answer.json().at("/data/__typename").asString())
                .as(answer.text())
                .isEqualTo("Query");
    }

    @Test
    void keepsASurrogatePair() {
        String document = "mutation($d: String) { createIncident(input: {kind: TIRE, position: {latitude: 1, longitude:"
                + " 1}, description: %s}) { description } }";

        assertDescribed(transports.ask(document.formatted("$d"), Map.of("d", "a😀b")));
        String literal = document.replace("($d: String)", "");
        assertDescribed(transports.ask(literal.formatted("\"a😀b\""), Map.of()));
        assertDescribed(transports.ask(literal.formatted("\"\"\"a😀b\"\"\""), Map.of()));
        assertDescribed(transports.ask(literal.formatted("\"a\\ud83d\\ude00b\""), Map.of()));
        assertDescribed(transports.ask(literal.formatted("\"a\\u{1F600}b\""), Map.of()));
    }

    @Test
    void closesASocketThatSendsALoneSurrogate() {
        for (String message : List.of(
                "{'type':'ping','payload':{'a':'\\ud83d'}}",
                "{'type':'ping','payload':{'\\ud83d':1}}",
                "{'id':'\\ud83d','type':'subscribe','payload':{'query':'{ __typename }'}}",
                "{'id':'\\ud83d','type':'complete'}")) {
            try (SocketClient client = SocketClient.connect(port).introduced()) {
                assertThat(client.says(message).closed().code()).as(message).isEqualTo(4400);
            }
        }
        try (SocketClient client = SocketClient.connect(port)) {
            client.says("{'type':'connection_init','payload':{'X-Towline-Local-Tenant':'\\ud83d'}}");
            assertThat(client.closed().code()).isEqualTo(4400);
        }
    }

    private static Map<String, ?> incident(String field, Object value) {
        Map<String, Object> input =
                new HashMap<>(Map.of("kind", "TIRE", "position", Map.of("latitude", 1, "longitude", 1)));
        input.put(field, value);
        return input;
    }

    private static void assertDescribed(Map<String, Answered> answers) {
        answers.forEach((transport, answer) -> {
            assertThat(answer.json().at("/data/createIncident/description").asString())
                    .as("%s: %s", transport, answer.text())
                    .isEqualTo("a😀b");
            assertThat(answer.text()).contains("a😀b");
        });
    }

    /** Asserts BAD_INPUT. A JSON parser of bytes may reject such a key itself, and then no argument is named. */
    private static void assertBadKey(Map<String, Answered> answers, String argument) {
        answers.forEach((transport, answer) ->
                assertBadInput(Map.of(transport, answer), answer.argument() == null ? null : argument));
        assertThat(Objects.requireNonNull(answers.get("WebSocket")).argument()).isEqualTo(argument);
    }

    private static void assertBadInput(Map<String, Answered> answers, @Nullable String argument) {
        answers.forEach((transport, answer) -> {
            assertThat(answer.code()).as("%s: %s", transport, answer.text()).isEqualTo("BAD_INPUT");
            assertThat(answer.argument()).as("%s: %s", transport, answer.text()).isEqualTo(argument);
            assertThat(answer.json().has("data"))
                    .as("%s: %s", transport, answer.text())
                    .isFalse();
            assertThat(answer.text()).doesNotContainPattern("(?i)(?<!\\\\)\\\\ud[89a-f]");
        });
    }
}
