package dev.towline.edge.error;

import dev.towline.problem.Problem;
import graphql.ExecutionResult;
import graphql.ExecutionResultImpl;
import graphql.GraphQLError;
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

/**
 * Sees to it that every error which leaves, in an answer or in a stream, has a code and a correlation id, and that the log has them
 * too. Around all other interceptors.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class ErrorAnswers implements WebGraphQlInterceptor {

    private final Correlations correlations;
    private final Faults faults;
    private final FailureLog failures;

    ErrorAnswers(Correlations correlations, Faults faults, FailureLog failures) {
        this.correlations = correlations;
        this.faults = faults;
        this.failures = failures;
    }

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        CorrelationId id = correlations.current();
        request.configureExecutionInput((input, builder) -> builder.graphQLContext(Map.of(CorrelationId.class, id))
                // GraphQL's own words for a fault come translated; what is read in them must not depend on the caller
                .locale(Locale.ENGLISH)
                .operationName(name(input.getOperationName()))
                .build());
        return chain.next(request)
                .onErrorResume(
                        failure -> ProblemErrors.unwrapped(failure) instanceof Problem,
                        problem -> Mono.just(refusal(request, problem)))
                .map(response -> answer(response, id));
    }

    /** An empty name is an absent one: graphql-java would take it for the first operation. */
    private static @Nullable String name(@Nullable String operation) {
        return operation == null || operation.isEmpty() ? null : operation;
    }

    private static WebGraphQlResponse refusal(WebGraphQlRequest request, Throwable problem) {
        ExecutionResult result = ExecutionResult.newExecutionResult()
                .addError(ProblemErrors.of(problem, null))
                .build();
        return new WebGraphQlResponse(new DefaultExecutionGraphQlResponse(request.toExecutionInput(), result));
    }

    private WebGraphQlResponse answer(WebGraphQlResponse response, CorrelationId id) {
        UnaryOperator<List<GraphQLError>> told = errors -> {
            failures.note(errors, id);
            return ErrorLog.record(
                    errors.stream()
                            .map(error -> faults.tell(error, response.getExecutionInput(), id))
                            .toList(),
                    id);
        };
        ExecutionResult result = response.getExecutionResult();
        Object data = result.isDataPresent() ? result.getData() : null;
        if (data instanceof Publisher<?> stream) {
            Flux<?> answers = Flux.from(stream)
                    .map(item -> item instanceof ExecutionResult one ? inItem(one, told) : item)
                    .onErrorMap(failure -> end(failure, told, id));
            return response.transform(builder -> builder.data(answers).errors(told.apply(result.getErrors())));
        }
        return result.getErrors().isEmpty()
                ? response
                : response.transform(builder -> builder.errors(told.apply(result.getErrors())));
    }

    /** What ends a stream: resolved, unless GraphQL itself broke on it. */
    private static SubscriptionPublisherException end(
            Throwable failure, UnaryOperator<List<GraphQLError>> told, CorrelationId id) {
        return failure instanceof SubscriptionPublisherException resolved
                ? new SubscriptionPublisherException(told.apply(resolved.getErrors()), resolved.getCause())
                : new SubscriptionPublisherException(List.of(ProblemErrors.internal(failure, id)), failure);
    }

    private static ExecutionResult inItem(ExecutionResult item, UnaryOperator<List<GraphQLError>> told) {
        return item.getErrors().isEmpty()
                ? item
                : ExecutionResultImpl.newExecutionResult()
                        .from(item)
                        .errors(told.apply(item.getErrors()))
                        .build();
    }
}
