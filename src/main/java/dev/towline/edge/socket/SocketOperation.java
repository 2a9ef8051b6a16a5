package dev.towline.edge.socket;

import dev.towline.edge.error.CorrelationId;
import dev.towline.edge.error.ErrorLog;
import dev.towline.edge.error.ProblemErrors;
import dev.towline.edge.error.Refusal;
import dev.towline.problem.RateLimited;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.graphql.execution.SubscriptionPublisherException;
import org.springframework.graphql.server.WebGraphQlResponse;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;

/**
 * One operation over a WebSocket. It sends one result at a time and requests the next one afterwards, so a slow client delays only itself.
 * Thread-safe.
 */
final class SocketOperation {

    private static final Logger LOG = LoggerFactory.getLogger(SocketOperation.class);

    private final String id;
    private final byte[] nextHead;
    private final SocketLine line;
    private final Runnable onEnd;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Disposable.Composite running = Disposables.composite();
    private volatile boolean streams;
    private volatile boolean endsStream;
    private final CompletableFuture<Void> executed = new CompletableFuture<>();
    private final CompletableFuture<Void> answered = new CompletableFuture<>();

    /** @param onEnd called once, before the last message is sent, when the id is free again */
    SocketOperation(String id, SocketLine line, Runnable onEnd) {
        this.id = id;
        this.nextHead = line.nextHead(id);
        this.line = line;
        this.onEnd = onEnd;
    }

    /** Completes when the operation has its result or its stream, or was cancelled. */
    CompletableFuture<Void> executed() {
        return executed;
    }

    /** Completes when the last message was sent, or when the operation has its stream or was cancelled. */
    CompletableFuture<Void> answered() {
        return answered;
    }

    void start(Mono<WebGraphQlResponse> execution) {
        running.add(execution.subscribe(this::answered, this::failed));
    }

    /** Cancels the operation at the request of the client. */
    void cancel() {
        if (ended.compareAndSet(false, true)) {
            onEnd.run();
        }
        try {
            running.dispose();
        } catch (RuntimeException e) {
            LOG.warn("could not cancel an operation", e);
        }
        executed.complete(null);
        answered.complete(null);
    }

    /** Ends the operation silently if it has a stream, or as soon as it has one. */
    void endStream() {
        endsStream = true;
        if (streams) {
            cancel();
        }
    }

    private void answered(WebGraphQlResponse response) {
        executed.complete(null);
        ExecutionResult result = response.getExecutionResult();
        Object data = result.getData();
        if (data instanceof Publisher<?> results) {
            streams = true;
            if (endsStream) {
                cancel();
                return;
            }
            Results subscriber = new Results();
            running.add(subscriber);
            answered.complete(null);
            results.subscribe(subscriber);
        } else if (result.isDataPresent()) {
            send(result);
            end(() -> line.complete(id));
        } else {
            // The operation was not executed: the document or its variables are invalid.
            end(() -> line.error(id, specified(result.getErrors())));
        }
    }

    private void failed(Throwable failure) {
        executed.complete(null);
        List<GraphQLError> errors = switch (failure) {
            case SubscriptionPublisherException resolved -> resolved.getErrors();
            case RateLimited limited ->
                ErrorLog.record(List.of(ProblemErrors.of(limited, null)), CorrelationId.random());
            case Refusal refusal -> ErrorLog.record(List.of(refusal.error()), CorrelationId.random());
            default -> List.of(ProblemErrors.internal(failure, CorrelationId.random()));
        };
        end(() -> line.error(id, specified(errors)));
    }

    private void send(ExecutionResult result) {
        if (!ended.get()) {
            line.next(nextHead, result);
        }
    }

    private void end(Runnable lastMessage) {
        if (ended.compareAndSet(false, true)) {
            onEnd.run();
            lastMessage.run();
        }
        answered.complete(null);
    }

    private static List<Map<String, Object>> specified(List<GraphQLError> errors) {
        return errors.stream().map(GraphQLError::toSpecification).toList();
    }

    private final class Results extends BaseSubscriber<Object> {

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            subscription.request(1);
        }

        @Override
        protected void hookOnNext(Object result) {
            send((ExecutionResult) result);
            request(1);
        }

        @Override
        protected void hookOnComplete() {
            end(() -> line.complete(id));
        }

        @Override
        protected void hookOnError(Throwable failure) {
            failed(failure);
        }
    }
}
