package dev.towline.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.edge.RawHttp;
import dev.towline.edge.RawHttp.Reply;
import dev.towline.local.RunsTowline;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The errors for requests that Tomcat or Spring reject. */
@RunsTowline
@ExtendWith(OutputCaptureExtension.class)
class HttpRefusalsIT {

    private static final String TYPENAME_ANSWER =
            "{\"data\":{\"__typename\":\"Query\"},\"extensions\":{\"cost\":{\"requested\":0,\"budget\":5000}}}";

    private static final String TYPENAME = "/graphql?query=%7B__typename%7D";
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String CHUNKED = "POST /graphql HTTP/1.1\r\n" + JSON + "Transfer-Encoding: chunked";
    private static final String HANDSHAKE = "GET /graphql HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n";
    private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    @LocalServerPort
    private int port;

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of(414, "GET /graphql?query=" + "a".repeat(70_000) + " HTTP/1.1", ""),
                Arguments.of(431, "GET " + TYPENAME + " HTTP/1.1\r\nX: " + "a".repeat(70_000), ""),
                Arguments.of(431, "GET " + TYPENAME + " HTTP/1.1\r\n" + headers(300), ""),
                Arguments.of(400, "GET /graphql?query={ä} HTTP/1.1", ""),
                Arguments.of(400, "GET /\u00c3\u00a4 HTTP/1.1", ""),
                Arguments.of(400, "GET /%zz HTTP/1.1", ""),
                Arguments.of(400, "GET /graphql%2f HTTP/1.1", ""),
                Arguments.of(400, "GET /../.. HTTP/1.1", ""),
                Arguments.of(400, CHUNKED, "zz\r\n{}\r\n0\r\n\r\n"),
                Arguments.of(400, CHUNKED, "5\r\n{}\r\n0\r\n\r\n"),
                Arguments.of(400, CHUNKED, "FFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n"),
                Arguments.of(501, "POST /graphql HTTP/1.1\r\n" + JSON + "Transfer-Encoding: br", "{}"),
                Arguments.of(400, "POST /graphql HTTP/1.1\r\n" + JSON + "Content-Length: abc", "{}"),
                Arguments.of(400, "POST /graphql HTTP/1.1\r\n" + JSON + "Content-Length: -5", "{}"),
                Arguments.of(400, "POST /graphql HTTP/1.1\r\n" + JSON + "Content-Length: 2\r\nContent-Length: 3", "{}"),
                Arguments.of(400, "GET / HTTP/1.1\r\nA B: c", ""),
                Arguments.of(400, "GET / HTTP/1.1\r\nÄ: c", ""),
                Arguments.of(400, "GET / HTTP/1.1\r\nno colon", ""),
                Arguments.of(400, "GET / HTTP/1.1\r\nX: a\u0000b", ""),
                Arguments.of(400, "GET / HTTP/1.1\r\nHost: another", ""),
                Arguments.of(400, "G@T / HTTP/1.1", ""),
                Arguments.of(400, "GET / HTTQ/1.1", ""),
                Arguments.of(505, "GET / HTTP/2.0", ""),
                Arguments.of(417, "GET / HTTP/1.1\r\nExpect: tea", ""),
                Arguments.of(404, "GET /nothing HTTP/1.1", ""),
                Arguments.of(404, "GET /nothing HTTP/1.0", ""),
                Arguments.of(404, "POST /nothing HTTP/1.1\r\n" + JSON + "Content-Length: 2", "{}"),
                Arguments.of(404, "GET /actuator/health/nothing HTTP/1.1", ""),
                Arguments.of(406, "GET /actuator/health HTTP/1.1\r\nAccept: nonsense", ""),
                Arguments.of(406, "GET " + TYPENAME + " HTTP/1.1\r\nAccept: nonsense", ""),
                Arguments.of(501, "CONNECT / HTTP/1.1", ""));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void rejectsInTheCommonFormat(int status, String lineAndHeaders, String body) throws IOException {
        assertRefused(RawHttp.send(port, lineAndHeaders, body), status);
    }

    static Stream<Arguments> tooMuch() {
        return Stream.of(
                Arguments.of("headerBytes", 65_536, "GET /graphql?query=" + "a".repeat(70_000) + " HTTP/1.1"),
                Arguments.of("headerBytes", 65_536, "GET " + TYPENAME + " HTTP/1.1\r\nX: " + "a".repeat(70_000)),
                Arguments.of("headers", 100, "GET " + TYPENAME + " HTTP/1.1\r\n" + headers(300)));
    }

    @ParameterizedTest
    @MethodSource("tooMuch")
    void namesTheLimitsOfTomcat(String limit, int allowed, String lineAndHeaders) throws IOException {
        assertThat(RawHttp.send(port, lineAndHeaders, "").body())
                .contains("at most " + allowed, "\"limit\":\"" + limit + "\",\"allowed\":" + allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: a b\r\n", "GET / HTTP/1.1\r\nHost: [::\r\n"})
    void rejectsARequestWithoutAHost(String head) throws IOException {
        assertRefused(RawHttp.exactly(port, head + "Connection: close\r\n\r\n"), 400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TRACE | /graphql         | GET, HEAD, POST, OPTIONS",
                "PUT   | /graphql         | GET, HEAD, POST, OPTIONS",
                "FOO   | /graphql         | GET, HEAD, POST, OPTIONS",
                "TRACE | /                | GET, HEAD, OPTIONS",
                "POST  | /                | GET, HEAD, OPTIONS",
                "FOO   | /favicon.svg     | GET, HEAD, OPTIONS",
                "POST  | /actuator/health | GET, HEAD, OPTIONS",
                "TRACE | /actuator/health | GET, HEAD, OPTIONS",
                "PUT   | /graphql/schema.graphql | GET, HEAD, OPTIONS"
            })
    void rejectsAMethodAndListsTheSupportedOnes(String method, String path, String allowed) throws IOException {
        Reply reply = RawHttp.send(port, method + " " + path + " HTTP/1.1", "");

        assertRefused(reply, 405);
        assertThat(reply.header("Allow")).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/graphql                | GET, HEAD, POST, OPTIONS",
                "/                       | GET, HEAD, OPTIONS",
                "/graphiql               | GET, HEAD, OPTIONS",
                "/actuator/health        | GET,HEAD,OPTIONS",
                "/graphql/schema.graphql | GET, HEAD, OPTIONS"
            })
    void listsTheSupportedMethods(String path, String allowed) throws IOException {
        Reply reply = RawHttp.send(port, "OPTIONS " + path + " HTTP/1.1", "");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Allow")).isEqualTo(allowed);
        assertThat(reply.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TYPENAME,
                "/graphql?query={listIncidents(first:1){edges{cursor}}}",
                "/graphql?query={nothing}",
                "/graphql?query=mutation{a}",
                "/graphql",
                "/",
                "/graphql/schema.graphql",
                "/nothing"
            })
    void answersHeadLikeGet(String target) throws IOException {
        Reply get = RawHttp.send(port, "GET " + target + " HTTP/1.1", "");
        Reply head = RawHttp.send(port, "HEAD " + target + " HTTP/1.1", "");

        assertThat(head.status()).isEqualTo(get.status());
        for (String name : new String[] {"Content-Type", "Content-Length", "ETag", "Cache-Control", "Vary", "Allow"}) {
            assertThat(head.header(name)).as(name).isEqualTo(get.header(name));
        }
        assertThat(get.body()).isNotEmpty();
        assertThat(head.body()).isEmpty();
    }

    @Test
    void answersHeadOfAStreamWithoutTheStream() throws IOException {
        String stream = "/graphql?query=subscription{onTrackingUpdated(sessionId:%22none%22){kind}}"
                + " HTTP/1.1\r\nAccept: text/event-stream";

        Reply reply = RawHttp.send(port, "HEAD " + stream, "");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).startsWith("text/event-stream");
        assertThat(reply.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/graphql", "/actuator/health", "/nothing", "/graphiql"})
    void rejectsAMediaRangeAsContentType(String path) throws IOException {
        for (String type : new String[] {"*/*", "application/*", "*", "application/*+json", "*/*; charset=utf-8"}) {
            String head = "POST " + path + " HTTP/1.1\r\nContent-Length: 2\r\nContent-Type: " + type;
            assertRefused(RawHttp.send(port, head, "{}"), 415);
        }
    }

    @Test
    void rejectsInTheAcceptedMediaType() throws IOException {
        String accept = "\r\nAccept: application/graphql-response+json";

        assertThat(RawHttp.send(port, CHUNKED + accept, "zz\r\n").header("Content-Type"))
                .isEqualTo("application/graphql-response+json;charset=UTF-8");
        assertThat(RawHttp.send(port, "TRACE /graphql HTTP/1.1" + accept, "").header("Content-Type"))
                .isEqualTo("application/graphql-response+json;charset=UTF-8");
        assertThat(RawHttp.send(port, "GET /nothing HTTP/1.1" + accept, "").header("Content-Type"))
                .isEqualTo("application/json;charset=UTF-8");
    }

    /** Headers that the service ignores if they are malformed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: */*",
                "Content-Type: application/*",
                "Content-Type: ;",
                "Content-Type: a/b;charset=nonsense",
                "Content-Encoding: nonsense",
                "Content-Language: %%",
                "Accept-Language: ;;q=x",
                "Accept-Charset: nonsense;q=5",
                "If-Modified-Since: x",
                "If-None-Match: \"",
                "If-Match: x",
                "Range: bytes=9-1",
                "Cookie: $Version=1; a=\"",
                "Referer: %%",
                "X-Forwarded-Proto: nonsense",
                "X-Forwarded-Port: nonsense",
                "traceparent: nonsense",
                "baggage: ===,,",
                "Connection: \""
            })
    void ignoresAMalformedHeader(String header) throws IOException {
        assertThat(get("/", header).status()).isEqualTo(200);
        assertThat(get("/actuator/info", header + "\r\nX-Towline-Local-Role: OPERATOR")
                        .status())
                .isEqualTo(200);
        assertRefused(get("/nothing", header), 404);
        Reply reply = get(TYPENAME, header);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo(TYPENAME_ANSWER);
    }

    /** Nobody knows who has sent them. */
    @ParameterizedTest
    @ValueSource(
            strings = {"Authorization: \u00ff", "Forwarded: =;", "X-Forwarded-For: nonsense", "X-Forwarded-Host: ["})
    void takesNobodyForAMalformedCredential(String header) throws IOException {
        assertThat(get("/", header).status()).isEqualTo(200);
        assertRefused(get("/nothing", header), 404);
        assertThat(get(TYPENAME, header).code()).isEqualTo("UNAUTHENTICATED");
    }

    private Reply get(String target, String header) throws IOException {
        return RawHttp.send(port, "GET " + target + " HTTP/1.1\r\n" + header, "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 | Sec-WebSocket-Version: 13 | Connection: Upgrade | Origin: https://elsewhere.example",
                "403 | Sec-WebSocket-Version: 13 | Connection: Upgrade | Origin: null",
                "403 | Sec-WebSocket-Version: 13 | Connection: Upgrade | Origin: http://[x",
                "403 | Sec-WebSocket-Version: 13 | Connection: Upgrade | Origin: %%%",
                "426 | Sec-WebSocket-Version: 12 | Connection: Upgrade | X: x",
                "400 | Sec-WebSocket-Version: 13 | Connection: close   | X: x"
            })
    void rejectsAHandshake(int status, String version, String connection, String origin) throws IOException {
        String close = connection.contains("close") ? "" : "Connection: close\r\n";
        Reply reply = RawHttp.exactly(
                port, HANDSHAKE + KEY + version + "\r\n" + connection + "\r\n" + close + origin + "\r\n\r\n");

        assertRefused(reply, status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Sec-WebSocket-Key: x\r\n"})
    void rejectsAHandshakeWithoutAKey(String key) throws IOException {
        String head = HANDSHAKE + "Connection: Upgrade, close\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n";

        assertRefused(RawHttp.exactly(port, head + key + "\r\n"), 400);
    }

    @Test
    void leavesNoWarningAndNoStackTraceInTheLog(CapturedOutput log) throws IOException {
        RawHttp.send(port, "GET /nothing HTTP/1.1", "");
        RawHttp.send(port, "POST / HTTP/1.1", "");
        RawHttp.send(port, "GET /graphql?query={ä} HTTP/1.1", "");
        RawHttp.send(port, "GET /graphql?query=%C1%A1 HTTP/1.1", "");
        RawHttp.send(port, CHUNKED, "zz\r\n{}\r\n0\r\n\r\n");
        String id = RawHttp.send(port, "GET /nowhere HTTP/1.1", "")
                .error()
                .at("/extensions/correlationId")
                .asString();

        assertThat(log.getAll()).contains(id).doesNotContain("\tat ", "Exception");
        assertThat(log.getAll().lines()).noneMatch(line -> line.contains("\"WARN\"") || line.contains(" WARN "));
    }

    private static String headers(int count) {
        return IntStream.range(0, count).mapToObj(i -> "X" + i + ": x").collect(Collectors.joining("\r\n"));
    }

    private static void assertRefused(Reply reply, int status) {
        assertThat(reply.status()).as("%s", reply).isEqualTo(status);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json;charset=UTF-8");
        assertThat(reply.code()).isEqualTo("BAD_INPUT");
        assertThat(reply.error().path("message").asString()).isNotEmpty();
        assertThat(reply.error().at("/extensions/correlationId").asString()).isNotEmpty();
    }
}
