package dev.towline.edge.actuator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.edge.RawHttp;
import dev.towline.edge.RawHttp.Reply;
import dev.towline.local.RunsTowline;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The actuator on the port of the service. */
@RunsTowline
@ExtendWith(OutputCaptureExtension.class)
class ActuatorIT {

    /** Somebody who has found the loopback address by a name of their own: nobody. */
    private static final String NOBODY = "Host: evil.example";

    private static final String DISPATCHER = "Host: localhost";
    private static final String OPERATOR = "Host: localhost\r\nX-Towline-Local-Role: OPERATOR";

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/health",
                "/actuator/health/liveness",
                "/actuator/health/readiness",
                "/actuator/health/readiness/dynamodb",
                "/actuator/health/dynamodb",
                "/actuator/health?x=/actuator/prometheus"
            })
    void showsItsHealthToEverybody(String target) throws IOException {
        assertThat(send("GET", target, NOBODY).body()).contains("\"status\":\"UP\"");
        assertThat(send("GET", target, NOBODY).status()).isEqualTo(200);
        assertThat(send("HEAD", target, NOBODY).status()).isEqualTo(200);
    }

    /** Spring Boot would fail for some of them, with a stack trace in the log. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/health/nothing",
                "/actuator/health/nothing/more",
                "/actuator/health/dynamodb/more",
                "/actuator/health/readiness/nothing",
                "/actuator/health/readiness/dynamodb/more",
                "/actuator/health/a/b/c/d"
            })
    void hasNoHealthOfSomethingElse(String target) throws IOException {
        assertThat(send("GET", target, NOBODY).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator", "/actuator/info", "/actuator/prometheus"})
    void showsTheRestToOperators(String target) throws IOException {
        assertThat(send("GET", target, OPERATOR).status()).isEqualTo(200);
        assertThat(send("HEAD", target, OPERATOR).status()).isEqualTo(200);
        for (String method : new String[] {"GET", "HEAD"}) {
            Reply nobody = send(method, target, NOBODY);
            assertThat(nobody.status()).isEqualTo(401);
            assertThat(nobody.header("WWW-Authenticate")).isEqualTo("Bearer");
            assertThat(nobody.header("Cache-Control")).isEqualTo("no-store");
            assertThat(send(method, target, DISPATCHER).status()).isEqualTo(403);
        }
        assertThat(send("GET", target, NOBODY).code()).isEqualTo("UNAUTHENTICATED");
        assertThat(send("GET", target, DISPATCHER).code()).isEqualTo("FORBIDDEN");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/prometheus/",
                "/actuator/prometheus?x",
                "//actuator/prometheus",
                "/actuator//prometheus",
                "/actuator/%70rometheus",
                "/%61ctuator/prometheus",
                "/actuator%2fprometheus",
                "/actuator/./prometheus",
                "/actuator;a=b/prometheus",
                "/actuator/prometheus;a=b",
                "/actuator/prometheus.json",
                "/ACTUATOR/PROMETHEUS",
                "/actuator/health/../prometheus",
                "/actuator/health/..;/prometheus",
                "/actuator/health/%2e%2e/prometheus",
                "/actuator/health;/../prometheus",
                "/graphql/../actuator/prometheus",
                "/actuator\\prometheus",
                "/actuator/prometheus%00",
                "http://localhost/actuator/prometheus"
            })
    void isNotGotAroundBySpelling(String target) throws IOException {
        for (String who : new String[] {NOBODY, DISPATCHER}) {
            for (String method : new String[] {"GET", "HEAD", "POST", "OPTIONS", "PUT", "QUERY"}) {
                Reply reply = send(method, target, who);
                assertThat(reply.body()).as(method).doesNotContain("# HELP", "jvm_", "_links");
                if (!method.equals("OPTIONS")) {
                    assertThat(reply.status()).as(method).isBetween(400, 499);
                }
            }
        }
    }

    @Test
    void namesTheCredentialAtFault() throws IOException {
        Reply reply = send("GET", "/actuator/info", "Host: localhost\r\nX-Towline-Local-Role: BOSS");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error().at("/extensions/argument").asString()).isEqualTo("X-Towline-Local-Role");
    }

    @Test
    void writesDownWhomItRefused(CapturedOutput output) throws IOException {
        send("GET", "/actuator/prometheus", DISPATCHER);
        assertThat(output.getOut().replace("\\\"", "\""))
                .contains("action=actuator object=\"/actuator/prometheus\" result=\"refused: the role may not use it\""
                        + " role=DISPATCHER subject=\"local\" tenant=local address=127.0.0.1");
    }

    private Reply send(String method, String target, String headers) throws IOException {
        return RawHttp.exactly(
                port, method + " " + target + " HTTP/1.1\r\nConnection: close\r\n" + headers + "\r\n\r\n");
    }
}
