package dev.towline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.edge.Endpoint;
import dev.towline.edge.Transports;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** What a stranger may ask for, over every transport. */
class HostileInputScenarios extends RunningTowline {

    private final int port;
    private final Transports transports;

    HostileInputScenarios(@LocalServerPort int port) {
        this.port = port;
        this.transports = new Transports(port, "hostile");
    }

    static List<HostileInput> inputs() {
        return HostileInput.all();
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void isAnsweredAsStated(HostileInput input) {
        transports.ask(input.document(), input.variables()).forEach((transport, answer) -> {
            JsonNode errors = answer.json().path("errors");
            if (input.code().equals(HostileInput.OK)) {
                assertThat(errors.valueStream()
                                .map(error -> error.at("/extensions/code").asString()))
                        .as("%s: %.1000s", transport, answer.text())
                        .doesNotContain("TOO_COMPLEX", "BAD_INPUT", "INTERNAL");
                return;
            }
            assertThat(errors.size())
                    .as("%s: %.1000s", transport, answer.text())
                    .isEqualTo(1);
            JsonNode extensions = errors.path(0).path("extensions");
            assertThat(extensions.path("code").asString()).as("%s", transport).isEqualTo(input.code());
            assertThat(extensions.path("limit").stringValue(null))
                    .as("%s", transport)
                    .isEqualTo(input.limit());
            if (input.limit() != null) {
                assertThat(extensions.path("allowed").asLong())
                        .as("%s", transport)
                        .isEqualTo(input.allowed());
                assertThat(errors.path(0).path("message").asString())
                        .as("%s", transport)
                        .contains("at most " + input.allowed() + " ");
            }
            assertThat(answer.json().has("data")).as("%s", transport).isFalse();
        });
    }

    @Test
    void refusesASubscriptionThatCostsTooMuch() {
        String document = "subscription { onTrackingUpdated(sessionId: \"none\") { session {" + " ...F".repeat(4)
                + " } } } fragment F on TrackingSession { trail(first: 100) { edges { node { latitude } } } }";

        assertThat(transports.ask(document, Map.of()).values())
                .hasSize(3)
                .allSatisfy(answer -> assertThat(answer.code()).isEqualTo("NOT_FOUND"));
        assertThat(transports
                        .ask(
                                document.replace(
                                        "session {",
                                        "session { ... { trail(first: 100) { edges { node { longitude } } } }"),
                                Map.of())
                        .values())
                .hasSize(3)
                .allSatisfy(answer -> {
                    assertThat(answer.code()).isEqualTo("TOO_COMPLEX");
                    assertThat(answer.error().at("/extensions/limit").asString())
                            .isEqualTo("subscriptionCost");
                    assertThat(answer.error().at("/extensions/allowed").asInt()).isEqualTo(1000);
                });
    }

    @Test
    void reportsTheCost() {
        String document = "query($n: Int = 7) { listIncidents(first: $n) { edges { node { id } } } }";
        transports
                .ask(document, Map.of())
                .forEach((transport, answer) -> assertThat(answer.json().at("/extensions/cost"))
                        .as("%s: %s", transport, answer.text())
                        .isEqualTo(Endpoint.JSON.readTree("{\"requested\": 19, \"budget\": 5000}")));
        assertThat(transports
                        .ask("mutation { cancelIncident(input: {incidentId: 1}) { id } }", Map.of())
                        .values())
                .allSatisfy(answer -> assertThat(
                                answer.json().at("/extensions/cost/requested").asInt())
                        .isEqualTo(10));
    }

    @Test
    void reportsTheCostThatIsTooHigh() {
        Endpoint.Answer answer = new Endpoint(port)
                .query("{ listTrackingSessions(first: 100) { edges { node { trail { edges { node { latitude } } } } }"
                        + " } }");

        assertThat(answer.body().at("/extensions/cost"))
                .isEqualTo(Endpoint.JSON.readTree("{\"requested\": 20705, \"budget\": 5000}"));
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void refusesABatch() {
        Endpoint.Answer answer = new Endpoint(port).post("[{\"query\": \"{ __typename }\"}]");

        assertThat(answer.code()).isEqualTo("BAD_INPUT");
        assertThat(answer.error().at("/extensions/limit").asString()).isEqualTo("batch");
        assertThat(answer.error().at("/extensions/allowed").asInt()).isEqualTo(1);
    }

    @Test
    void refusesALongBody() {
        Endpoint.Answer answer =
                new Endpoint(port).post("{\"query\": \"{ __typename }\", \"a\": \"" + "x".repeat(1 << 20) + "\"}");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.error().at("/extensions/limit").asString()).isEqualTo("bodyBytes");
        assertThat(answer.error().at("/extensions/allowed").asInt()).isEqualTo(1 << 20);
    }
}
