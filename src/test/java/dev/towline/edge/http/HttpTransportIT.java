package dev.towline.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.edge.Endpoint;
import dev.towline.edge.Endpoint.Answer;
import dev.towline.edge.RawHttp;
import dev.towline.local.RunsTowline;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The HTTP transport, beyond the cases of the public audit suite. */
@RunsTowline
class HttpTransportIT {

    private static final String TYPENAME_ANSWER =
            "{\"data\":{\"__typename\":\"Query\"},\"extensions\":{\"cost\":{\"requested\":0,\"budget\":5000}}}";

    private static final String TYPENAME = "{\"query\": \"{ __typename }\"}";
    private static final String CREATE =
            "mutation { createIncident(input: {kind: TIRE, position: {latitude: 1, longitude: 1}}) { id } }";
    private static final String WATCH = "subscription { onTrackingUpdated(sessionId: \"none\") { kind } }";
    private static final String RESPONSE_JSON = "application/graphql-response+json";

    private final int port;

    @Autowired
    private MeterRegistry meters;

    private final Endpoint endpoint;

    HttpTransportIT(@LocalServerPort int port) {
        this.port = port;
        endpoint = new Endpoint(port);
    }

    @Test
    void answersAQueryByGet() {
        Answer answer = endpoint.get(Map.of(
                "query", "query a { __typename } query b($n: String!) { __type(name: $n) { name } }",
                "operationName", "b",
                "variables", "{\"n\": \"Incident\"}",
                "extensions", "{}"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().at("/data/__type/name").asString()).isEqualTo("Incident");
    }

    @Test
    void rejectsAMutationByGet() {
        String tenant = "refuses-a-mutation-by-get";
        Answer answer = endpoint.get(Map.of("query", CREATE), "X-Towline-Local-Tenant", tenant);

        assertRefused(answer, 405, null);
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, POST, OPTIONS");
        assertThat(answer.body().has("data")).isFalse();
        assertThat(endpoint.post(
                                "{\"query\": \"{ listIncidents { edges { cursor } } }\"}",
                                "X-Towline-Local-Tenant",
                                tenant)
                        .body()
                        .at("/data/listIncidents/edges")
                        .size())
                .isZero();
    }

    @Test
    void rejectsAMutationByGetAsAStream() {
        assertRefused(endpoint.get(Map.of("query", CREATE), "Accept", "text/event-stream"), 405, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "QUERY"})
    void rejectsOtherMethods(String method) {
        assertRefused(endpoint.send(endpoint.request("").method(method, BodyPublishers.noBody())), 405, null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/graphql",
                "application/json; charset=iso-8859-1",
                "application/json; charset=nonsense",
                "nonsense"
            })
    void rejectsEveryTypeButJson(String type) {
        assertRefused(endpoint.post(TYPENAME, "Content-Type", type), 415, null);
    }

    @Test
    void rejectsACompressedBody() {
        assertRefused(endpoint.post(TYPENAME, "Content-Encoding", "gzip"), 415, null);
        assertRefused(endpoint.post(TYPENAME, "Content-Encoding", "identity, gzip"), 415, null);
        assertRefused(endpoint.post(TYPENAME, "Content-Encoding", "identity", "Content-Encoding", "gzip"), 415, null);
    }

    @Test
    void acceptsIdentityCodingInSeveralLines() {
        assertThat(endpoint.post(TYPENAME, "Content-Encoding", "identity", "Content-Encoding", ", Identity, ,identity")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void readsAcceptInSeveralLinesAsOneList() {
        Answer answer = endpoint.post(TYPENAME, "Accept", "text/html, , image/*", "Accept", RESPONSE_JSON);

        assertThat(answer.header("Content-Type")).isEqualTo(RESPONSE_JSON + ";charset=UTF-8");
    }

    @Test
    void readsAcceptEncodingInSeveralLinesAsOneList() {
        String query = "{\"query\": \"{ __schema { types { name description fields { name description } } } }\"}";

        assertThat(endpoint.post(query, "Accept-Encoding", "deflate", "Accept-Encoding", "gzip")
                        .header("Content-Encoding"))
                .isEqualTo("gzip");
        assertThat(endpoint.post(query, "Accept-Encoding", "gzip, br", "Accept-Encoding", "br;q=0")
                        .header("Content-Encoding"))
                .isEqualTo("gzip");
    }

    @Test
    void matchesATagInAnyLine() {
        Map<String, String> query = Map.of("query", "{ __typename }");
        String tag = endpoint.get(query).header("ETag");

        assertThat(endpoint.get(query, "If-None-Match", "\"other\"", "If-None-Match", tag)
                        .status())
                .isEqualTo(304);
    }

    @ParameterizedTest
    @CsvSource({
        "X-Towline-Local-Role, OPERATOR, OPERATOR",
        "X-Towline-Local-Subject, a, b",
        "X-Towline-Local-Tenant, a, b"
    })
    void rejectsAmbiguousCredentials(String name, String first, String second) {
        Answer post = endpoint.post(TYPENAME, name, first, name, second);
        assertThat(post.code()).isEqualTo("BAD_INPUT");
        assertThat(post.argument()).isEqualTo(name);
        Answer get = endpoint.get(Map.of("query", "{ __typename }"), name, first, name, second);
        assertThat(get.argument()).isEqualTo(name);
        assertThat(endpoint.post(TYPENAME, "Accept", "text/event-stream", name, first, name, second)
                        .text())
                .contains("\"argument\":\"" + name + '"');
        assertThat(endpoint.post(TYPENAME, name, first).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "websocket      | Upgrade              | graphql-transport-ws",
                "websocket      | keep-alive/Upgrade   | graphql-transport-ws",
                "h2c/WebSocket  | keep-alive, upgrade  | graphql-transport-ws",
                "h2c, websocket | Upgrade              | a/graphql-transport-ws",
                "websocket      | Upgrade              | a, b/c, graphql-transport-ws",
                "websocket      | Upgrade              | a, , graphql-transport-ws/b"
            })
    void takesAHandshakeWhoseListsComeInSeveralLines(String upgrade, String connection, String protocol)
            throws IOException {
        String request = "GET /graphql HTTP/1.1\r\nHost: localhost\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + lines("Upgrade", upgrade)
                + lines("Connection", connection)
                + lines("Sec-WebSocket-Protocol", protocol)
                + "\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            List<String> lines =
                    answer.lines().takeWhile(line -> !line.isEmpty()).toList();
            assertThat(lines.getFirst()).startsWith("HTTP/1.1 101 ");
            assertThat(lines).anyMatch("sec-websocket-protocol: graphql-transport-ws"::equalsIgnoreCase);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "image/*", "application/json;q=0", "text/event-stream;q=0", "nonsense"})
    void rejectsAnUnsupportedMediaType(String accept) {
        assertRefused(endpoint.post(TYPENAME, "Accept", accept), 406, null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no",
                "{",
                "[]",
                "\"{ __typename }\"",
                "1",
                "null",
                "[{\"query\": \"{ __typename }\"}]",
                "{} {}",
                "{\"query\": NaN}"
            })
    void rejectsABodyThatIsNotOneJsonObject(String body) {
        assertRefused(endpoint.post(body), 400, null);
    }

    @Test
    void rejectsADeeplyNestedBody() {
        assertRefused(endpoint.post("[".repeat(100_000)), 400, null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "query         | {\"query\": 1}",
                "query         | {}",
                "query         | {\"query\": null}",
                "query         | {\"query\": \" \"}",
                "operationName | {\"query\": \"{ __typename }\", \"operationName\": 1}",
                "variables     | {\"query\": \"{ __typename }\", \"variables\": \"{}\"}",
                "variables     | {\"query\": \"{ __typename }\", \"variables\": []}",
                "extensions    | {\"query\": \"{ __typename }\", \"extensions\": 1}"
            })
    void namesTheInvalidParameter(String argument, String body) {
        assertRefused(endpoint.post(body), 400, argument);
    }

    @Test
    void namesTheInvalidParameterOfTheUrl() {
        assertRefused(endpoint.get(Map.of("query", "{ __typename }", "variables", "{")), 400, "variables");
        assertRefused(endpoint.get(Map.of("query", "{ __typename }", "extensions", "1")), 400, "extensions");
        assertRefused(endpoint.get(Map.of("variables", "{}")), 400, "query");
        assertRefused(endpoint.send(endpoint.request("")), 400, "query");
    }

    @Test
    void acceptsABodyOfAtMostOneMebibyte() {
        assertThat(endpoint.post(padded(1024 * 1024)).status()).isEqualTo(200);
        assertRefused(endpoint.post(padded(1024 * 1024 + 1)), 413, null);
    }

    @Test
    void rejectsABodyOfTenMegabytesByItsLength() {
        assertRefused(endpoint.post(padded(10_000_000)), 413, null);
    }

    @Test
    void rejectsABodyOfTenMegabytesOfUnknownLength() {
        assertRefused(
                endpoint.send(endpoint.request("")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofInputStream(() -> new Spaces(10_000_000)))),
                413,
                null);
    }

    @Test
    void rejectsInTheRequestedMediaType() {
        assertThat(endpoint.post("no", "Accept", RESPONSE_JSON).header("Content-Type"))
                .isEqualTo(RESPONSE_JSON + ";charset=UTF-8");
        assertThat(endpoint.post("no", "Accept", "text/event-stream").header("Content-Type"))
                .isEqualTo("application/json;charset=UTF-8");
    }

    /** The statuses of GraphQL over HTTP, September 2026, and those for clients that only accept application/json. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "200 | 200 | {'query': '{ __typename }'}",
                "200 | 200 | {'query': '{ __typename }', 'operationName': null, 'variables': null, 'more': 1}",
                "294 | 200 | {'query': '{ getIncident(id: ``) { id } __typename }'}",
                "294 | 200 | {'query': '{ listIncidents(first: 0) { edges { cursor } } }'}",
                "400 | 400 | NONSENSE",
                "400 | 400 | {'query':",
                "400 | 400 | {'query': ' '}",
                "400 | 200 | {'query': '{'}",
                "422 | 400 | []",
                "422 | 400 | {'qeury': '{ __typename }'}",
                "422 | 400 | {'query': 1}",
                "422 | 400 | {'query': '{ __typename }', 'variables': [7]}",
                "422 | 400 | {'query': '{ __typename }', 'operationName': {}}",
                "422 | 400 | {'query': '{ __typename }', 'extensions': 'x'}",
                "422 | 200 | {'query': '{ nothing }'}",
                "422 | 200 | {'query': '{ getIncident { id } }'}",
                "422 | 200 | {'query': 'query a { __typename } query b { __typename }'}",
                "422 | 200 | {'query': 'query a { __typename }', 'operationName': 'b'}",
                "422 | 200 | {'query': 'query($id: ID!) { getIncident(id: $id) { id } }', 'variables': {'id': null}}",
                "422 | 200 | {'query': 'query($id: ID!) { getIncident(id: $id) { id } }'}",
                "406 | 406 | {'query': 'subscription { onTrackingUpdated(sessionId: 1) { kind } }'}"
            })
    void answersWithTheStatusOfTheFirstEdition(int status, int inJson, String body) {
        String json = body.replace("``", "\\\"\\\"").replace('\'', '"');

        assertThat(endpoint.post(json, "Accept", RESPONSE_JSON).status()).isEqualTo(status);
        assertThat(endpoint.post(json, "Accept", "application/json").status()).isEqualTo(inJson);
        assertThat(endpoint.post(json).status()).isEqualTo(inJson);
        assertThat(endpoint.post(json, "Accept", RESPONSE_JSON + ", application/json;q=0.9")
                        .status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "200 | 200 | query={__typename}",
                "294 | 200 | query={listIncidents(first:0){edges{cursor}}}",
                "400 | 200 | query={",
                "400 | 400 | query={__typename}&variables={",
                "422 | 400 | variables={}",
                "422 | 400 | query={__typename}&variables=[]",
                "422 | 200 | query={nothing}",
                "405 | 405 | query=mutation{createIncident(input:{kind:TIRE,position:{latitude:1,longitude:1}}){id}}"
            })
    void answersGetWithTheStatusOfTheFirstEdition(int status, int inJson, String query) throws IOException {
        String get = "GET /graphql?" + query + " HTTP/1.1\r\nAccept: ";

        assertThat(RawHttp.send(port, get + RESPONSE_JSON, "").status()).isEqualTo(status);
        assertThat(RawHttp.send(port, get + "application/json", "").status()).isEqualTo(inJson);
    }

    @Test
    void keepsDataBesideErrors() {
        Answer answer = endpoint.post(
                "{\"query\": \"{ getIncident(id: \\\"\\\") { id } __typename }\"}", "Accept", RESPONSE_JSON);

        assertThat(answer.body().at("/data/__typename").asString()).isEqualTo("Query");
        assertThat(answer.code()).isEqualTo("BAD_INPUT");
        assertThat(answer.header("Content-Type")).isEqualTo(RESPONSE_JSON + ";charset=UTF-8");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    /** Apollo Client and urql send a hash first. After this answer, they send the document. */
    @Test
    void requestsTheDocumentOfAHash() {
        String hash = "{\"persistedQuery\": {\"version\": 1, \"sha256Hash\": \"" + "0".repeat(64) + "\"}}";
        String body = "{\"operationName\": \"a\", \"variables\": {}, \"extensions\": " + hash + "}";

        assertPersistedQueryNotSupported(endpoint.post(body), 200);
        assertPersistedQueryNotSupported(endpoint.post(body, "Accept", RESPONSE_JSON), 422);
        assertPersistedQueryNotSupported(endpoint.post(body.replace("{\"op", "{\"query\": null, \"op")), 200);
        assertPersistedQueryNotSupported(endpoint.post(body.replace("{\"op", "{\"query\": \"\", \"op")), 200);
        assertPersistedQueryNotSupported(endpoint.get(Map.of("extensions", hash)), 200);
        assertPersistedQueryNotSupported(endpoint.get(Map.of("extensions", hash), "Accept", RESPONSE_JSON), 422);
        assertThat(endpoint.post(body, "Accept", "text/event-stream").text())
                .startsWith("event: next\ndata: {\"errors\":[{\"message\":\"PersistedQueryNotSupported\"")
                .endsWith("event: complete\ndata: {}\n\n");

        Answer answer = endpoint.post("{\"query\": \"{ __typename }\", \"extensions\": " + hash + "}");
        assertThat(answer.text()).isEqualTo(TYPENAME_ANSWER);
    }

    private static void assertPersistedQueryNotSupported(Answer answer, int status) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.error().path("message").asString()).isEqualTo("PersistedQueryNotSupported");
        assertThat(answer.code()).isEqualTo("PERSISTED_QUERY_NOT_SUPPORTED");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"persistedQuery\": null}", "{\"persistedQuery\": \"x\"}", "{}", "null"})
    void requestsTheDocumentWithoutAHash(String extensions) {
        assertRefused(endpoint.post("{\"extensions\": " + extensions + "}"), 400, "query");
    }

    /** Byte sequences that RFC 3629 forbids: overlong, surrogates, beyond U+10FFFF, truncated; and bytes of other encodings. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "c1a1",
                "c080",
                "e08080",
                "e09f81",
                "f0808081",
                "eda080",
                "edbfbf",
                "eda0bdedb880",
                "f4908080",
                "f8888080",
                "fe",
                "ff",
                "80",
                "c3",
                "e282",
                "f09f98"
            })
    void rejectsMalformedUtf8(String hex) throws IOException {
        byte[] bytes = HexFormat.of().parseHex(hex);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);

        assertThat(rawPost("{\"query\": \"{ __typename } #" + text + "\"}").status())
                .isEqualTo(400);
        assertThat(rawPost("{\"query\": \"{__typename}\", \"variables\": {\"a\": \"" + text + "\"}}")
                        .status())
                .isEqualTo(400);
        String encoded = hex.replaceAll("..", "%$0");
        assertThat(RawHttp.send(port, "GET /graphql?query={__typename}%23" + encoded + " HTTP/1.1", "")
                        .status())
                .isEqualTo(400);
        assertThat(RawHttp.send(
                                port,
                                "GET /graphql?query={__typename}&variables={%22a%22:%22" + encoded + "%22} HTTP/1.1",
                                "")
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32BE", "UTF-32LE"})
    void rejectsJsonInAnotherEncoding(String charset) throws IOException {
        byte[] body = TYPENAME.getBytes(Charset.forName(charset));

        assertThat(rawPost(new String(body, StandardCharsets.ISO_8859_1)).status())
                .isEqualTo(400);
    }

    @Test
    void acceptsUtf8WithOrWithoutAByteOrderMark() throws IOException {
        String body = "{\"query\": \"{ __typename } # ä 🏃 \uFFFF\"}";

        for (String mark : new String[] {"", "\uFEFF"}) {
            byte[] bytes = (mark + body).getBytes(StandardCharsets.UTF_8);
            assertThat(rawPost(new String(bytes, StandardCharsets.ISO_8859_1)).body())
                    .isEqualTo(TYPENAME_ANSWER);
        }
    }

    /** A body with one byte for each character. */
    private RawHttp.Reply rawPost(String body) throws IOException {
        return RawHttp.send(
                port,
                "POST /graphql HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: " + body.length(),
                body);
    }

    @Test
    void rejectsBatches() {
        assertRefused(endpoint.post("[" + TYPENAME + ", " + TYPENAME + "]"), 400, null);
    }

    @Test
    void requiresAStreamForASubscription() {
        String body = Endpoint.JSON.writeValueAsString(Map.of("query", WATCH));

        assertRefused(endpoint.post(body), 406, null);
        assertRefused(endpoint.post(body, "Accept", "*/*"), 406, null);
        assertThat(endpoint.post(body, "Accept", "application/json, text/event-stream")
                        .header("Content-Type"))
                .isEqualTo("text/event-stream;charset=UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "gzip"})
    void compressesALongAnswer(String coding) {
        String query = "{\"query\": \"{ __schema { types { name description fields { name description } } } }\"}";

        Answer answer = endpoint.post(query, "Accept-Encoding", coding);

        assertThat(answer.header("Content-Encoding")).isEqualTo(coding);
    }

    @Test
    void compressesNoStream() {
        String query = "{\"query\": \"{ __schema { types { name description } } }\"}";

        Answer answer = endpoint.post(query, "Accept-Encoding", "br, gzip", "Accept", "text/event-stream");

        assertThat(answer.header("Content-Encoding")).isEmpty();
        assertThat(answer.text()).startsWith("event: next\ndata: {").endsWith("event: complete\ndata: {}\n\n");
    }

    @Test
    void streamsForAGet() {
        Answer answer = endpoint.get(Map.of("query", WATCH), "Accept", "text/event-stream");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("event: next\ndata: {\"errors\":[", "NOT_FOUND", "event: complete");
    }

    @Test
    void countsCachedDocuments() {
        double before = hits();
        String query = "{ getVendor(id: \"counts-the-documents\") { id } }";

        endpoint.query(query);
        assertThat(hits()).isEqualTo(before);
        endpoint.query(query);
        assertThat(hits()).isEqualTo(before + 1);
    }

    private double hits() {
        return meters.get("towline.documents.requests")
                .tag("result", "hit")
                .counter()
                .count();
    }

    @ParameterizedTest
    @CsvSource({"{__typename}, 200", "{__typename}&variables={\"a\":[1]}, 200", "%zz, 400"})
    void acceptsAnUnencodedQuery(String query, int status) throws IOException {
        assertThat(rawly("/graphql?query=" + query))
                .startsWith("HTTP/1.1 " + status + ' ')
                .contains(status == 200 ? TYPENAME_ANSWER : "\"code\":\"BAD_INPUT\"");
    }

    @Test
    void acceptsALongQueryInTheUrl() throws IOException {
        assertThat(rawly("/graphql?query={__typename}" + "%20".repeat(10_000))).startsWith("HTTP/1.1 200 ");
    }

    /** The answer to an unusual request target. */
    private String rawly(String target) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request = "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".formatted(target);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Header lines with the same name, one for each value. A slash separates the values. */
    private static String lines(String header, String values) {
        return Arrays.stream(values.split("/", -1))
                .map(value -> header + ": " + value + "\r\n")
                .collect(Collectors.joining());
    }

    private static String padded(int bytes) {
        String body = "{\"query\": \"{ __typename }\"}";
        return body + " ".repeat(bytes - body.length());
    }

    private static void assertRefused(Answer answer, int status, @Nullable String argument) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo("BAD_INPUT");
        assertThat(answer.argument()).isEqualTo(argument);
        assertThat(answer.correlationId()).isNotEmpty();
    }

    /** A body that is generated while it is sent. */
    private static final class Spaces extends InputStream {

        private final AtomicLong left;

        Spaces(long length) {
            this.left = new AtomicLong(length);
        }

        @Override
        public int read() {
            return left.getAndDecrement() > 0 ? ' ' : -1;
        }

        @Override
        public int read(byte[] into, int from, int most) {
            int count = (int) Math.min(most, left.get());
            left.addAndGet(-count);
            Arrays.fill(into, from, from + count, (byte) ' ');
            return count > 0 ? count : -1;
        }
    }
}
