package dev.towline.scenarios;

import jakarta.websocket.ContainerProvider;
import jakarta.websocket.WebSocketContainer;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.graphql.client.WebSocketGraphQlClientInterceptor;
import org.springframework.graphql.test.tester.WebSocketGraphQlTester;
import org.springframework.web.reactive.socket.client.StandardWebSocketClient;
import reactor.core.publisher.Mono;

/** WebSockets (graphql-transport-ws) whose {@code connection_init} tells who they are of. */
final class Sockets {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int LONGEST_MESSAGE = 64 * 1024;

    private Sockets() {}

    /** Connects when it is first used; to be stopped by whoever opened it. */
    static WebSocketGraphQlTester of(Caller viewer) {
        return WebSocketGraphQlTester.builder(
                        URI.create("ws://127.0.0.1:%d/graphql".formatted(viewer.port())), client())
                .interceptor(new Introduction(viewer))
                .responseTimeout(PATIENCE)
                .build();
    }

    /** It takes long messages, too: within this process the small buffers of the service are those of clients as well. */
    private static StandardWebSocketClient client() {
        WebSocketContainer container = ContainerProvider.getWebSocketContainer();
        container.setDefaultMaxTextMessageBufferSize(LONGEST_MESSAGE);
        return new StandardWebSocketClient(container);
    }

    private record Introduction(Caller viewer) implements WebSocketGraphQlClientInterceptor {

        @Override
        public Mono<Object> connectionInitPayload() {
            Map<String, Object> payload = new HashMap<>(
                    Map.of("X-Towline-Local-Tenant", viewer.tenant(), "X-Towline-Local-Subject", viewer.subject()));
            viewer.headers().forEach(header -> payload.put(header.getKey(), header.getValue()));
            return Mono.just(payload);
        }
    }
}
