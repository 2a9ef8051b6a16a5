package dev.towline.edge.subscription;

import dev.towline.edge.error.CorrelationId;
import dev.towline.edge.error.ProblemErrors;
import dev.towline.viewer.Shareable;
import dev.towline.viewer.Viewer;
import graphql.ExecutionResult;
import graphql.ExecutionResultImpl;
import graphql.GraphQLContext;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.AbortExecutionException;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.ExecutionContext;
import graphql.execution.ExecutionStrategyParameters;
import graphql.execution.FieldValueInfo;
import graphql.execution.FieldValueInfo.CompleteValueType;
import graphql.execution.MergedField;
import graphql.execution.NonNullableFieldWasNullError;
import graphql.execution.NonNullableFieldWasNullException;
import graphql.execution.SubscriptionExecutionStrategy;
import graphql.execution.instrumentation.dataloader.PerLevelDataLoaderDispatchStrategy;
import graphql.execution.reactive.SubscriptionPublisher;
import graphql.schema.GraphQLTypeUtil;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.dataloader.DataLoader;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Executes subscriptions so that an error within an item belongs to the item: the error has its path, and the stream goes on. In
 * graphql-java, an error that propagates to a non-null root field ends the stream, and the same null is reported twice. An item that is
 * {@link Shareable} is executed once for all streams that show it alike. Thread-safe.
 *
 * @see <a href="https://spec.graphql.org/September2025/#sec-Handling-Execution-Errors">Handling Execution Errors</a>
 */
public final class SubscriptionItems extends SubscriptionExecutionStrategy {

    private final SharedItems shared;

    /**
     * @param failures handles the exceptions of a root field that yields no stream
     * @param json encodes the items that several streams show
     */
    public SubscriptionItems(DataFetcherExceptionHandler failures, JsonMapper json, MeterRegistry meters) {
        super(failures);
        this.shared = new SharedItems(SharedItems.KEPT_FOR, json, meters);
    }

    /** The root of an execution whose stream has this item only. */
    private record OneItem(Object item) {}

    @Override
    public CompletableFuture<ExecutionResult> execute(
            ExecutionContext context, ExecutionStrategyParameters parameters) {
        return super.execute(context, parameters)
                .thenApply(result -> result.getData() instanceof SubscriptionPublisher stream
                        ? new ExecutionResultImpl(
                                new ItemStream(context, parameters).of(stream.getUpstreamPublisher()),
                                result.getErrors())
                        : result);
    }

    @Override
    protected Object fetchField(ExecutionContext context, ExecutionStrategyParameters parameters) {
        return context.getRoot() instanceof OneItem(Object item)
                ? Mono.just(item)
                : super.fetchField(context, parameters);
    }

    /** The execution of the items of one stream. */
    private final class ItemStream {

        private final ExecutionContext context;
        private final ExecutionStrategyParameters parameters;
        private final boolean isRequired;
        private final Viewer audience;
        private final Map<String, @Nullable Object> variables;
        private final SharedItems.Reader reader = shared.new Reader();

        ItemStream(ExecutionContext context, ExecutionStrategyParameters parameters) {
            MergedField root = parameters.getFields().getSubFieldsList().getFirst();
            this.parameters = parameters;
            this.isRequired = GraphQLTypeUtil.isNonNull(
                    getFieldDef(context, parameters, root.getSingleField()).getType());
            Viewer viewer = Objects.requireNonNull(context.getGraphQLContext().get(Viewer.CONTEXT_KEY));
            this.audience = viewer.audience();
            // An item may be shown to all of this audience, so it must not depend on anything else of the viewer.
            GraphQLContext own =
                    GraphQLContext.newContext().of(context.getGraphQLContext()).build();
            own.put(Viewer.CONTEXT_KEY, audience);
            this.context = context.transform(builder -> builder.graphQLContext(own));
            this.variables = ItemKey.variablesBelow(root, context);
        }

        Publisher<ExecutionResult> of(Publisher<Object> items) {
            return Flux.from(items).map(this::result);
        }

        /** Blocks until the result is there. Streams run on virtual threads of their own. */
        private ExecutionResult result(Object item) {
            try {
                return item instanceof Shareable shareable
                        ? reader.get(
                                new ItemKey(
                                        context.getExecutionInput().getQuery(),
                                        context.getOperationDefinition().getName(),
                                        variables,
                                        audience,
                                        shareable.identity()),
                                () -> execute(item))
                        : execute(item).join();
            } catch (CompletionException failure) {
                throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
            }
        }

        private CompletableFuture<ExecutionResult> execute(Object item) {
            // They live as long as the subscription, so their values are outdated for the next item.
            context.getDataLoaderRegistry().getDataLoaders().forEach(DataLoader::clearAll);
            ExecutionContext one = context.transform(builder -> builder.root(new OneItem(item)));
            if (context.getDataLoaderDispatcherStrategy() instanceof PerLevelDataLoaderDispatchStrategy) {
                // That of the subscription would keep a record of each item as long as the stream lasts.
                one.setDataLoaderDispatcherStrategy(new PerLevelDataLoaderDispatchStrategy(one));
            }
            return SubscriptionItems.super
                    .execute(one, parameters)
                    .thenCompose(result -> Mono.from(Objects.requireNonNull(result.<SubscriptionPublisher>getData()))
                            .toFuture())
                    .thenApply(result -> corrected(result, isRequired));
        }
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
