package dev.towline.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.towline.local.RunsTowline;
import dev.towline.local.SharedStack;
import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.graphql.client.GraphQlClient;
import org.springframework.graphql.client.HttpGraphQlClient;
import org.springframework.graphql.client.WebSocketDisconnectedException;
import org.springframework.graphql.client.WebSocketGraphQlClient;
import org.springframework.graphql.client.WebSocketGraphQlClientInterceptor;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.socket.client.StandardWebSocketClient;
import reactor.core.publisher.Mono;

/** Public clients that send tokens, also ones that expire while they watch. */
@RunsTowline
class TokenScenarios {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String BOARD = "subscription { onDispatchChanged { kind } }";

    private final Viewer dora = new Viewer(Role.DISPATCHER, "dora", new Tenant("spring-" + UUID.randomUUID()));

    @LocalServerPort
    private int port;

    @TestFactory
    Stream<DynamicTest> letsGraphQlWsComeBackWithANewToken() {
        return Checks.run(2, "watch", "expiringToken.mjs", url("http"));
    }

    @TestFactory
    Stream<DynamicTest> servesApolloClientAndGraphQlSseWithTokens() {
        return Checks.run(3, "conformance", "tokens.mjs", url("http"));
    }

    @Test
    void servesSpringsClientOverHttp() {
        HttpGraphQlClient client = HttpGraphQlClient.builder(
                        WebClient.builder().clientConnector(new JdkClientHttpConnector()))
                .url(url("http"))
                .header("Authorization", "Bearer " + token(Duration.ofMinutes(1)))
                .build();

        String incident = report(client);
        assertThat(incidents(client)).containsExactly(incident);
    }

    @Test
    void servesSpringsClientOverAWebSocketUntilItsTokenExpires() {
        WebSocketGraphQlClient client = WebSocketGraphQlClient.builder(
                        URI.create(url("ws")), new StandardWebSocketClient())
                .interceptor(new WebSocketGraphQlClientInterceptor() {
                    @Override
                    public Mono<Object> connectionInitPayload() {
                        return Mono.fromCallable(
                                () -> Map.of("Authorization", "Bearer " + token(Duration.ofSeconds(3))));
                    }
                })
                .build();
        try {
            String incident = report(client);
            assertThatExceptionOfType(WebSocketDisconnectedException.class)
                    .isThrownBy(() ->
                            client.document(BOARD).executeSubscription().then().block(PATIENCE))
                    .satisfies(ended ->
                            assertThat(ended.getCloseStatus().getCode()).isEqualTo(4403));
            // the next operation connects again, with a new token
            assertThat(incidents(client)).containsExactly(incident);
        } finally {
            client.stop().block(PATIENCE);
        }
    }

    private static String report(GraphQlClient client) {
        return Objects.requireNonNull(client.document(
                        "mutation { createIncident(input: {kind: TIRE, position: {latitude: 1, longitude: 2}}) { id }"
                                + " }")
                .retrieve("createIncident.id")
                .toEntity(String.class)
                .block(PATIENCE));
    }

    private static List<String> incidents(GraphQlClient client) {
        return Objects.requireNonNull(client.document("{ listIncidents { edges { node { id } } } }")
                .retrieve("listIncidents.edges")
                .toEntityList(Edge.class)
                .map(edges -> edges.stream().map(edge -> edge.node.id).toList())
                .block(PATIENCE));
    }

    private record Edge(Node node) {

        private record Node(String id) {}
    }

    private String token(Duration lifetime) {
        return SharedStack.stack().issuer().token(dora, lifetime).token();
    }

    private String url(String scheme) {
        return "%s://127.0.0.1:%d/graphql".formatted(scheme, port);
    }
}
