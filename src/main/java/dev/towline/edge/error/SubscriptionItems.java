package dev.towline.edge.error;

import graphql.ExecutionResult;
import graphql.ExecutionResultImpl;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.AbortExecutionException;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.ExecutionContext;
import graphql.execution.ExecutionStrategyParameters;
import graphql.execution.FieldValueInfo;
import graphql.execution.FieldValueInfo.CompleteValueType;
import graphql.execution.NonNullableFieldWasNullError;
import graphql.execution.NonNullableFieldWasNullException;
import graphql.execution.SubscriptionExecutionStrategy;
import graphql.language.Field;
import graphql.schema.GraphQLTypeUtil;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * Executes subscriptions so that an error within an item belongs to the item: the error has its path, and the stream goes on. In
 * graphql-java, an error that propagates to a non-null root field ends the stream, and the same null is reported twice. Thread-safe.
 *
 * @see <a href="https://spec.graphql.org/September2025/#sec-Handling-Execution-Errors">Handling Execution Errors</a>
 */
public final class SubscriptionItems extends SubscriptionExecutionStrategy {

    /** @param failures handles the exceptions of a root field that yields no stream */
    public SubscriptionItems(DataFetcherExceptionHandler failures) {
        super(failures);
    }

    @Override
    public CompletableFuture<ExecutionResult> execute(
            ExecutionContext context, ExecutionStrategyParameters parameters) {
        Field root = parameters.getFields().getSubFieldsList().getFirst().getSingleField();
        boolean required =
                GraphQLTypeUtil.isNonNull(getFieldDef(context, parameters, root).getType());
        return super.execute(context, parameters)
                .thenApply(result -> result.getData() instanceof Publisher<?> items
                        ? new ExecutionResultImpl(
                                Flux.from(items).map(item -> corrected((ExecutionResult) item, required)),
                                result.getErrors())
                        : result);
    }

    /** Completes the root field of an item. graphql-java calls this method for no other field. */
    @Override
    protected FieldValueInfo completeField(
            ExecutionContext context, ExecutionStrategyParameters parameters, Object fetchedValue) {
        FieldValueInfo completed;
        try {
            completed = super.completeField(context, parameters, fetchedValue);
        } catch (RuntimeException failure) {
            return new FieldValueInfo(CompleteValueType.NULL, nullBecauseOf(context, parameters, failure));
        }
        return completed.isFutureValue()
                ? new FieldValueInfo(
                        completed.getCompleteValueType(),
                        completed
                                .getFieldValueFuture()
                                .exceptionally(failure -> nullBecauseOf(context, parameters, failure)),
                        completed.getFieldValueInfos())
                : completed;
    }

    /** Null. The failure is added to the errors of the item. */
    @SuppressWarnings("NullAway") // the library does not declare futures of null
    private static Object nullBecauseOf(
            ExecutionContext context, ExecutionStrategyParameters parameters, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof AbortExecutionException cancelled) {
            throw cancelled; // nobody waits for the item
        }
        if (!(cause instanceof NonNullableFieldWasNullException)) {
            GraphqlErrorBuilder<?> error = GraphqlErrorBuilder.newError().path(parameters.getPath());
            Objects.requireNonNull(parameters.getDeferredCallContext())
                    .addError(ProblemErrors.of(cause, error, CorrelationId.of(context.getGraphQLContext())));
        }
        return null;
    }

    private static ExecutionResult corrected(ExecutionResult item, boolean rootRequired) {
        if (item.getErrors().isEmpty()) {
            return item;
        }
        @Nullable Map<String, @Nullable Object> data = item.getData();
        boolean isValid =
                !rootRequired || (data != null && data.values().stream().allMatch(Objects::nonNull));
        return ExecutionResultImpl.newExecutionResult()
                .from(item)
                .data(isValid ? data : null)
                .errors(item.getErrors().stream()
                        .filter(error -> !isDuplicate(error, item.getErrors()))
                        .toList())
                .build();
    }

    /** Whether the error only reports a null whose cause another error reports. */
    private static boolean isDuplicate(GraphQLError error, List<GraphQLError> all) {
        return error instanceof NonNullableFieldWasNullError
                && all.stream()
                        .anyMatch(other -> !(other instanceof NonNullableFieldWasNullError)
                                && Objects.equals(other.getPath(), error.getPath()));
    }
}
