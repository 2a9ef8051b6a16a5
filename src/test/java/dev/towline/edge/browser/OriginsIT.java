package dev.towline.edge.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.edge.RawHttp;
import dev.towline.edge.RawHttp.Reply;
import dev.towline.local.RunsTowline;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Which pages may use the service: its own, and those of {@code https://app.example} and {@code http://localhost:*}. */
@RunsTowline
@ExtendWith(OutputCaptureExtension.class)
class OriginsIT {

    private static final String QUERY = "/graphql?query=%7B__typename%7D";
    private static final String BODY = "{\"query\":\"{__typename}\"}";

    private static final String HANDSHAKE = String.join(
            "\r\n",
            "GET /graphql HTTP/1.1",
            "Host: localhost",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Protocol: graphql-transport-ws",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "");

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @CsvSource({
        "'',                          200, ''",
        "http://localhost,            200, ''",
        "https://app.example,         200, https://app.example",
        "http://localhost:5173,       200, http://localhost:5173",
        "null,                        403, ''",
        "https://localhost,           403, ''",
        "https://evil.example,        403, ''",
        "https://app.example:8443,    403, ''",
        "https://app.example.evil,    403, ''",
        "https://sub.app.example,     403, ''",
        "http://app.example,          403, ''",
        "http://localhost.evil:5173,  403, ''",
        "http://localhost:5173.evil,  403, ''",
        "not an origin,               403, ''",
        "http://[,                    403, ''"
    })
    void letsOnlyAllowedPagesIn(String origin, int status, String allowed) throws IOException {
        String header = origin.isEmpty() ? "X: y" : "Origin: " + origin;
        Reply get = RawHttp.send(port, "GET " + QUERY + " HTTP/1.1\r\n" + header, "");
        Reply stream = RawHttp.send(port, "GET " + QUERY + " HTTP/1.1\r\nAccept: text/event-stream\r\n" + header, "");
        Reply post = RawHttp.send(
                port,
                "POST /graphql HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: " + BODY.length() + "\r\n"
                        + header,
                BODY);
        Reply schema = RawHttp.send(port, "GET /graphql/schema.graphql HTTP/1.1\r\n" + header, "");
        for (Reply reply : new Reply[] {get, stream, post, schema}) {
            assertThat(reply.status()).as(reply.head()).isEqualTo(status);
            assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo(allowed);
            assertThat(reply.head()).doesNotContain("Access-Control-Allow-Credentials");
            assertThat(reply.head()).containsIgnoringCase("\r\nVary: Origin");
            if (status == 403) {
                assertThat(reply.code()).isEqualTo("BAD_INPUT");
            }
        }
        assertThat(get.header("Access-Control-Expose-Headers"))
                .isEqualTo(
                        allowed.isEmpty()
                                ? ""
                                : "ETag, Retry-After, WWW-Authenticate, Allow, RateLimit, RateLimit-Policy");
        assertThat(handshake(header)).isEqualTo(status == 200 ? 101 : 403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | content-type,authorization,x-api-key",
                "POST | content-type,x-towline-share,x-towline-seen,x-towline-cache-report",
                "POST | x-amz-date,x-amz-security-token,x-amz-user-agent",
                "POST | traceparent,tracestate,x-own",
                "GET  | authorization,if-none-match"
            })
    void answersThePreflightOfAnAllowedPage(String method, String headers) throws IOException {
        Reply reply = preflight("https://app.example", "/graphql", method, headers);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
        assertThat(reply.header("Access-Control-Allow-Methods").split(",")).contains(method.strip(), "HEAD");
        assertThat(reply.header("Access-Control-Allow-Headers").replace(" ", ""))
                .isEqualTo(headers);
        assertThat(reply.header("Access-Control-Max-Age")).isEqualTo("7200");
        assertThat(reply.head()).doesNotContain("Access-Control-Allow-Credentials");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://evil.example | /graphql                | POST",
                "null                 | /graphql                | POST",
                "https://app.example  | /graphql                | DELETE",
                "https://evil.example | /graphql/schema.graphql | GET",
                "https://app.example  | /actuator/prometheus    | GET",
                "https://app.example  | /                       | GET",
                "https://app.example  | /local/token            | POST"
            })
    void answersNoOtherPreflight(String origin, String path, String method) throws IOException {
        Reply reply = preflight(origin, path, method, "content-type");
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.head()).doesNotContain("Access-Control-Allow");
    }

    /** What browsers send without {@code Origin}: links, images and scripts. */
    @ParameterizedTest
    @CsvSource({
        "GET,  /graphql?query=%7B__typename%7D, cross-site,  403",
        "GET,  /graphql?query=%7B__typename%7D, same-site,   403",
        "HEAD, /graphql?query=%7B__typename%7D, cross-site,  403",
        "GET,  /graphql?query=%7B__typename%7D, same-origin, 200",
        "GET,  /graphql?query=%7B__typename%7D, none,        200",
        "GET,  /graphiql,                       cross-site,  200",
        "GET,  /,                               cross-site,  200",
        "GET,  /actuator/health,                cross-site,  200"
    })
    void executesNothingForALinkOnAnotherPage(String method, String target, String site, int status)
            throws IOException {
        Reply reply = RawHttp.send(port, method + " " + target + " HTTP/1.1\r\nSec-Fetch-Site: " + site, "");
        assertThat(reply.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/graphiql", "/actuator/health", "/nothing"})
    void letsForeignPagesReadNothingElse(String path) throws IOException {
        Reply reply = RawHttp.send(port, "GET " + path + " HTTP/1.1\r\nOrigin: https://app.example", "");
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.head()).doesNotContain("Access-Control-Allow");
    }

    @Test
    void writesDownRefusals(CapturedOutput output) throws IOException {
        handshake("Origin: https://evil.example");
        assertThat(output.getOut().replace("\\\"", "\""))
                .containsPattern("action=handshake object=\"from https://evil.example\""
                        + " result=\"refused: the origin is not allowed\" role=- subject=- tenant=- address=127.0.0.1");
    }

    private Reply preflight(String origin, String path, String method, String headers) throws IOException {
        return RawHttp.send(
                port,
                "OPTIONS " + path + " HTTP/1.1\r\nOrigin: " + origin + "\r\nAccess-Control-Request-Method: "
                        + method.strip() + "\r\nAccess-Control-Request-Headers: " + headers,
                "");
    }

    private int handshake(String headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write((HANDSHAKE + headers + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            String line = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))
                    .readLine();
            return Integer.parseInt(line.split(" ", 3)[1]);
        }
    }
}
