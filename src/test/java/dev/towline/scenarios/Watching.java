package dev.towline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.GraphQlResponse;
import org.springframework.graphql.client.SubscriptionErrorException;
import org.springframework.graphql.test.tester.GraphQlTester;
import org.springframework.graphql.test.tester.WebSocketGraphQlTester;
import reactor.core.Disposable;
import reactor.core.publisher.Signal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One subscription to a session or to the dispatch board, over a WebSocket of its own. For one thread. */
final class Watching implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final WebSocketGraphQlTester socket;
    private final Disposable subscription;
    private final BlockingQueue<Signal<GraphQlResponse>> signals = new LinkedBlockingQueue<>();

    private final String field;

    private Watching(Caller viewer, String field, String arguments, String selection) {
        this(viewer, field, "subscription { %s%s { %s } }".formatted(field, arguments, selection), Map.of());
    }

    private Watching(Caller viewer, String field, String document, Map<String, @Nullable Object> variables) {
        this.field = field;
        socket = Sockets.of(viewer);
        subscription = socket.document(document)
                .variables(variables)
                .executeSubscription()
                .toFlux()
                .map(GraphQlTester.Response::returnResponse)
                .materialize()
                .subscribe(signals::add);
    }

    static Watching session(Caller viewer, String sessionId, String selection) {
        return new Watching(viewer, "onTrackingUpdated", "(sessionId: \"%s\")".formatted(sessionId), selection);
    }

    /** The same with more arguments. */
    static Watching session(Caller viewer, String sessionId, String arguments, String selection) {
        return new Watching(
                viewer, "onTrackingUpdated", "(sessionId: \"%s\", %s)".formatted(sessionId, arguments), selection);
    }

    /** A subscription to this field that has variables. */
    static Watching document(Caller viewer, String field, String document, Map<String, @Nullable Object> variables) {
        return new Watching(viewer, field, document, variables);
    }

    /** @param after null to begin anew */
    static Watching board(Caller viewer, @Nullable String after, String selection) {
        return new Watching(
                viewer, "onDispatchChanged", after == null ? "" : "(after: \"%s\")".formatted(after), selection);
    }

    /** The next update; fails if there is none in time, if the stream ends, or if it has errors. */
    JsonNode next() {
        return update(nextSignal());
    }

    /** All updates up to the end of the stream. */
    List<JsonNode> rest() {
        List<JsonNode> rest = new ArrayList<>();
        Signal<GraphQlResponse> signal = nextSignal();
        while (!signal.isOnComplete()) {
            rest.add(update(signal));
            signal = nextSignal();
        }
        return rest;
    }

    /** Fails unless the stream completes, with nothing more before. */
    void ends() {
        assertThat(rest()).isEmpty();
    }

    /** Why there is nothing to watch. */
    Refusal refusal() {
        Signal<GraphQlResponse> signal = nextSignal();
        if (!(signal.getThrowable() instanceof SubscriptionErrorException error)) {
            throw new AssertionError("instead of a refusal: " + signal, signal.getThrowable());
        }
        List<Refusal> refusals = error.getErrors().stream()
                .map(each -> Refusal.of(JSON.valueToTree(each)))
                .toList();
        assertThat(refusals).hasSize(1);
        return refusals.getFirst();
    }

    private Signal<GraphQlResponse> nextSignal() {
        try {
            Signal<GraphQlResponse> signal = signals.poll(Sockets.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (signal == null) {
                throw new AssertionError("nothing came in time");
            }
            return signal;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private JsonNode update(Signal<GraphQlResponse> signal) {
        GraphQlResponse response = signal.get();
        if (response == null) {
            throw new AssertionError("instead of an update: " + signal, signal.getThrowable());
        }
        assertThat(response.getErrors()).isEmpty();
        return JSON.<JsonNode>valueToTree(response.toMap()).path("data").path(field);
    }

    @Override
    public void close() {
        subscription.dispose();
        socket.stop().block(Sockets.PATIENCE);
    }
}
