package dev.towline.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.local.RunsTowline;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.graphql.client.ClientGraphQlResponse;
import org.springframework.graphql.client.HttpGraphQlClient;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

/** Spring for GraphQL's own client reads a stream of server-sent events to its end. */
@RunsTowline
class SpringSseClientIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @LocalServerPort
    private int port;

    @Test
    void readsAStreamToItsEnd() {
        HttpGraphQlClient client = client();
        String vendor =
                id(client, "registerVendor(input: {name: \"SSE\", capabilities: [TOWING], " + position() + "})");
        String incident = id(client, "createIncident(input: {kind: TIRE, " + position() + "})");
        String session = id(
                client,
                "startTrackingSession(input: {incidentId: \"" + incident + "\", vendorId: \"" + vendor + "\"})");
        id(client, "updateSessionStatus(input: {sessionId: \"" + session + "\", status: COMPLETED})");

        List<String> kinds = client.document(
                        "subscription { onTrackingUpdated(sessionId: \"" + session + "\") { kind } }")
                .executeSubscription()
                .map(update -> Objects.requireNonNull(
                        update.field("onTrackingUpdated.kind").<String>getValue()))
                .collectList()
                .block(PATIENCE);

        assertThat(kinds).containsExactly("SNAPSHOT", "ENDED");
    }

    @Test
    void readsAnErrorToItsEnd() {
        List<ClientGraphQlResponse> results = client().document(
                        "subscription { onTrackingUpdated(sessionId: \"none\") { kind } }")
                .executeSubscription()
                .collectList()
                .block(PATIENCE);

        assertThat(results)
                .singleElement()
                .satisfies(result -> assertThat(result.getErrors().getFirst().getExtensions())
                        .containsEntry("code", "NOT_FOUND"));
    }

    private HttpGraphQlClient client() {
        return HttpGraphQlClient.builder(WebClient.builder().clientConnector(new JdkClientHttpConnector()))
                .url("http://127.0.0.1:%d/graphql".formatted(port))
                .header("X-Towline-Local-Tenant", "spring-sse-client")
                .build();
    }

    private static String id(HttpGraphQlClient client, String field) {
        return client.document("mutation { made: " + field + " { id } }")
                .retrieve("made.id")
                .toEntity(String.class)
                .blockOptional(PATIENCE)
                .orElseThrow();
    }

    private static String position() {
        return "position: {latitude: 1, longitude: 1}";
    }
}
