package dev.towline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.edge.RawHttp;
import dev.towline.edge.RawHttp.Reply;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The actuator on a port of its own is guarded as on the port of the service. */
class ManagementPortScenarios extends WatchedTowline {

    private static final String OPERATOR = "\r\nX-Towline-Local-Role: OPERATOR";

    @ParameterizedTest
    @ValueSource(strings = {"/actuator", "/actuator/info", "/actuator/prometheus", "/actuator/cache"})
    void showsItOnlyToOperators(String target) throws IOException {
        assertThat(get(target, OPERATOR).status()).isEqualTo(200);
        assertThat(get(target, "").status()).isEqualTo(403);
        assertThat(get(target, "").code()).isEqualTo("FORBIDDEN");
        Reply nobody = get(target, "\r\nX-Forwarded-For: 192.0.2.7" + OPERATOR);
        assertThat(nobody.status()).isEqualTo(401);
        assertThat(nobody.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"})
    void showsItsHealthToEverybody(String target) throws IOException {
        assertThat(get(target, "\r\nX-Forwarded-For: 192.0.2.7").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//actuator/prometheus",
                "/actuator/%70rometheus",
                "/actuator;a=b/prometheus",
                "/actuator/health/../prometheus",
                "/actuator/health/..;/prometheus",
                "/actuator/prometheus/"
            })
    void isNotGotAroundBySpelling(String target) throws IOException {
        Reply reply = get(target, "");
        assertThat(reply.status()).isBetween(400, 499);
        assertThat(reply.body()).doesNotContain("jvm_");
    }

    @ParameterizedTest
    @CsvSource({"/actuator/health, 200", "/actuator/prometheus, 403", "/nothing, 404", "/%zz, 400"})
    void answersInTheCommonFormWithSecurityHeaders(String target, int status) throws IOException {
        Reply reply = get(target, "");
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
        if (status >= 400) {
            assertThat(reply.code()).isNotEmpty();
        }
    }

    @Test
    void isNotOnThePortOfTheService() throws IOException {
        assertThat(RawHttp.send(port, "GET /actuator/prometheus HTTP/1.1" + OPERATOR, "")
                        .status())
                .isEqualTo(404);
    }

    private Reply get(String target, String headers) throws IOException {
        return RawHttp.send(managementPort, "GET " + target + " HTTP/1.1" + headers, "");
    }
}
