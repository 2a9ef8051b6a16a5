package dev.towline.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.local.OnEmbeddedStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The limits of the product in short: some seconds of load at a constant rate, by the command that anybody can run; the whole of it is
 * {@code node clients/load/load.mjs}. Errors fail at once. Of times a machine with a lot else to do says little, so:
 *
 * <ul>
 *   <li>an operation that misses its limit is measured again, up to three times in all, and the best counts;
 *   <li>beside it, at the same moment, runs a bare Node server. Where that one alone is slower than it is on a quiet machine, the limit
 *       grows by the same factor, and the output says so. On a quiet machine the limits hold as they are.
 * </ul>
 *
 * <p>The JVM of the tests compiles less than that of production, so the figures here are no flattery.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@OnEmbeddedStack
class LoadScenarios {

    private static final int ATTEMPTS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** What the bare server's p95 does not exceed on a machine that has nothing else to do; measured about 3. */
    private static final double QUIET_PEER_MS = 5;

    private static final List<String> OPERATIONS =
            List.of("createIncident", "getVendor", "updateLocation", "searchVendorsNearby");

    @LocalServerPort
    private int port;

    /** What was measured of one operation; all in milliseconds from the intended moment of sending. */
    private record Measured(String operation, double p95, double limit, double peerP95) {

        static Measured of(JsonNode report) {
            return new Measured(
                    report.path("operation").asString(),
                    report.at("/latency/p95").asDouble(),
                    report.path("limitMs").asDouble(),
                    report.at("/peer/serviceTime/p95").asDouble());
        }

        double allowed() {
            return limit * Math.max(1, peerP95 / QUIET_PEER_MS);
        }

        boolean isMet() {
            return p95 <= allowed();
        }

        @Override
        public String toString() {
            String relaxed = allowed() > limit ? ", relaxed to %.0f on this busy machine".formatted(allowed()) : "";
            return "%s: p95 %.1f ms, limit %.0f%s (bare server %.1f)".formatted(operation, p95, limit, relaxed, peerP95);
        }
    }

    @Test
    void answersFastEnoughAtAConstantRate() {
        List<String> unmet = OPERATIONS;
        List<Measured> missed = List.of();
        for (int attempt = 1; attempt <= ATTEMPTS && !unmet.isEmpty(); attempt++) {
            List<Measured> measured = measure(unmet);
            measured.forEach(System.out::println);
            missed = measured.stream().filter(each -> !each.isMet()).toList();
            unmet = missed.stream().map(Measured::operation).toList();
        }
        assertThat(missed).as("missed in each of %d attempts", ATTEMPTS).isEmpty();
    }

    private List<Measured> measure(List<String> operations) {
        Node.Ended ended = Node.run(
                PATIENCE,
                List.of(
                        "clients/load/load.mjs",
                        "--url=http://127.0.0.1:%d/graphql".formatted(port),
                        "--operations=" + String.join(",", operations),
                        "--rate=50",
                        "--vendors=200",
                        "--seconds=4",
                        "--warmup=2",
                        "--json"));
        assertThat(ended.exitCode()).as("%s", ended).isLessThan(2);
        List<Measured> measured = new ArrayList<>();
        for (JsonNode report : JsonMapper.shared().readTree(ended.output()).path("operations")) {
            assertThat(report.path("errors").properties()).as("%s", report).isEmpty();
            assertThat(report.path("ok").asInt()).isEqualTo(report.path("sent").asInt()).isEqualTo(200);
            measured.add(Measured.of(report));
        }
        assertThat(measured).hasSameSizeAs(operations);
        return measured;
    }
}
