package dev.towline.edge.error;

import dev.towline.problem.Problem;
import graphql.ExecutionResult;
import graphql.ExecutionResultImpl;
import graphql.GraphQLError;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.graphql.execution.SubscriptionPublisherException;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Ensures that every error in an answer or a stream has a code and a correlation id, and logs it. It wraps all other interceptors. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class ErrorAnswers implements WebGraphQlInterceptor {

    private final Correlations correlations;
    /** Errors can come on any thread, but their lines of the log belong to the trace of the request. */
    private static final ContextSnapshotFactory CONTEXT =
            ContextSnapshotFactory.builder().build();

    private final Faults faults;
    private final FailureLog failures;
    private final LimitMetrics limits;

    ErrorAnswers(Correlations correlations, Faults faults, FailureLog failures, LimitMetrics limits) {
        this.limits = limits;
        this.correlations = correlations;
        this.faults = faults;
        this.failures = failures;
    }

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        CorrelationId id = correlations.current();
        ContextSnapshot trace = CONTEXT.captureAll();
        request.configureExecutionInput((input, builder) -> builder.graphQLContext(Map.of(CorrelationId.class, id))
                // Faults parses the messages of graphql-java, so they must not depend on the locale of the caller.
                .locale(Locale.ENGLISH)
                .operationName(name(input.getOperationName()))
                .build());
        return chain.next(request)
                .onErrorResume(
                        failure -> ProblemErrors.unwrapped(failure) instanceof Problem,
                        problem -> Mono.just(refusal(request, problem)))
                .map(response -> answer(response, id, trace));
    }

    /** Converts an empty name to null, because graphql-java would execute the first operation. */
    private static @Nullable String name(@Nullable String operation) {
        return operation == null || operation.isEmpty() ? null : operation;
    }

    private static WebGraphQlResponse refusal(WebGraphQlRequest request, Throwable problem) {
        ExecutionResult result = ExecutionResult.newExecutionResult()
                .addError(ProblemErrors.of(problem, null))
                .build();
        return new WebGraphQlResponse(new DefaultExecutionGraphQlResponse(request.toExecutionInput(), result));
    }

    private WebGraphQlResponse answer(WebGraphQlResponse response, CorrelationId id, ContextSnapshot trace) {
        UnaryOperator<List<GraphQLError>> complete = errors -> {
            if (errors.isEmpty()) {
                return errors;
            }
            try (ContextSnapshot.Scope _ = trace.setThreadLocals()) {
                failures.log(errors, id);
                limits.count(errors);
                return ErrorLog.record(
                        errors.stream()
                                .map(error -> faults.clientError(error, response.getExecutionInput(), id))
                                .toList(),
                        id);
            }
        };
        ExecutionResult result = response.getExecutionResult();
        Object data = result.isDataPresent() ? result.getData() : null;
        if (data instanceof Publisher<?> stream) {
            Flux<?> answers = Flux.from(stream)
                    .map(item -> item instanceof ExecutionResult one ? inItem(one, complete) : item)
                    .onErrorMap(failure -> end(failure, complete, id));
            return response.transform(builder -> builder.data(answers).errors(complete.apply(result.getErrors())));
        }
        return result.getErrors().isEmpty()
                ? response
                : response.transform(builder -> builder.errors(complete.apply(result.getErrors())));
    }

    /** The error that ends a stream. It has been resolved already, unless graphql-java itself failed. */
    private static SubscriptionPublisherException end(
            Throwable failure, UnaryOperator<List<GraphQLError>> complete, CorrelationId id) {
        return failure instanceof SubscriptionPublisherException resolved
                ? new SubscriptionPublisherException(complete.apply(resolved.getErrors()), resolved.getCause())
                : new SubscriptionPublisherException(List.of(ProblemErrors.internal(failure, id)), failure);
    }

    private static ExecutionResult inItem(ExecutionResult item, UnaryOperator<List<GraphQLError>> complete) {
        return item.getErrors().isEmpty()
                ? item
                : ExecutionResultImpl.newExecutionResult()
                        .from(item)
                        .errors(complete.apply(item.getErrors()))
                        .build();
    }
}
