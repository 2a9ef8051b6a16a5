package dev.towline.edge.http;

import dev.towline.edge.error.CorrelationId;
import dev.towline.edge.error.Correlations;
import dev.towline.edge.error.ErrorLog;
import dev.towline.edge.error.ProblemErrors;
import dev.towline.edge.subscription.EncodedResult;
import dev.towline.problem.Unauthenticated;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.reactivestreams.Publisher;
import org.springframework.graphql.execution.SubscriptionPublisherException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.ServerResponse;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Answers that are sent as event streams. Thread-safe. */
@Component
class StreamedAnswers {

    private final EventStreams streams;
    private final Connections connections;
    private final Correlations correlations;
    private final JsonMapper json;
    private final HttpSettings settings;

    StreamedAnswers(
            EventStreams streams,
            Connections connections,
            Correlations correlations,
            JsonMapper json,
            HttpSettings settings) {
        this.streams = streams;
        this.connections = connections;
        this.correlations = correlations;
        this.json = json;
        this.settings = settings;
    }

    /**
     * An answer that is sent as an event stream. It is written when Spring sends the answer, which blocks as long as the stream lasts.
     *
     * @param end completes when the stream must end, because its credentials have ended
     * @param place released when the stream has ended
     */
    ServerResponse answer(
            Publisher<ExecutionResult> results,
            Mono<Void> end,
            EventStreams.Place place,
            Consumer<HttpHeaders> headers) {
        EventStream stream = new EventStream(result -> EncodedResult.json(result, json), this::explained);
        return ServerResponse.ok()
                .contentType(new MediaType(MediaType.TEXT_EVENT_STREAM, StandardCharsets.UTF_8))
                .headers(HttpCachePolicy.NEVER::applyTo)
                // nginx would buffer the events.
                .header("X-Accel-Buffering", "no")
                .headers(headers)
                .build((request, response) -> {
                    if (request.getMethod().equals(HttpMethod.HEAD.name())) {
                        place.release();
                        return null;
                    }
                    Disposable.Swap timer = Disposables.swap();
                    try {
                        var out = response.getOutputStream();
                        String connection = request.getServletConnection().getConnectionId();
                        timer.update(end.subscribe(null, stream::end, () -> stream.end(new Unauthenticated())));
                        streams.during(
                                stream,
                                () -> connections.abort(connection),
                                () -> stream.write(results, out, settings.sseKeepAlive()));
                    } finally {
                        timer.dispose();
                        place.release();
                    }
                    return null;
                });
    }

    private ExecutionResult explained(Throwable failure) {
        CorrelationId id = correlations.current();
        List<GraphQLError> errors = switch (failure) {
            case SubscriptionPublisherException resolved -> resolved.getErrors();
            case Unauthenticated ended ->
                ErrorLog.record(List.of(ProblemErrors.of(ended, GraphqlErrorBuilder.newError(), id)), id);
            default -> List.of(ProblemErrors.internal(failure, id));
        };
        return ExecutionResult.newExecutionResult().errors(errors).build();
    }
}
