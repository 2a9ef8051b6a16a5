package dev.towline.edge.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.edge.RawHttp;
import dev.towline.edge.RawHttp.Reply;
import dev.towline.local.RunsTowline;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Every kind of answer has the headers that tell browsers what a page may do. */
@RunsTowline
class SecurityHeadersIT {

    private static final List<String> HEADERS = List.of(
            "content-security-policy",
            "cross-origin-opener-policy",
            "cross-origin-resource-policy",
            "permissions-policy",
            "referrer-policy",
            "x-content-type-options");

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | GET / HTTP/1.1",
                "200 | HEAD / HTTP/1.1",
                "200 | GET /graphiql HTTP/1.1",
                "200 | GET /start/start.js HTTP/1.1",
                "200 | GET /favicon.svg HTTP/1.1",
                "200 | GET /graphql/schema.graphql HTTP/1.1",
                "200 | GET /graphql?query=%7B__typename%7D HTTP/1.1",
                "200 | GET /graphql?query=%7B__typename%7D HTTP/1.1\\Accept: text/event-stream",
                "304 | GET /graphql?query=%7B__typename%7D HTTP/1.1\\If-None-Match: *",
                "200 | GET /graphql?query=%7Bnothing HTTP/1.1",
                "405 | PUT /graphql HTTP/1.1",
                "405 | TRACE / HTTP/1.1",
                "406 | GET /graphql HTTP/1.1\\Accept: image/png",
                "415 | POST /graphql HTTP/1.1\\Content-Type: */*",
                "415 | POST /graphql HTTP/1.1\\Content-Type: text/plain\\Content-Length: 0",
                "200 | OPTIONS /graphql HTTP/1.1",
                "200 | OPTIONS /graphql HTTP/1.1\\Origin: https://app.example\\Access-Control-Request-Method: POST",
                "403 | GET / HTTP/1.1\\Origin: https://evil.example",
                "404 | GET /nothing HTTP/1.1",
                "400 | GET /%zz HTTP/1.1",
                "400 | G@T / HTTP/1.1",
                "505 | GET / HTTP/2.0",
                "501 | CONNECT / HTTP/1.1",
                "400 | GET /graphql HTTP/1.1\\Upgrade: websocket",
                "200 | GET /actuator/health HTTP/1.1",
                "403 | GET /actuator/prometheus HTTP/1.1",
                "200 | GET /actuator/prometheus HTTP/1.1\\X-Towline-Local-Role: OPERATOR"
            })
    void sendsEachHeaderOnceWithEveryAnswer(int status, String request) throws IOException {
        Reply reply = RawHttp.send(port, request.replace("\\", "\r\n"), "");
        assertThat(reply.status()).as(reply.head()).isEqualTo(status);
        assertThat(names(reply)).containsAll(HEADERS).doesNotHaveDuplicates();
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.header("Content-Security-Policy"))
                .contains("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'")
                .doesNotContain("unsafe-eval", "script-src");
        assertThat(reply.header("Permissions-Policy")).contains("geolocation=(self)");
        assertThat(names(reply)).doesNotContain("server", "x-powered-by", "strict-transport-security");
        if (status >= 400) {
            assertThat(reply.body()).doesNotContainIgnoringCase("tomcat").doesNotContainIgnoringCase("spring");
        }
    }

    @Test
    void asksForTlsOnlyOverTls() throws IOException {
        for (String target : new String[] {"/", "/nothing", "/graphql?query=%7B__typename%7D", "/%zz"}) {
            Reply reply = RawHttp.send(port, "GET " + target + " HTTP/1.1\r\nX-Forwarded-Proto: https", "");
            assertThat(reply.header("Strict-Transport-Security")).as(target).isEqualTo("max-age=31536000");
        }
    }

    private static List<String> names(Reply reply) {
        return Arrays.stream(reply.head().split("\r\n", -1))
                .skip(1)
                .map(line -> line.split(":", 2)[0].toLowerCase(Locale.ROOT))
                // a list may come in several lines
                .filter(name -> !name.equals("vary"))
                .toList();
    }
}
