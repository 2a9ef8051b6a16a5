package dev.towline.edge.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.edge.Endpoint;
import dev.towline.edge.RawHttp;
import dev.towline.edge.RawHttp.Reply;
import dev.towline.local.RunsTowline;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * No request that a browser sends for a foreign page without asking first executes a mutation. The viewer of these requests is a dispatcher
 * only by the address of the client.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#cors-safelisted-request-header">Fetch: CORS-safelisted request-header</a>
 */
@RunsTowline
class SimpleRequestsIT {

    private static final String JSON = "Content-Type: application/json";

    @LocalServerPort
    private int port;

    private final String vendor = "v-" + UUID.randomUUID();

    private final String mutation =
            ("mutation { registerVendor(input: {id: \"%s\", name: \"x\", capabilities: [TOWING], position: {latitude:"
                            + " 1, longitude: 1}}) { id } }")
                    .formatted(vendor);

    /** The JSON body, and the same mutation in the other forms that a page can send. */
    private String body(String form) {
        return switch (form) {
            case "json" -> Endpoint.JSON.writeValueAsString(Map.of("query", mutation));
            case "form" -> "query=" + inUrl() + "&_method=POST";
            case "multipart" ->
                "--b\r\nContent-Disposition: form-data; name=\"operations\"\r\nContent-Type: application/json\r\n\r\n"
                        + body("json") + "\r\n--b--\r\n";
            default -> "";
        };
    }

    private String inUrl() {
        return URLEncoder.encode(mutation, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "415 | json      | Content-Type: text/plain",
                "415 | json      | Content-Type: text/plain;charset=UTF-8",
                "415 | json      | Content-Type: text/plain; x=application/json",
                "415 | json      | Content-Type: text/plain; application/json",
                "415 | json      | Content-Type: text/plain, application/json",
                "415 | json      | Content-Type: application/json, text/plain",
                "415 | json      | Content-Type: text/plain\\Content-Type: application/json",
                "415 | json      | Content-Type: application/json\\Content-Type: text/plain",
                "415 | json      | Content-Type:",
                "415 | json      | Content-Type: ;application/json",
                "415 | json      | X: y",
                "415 | json      | Content-Type: application/x-www-form-urlencoded",
                "415 | form      | Content-Type: application/x-www-form-urlencoded",
                "415 | json      | Content-Type: multipart/form-data; boundary=b",
                "415 | multipart | Content-Type: multipart/form-data; boundary=b",
                "415 | json      | Content-Type: text/plain\\X-HTTP-Method-Override: POST",
                "415 | json      | Content-Type: text/plain\\Accept: text/event-stream",
                "415 | json      | Content-Type: text/plain\\Accept: application/json",
                // a beacon or a form of an older browser
                "415 | none      | Content-Type: text/plain"
            })
    void refusesAPostThatNeedsNoPreflight(int status, String form, String headers) throws IOException {
        for (String target : new String[] {"/graphql", "/graphql?query=" + inUrl()}) {
            assertNotExecuted(status, "POST " + target, headers, body(form));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "405 | GET  | X: y",
                "405 | HEAD | X: y",
                "405 | GET  | X-HTTP-Method-Override: POST",
                "405 | GET  | X-HTTP-Method: POST",
                "405 | GET  | X-Method-Override: POST",
                "405 | GET  | Content-Type: text/plain",
                "405 | GET  | Content-Type: application/json",
                "403 | GET  | Sec-Fetch-Site: cross-site",
                "403 | HEAD | Sec-Fetch-Site: cross-site"
            })
    void refusesAMutationByLink(int status, String method, String headers) throws IOException {
        String target = "/graphql?_method=POST&query=" + inUrl();
        assertNotExecuted(status, method + " " + target, headers, headers.contains("Type") ? body("json") : "");
    }

    /** A browser would ask first, unless it is broken. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: https://evil.example",
                "Origin: null",
                "Origin: https://evil.example\\Accept: text/event-stream",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site"
            })
    void refusesJsonOfAnotherPage(String headers) throws IOException {
        assertNotExecuted(403, "POST /graphql", JSON + "\\" + headers, body("json"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X: y",
                "Origin: http://localhost",
                "Origin: http://localhost:5173",
                "Sec-Fetch-Site: same-origin"
            })
    void executesWhatTheServiceIsFor(String headers) throws IOException {
        Reply reply = send("POST /graphql", JSON + "\\" + headers, body("json"));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(isRegistered()).startsWith("{\"data\":{\"getVendor\":{\"id\":\"" + vendor + "\"}}");
    }

    private void assertNotExecuted(int status, String line, String headers, String body) throws IOException {
        Reply reply = send(line, headers, body);
        assertThat(reply.status()).as(reply.head()).isEqualTo(status);
        assertThat(isRegistered()).startsWith("{\"data\":{\"getVendor\":null}");
    }

    private Reply send(String line, String headers, String body) throws IOException {
        return RawHttp.send(
                port,
                line + " HTTP/1.1\r\nContent-Length: " + body.length() + "\r\n" + headers.replace("\\", "\r\n"),
                body);
    }

    private String isRegistered() {
        return new Endpoint(port)
                .query("{ getVendor(id: \"%s\") { id } }".formatted(vendor))
                .text();
    }
}
