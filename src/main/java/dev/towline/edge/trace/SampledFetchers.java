package dev.towline.edge.trace;

import dev.towline.trace.Sampling;
import graphql.ExecutionInput;
import graphql.GraphQLContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.parameters.InstrumentationExecutionParameters;
import graphql.execution.instrumentation.parameters.InstrumentationFieldFetchParameters;
import graphql.schema.DataFetcher;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.springframework.graphql.observation.GraphQlObservationInstrumentation;

/**
 * Observes each operation, but resolvers and batches of DataLoaders only if the trace of the operation is recorded. In all other traces their
 * spans would go nowhere, and an observation costs more than most resolvers. What a resolver calls, such as DynamoDB, is then a child of the
 * operation. Thread-safe.
 */
final class SampledFetchers extends GraphQlObservationInstrumentation {

    SampledFetchers(ObservationRegistry observations) {
        super(observations);
    }

    @Override
    public ExecutionInput instrumentExecutionInput(
            ExecutionInput input, InstrumentationExecutionParameters parameters, InstrumentationState state) {
        return isSampled(input.getGraphQLContext()) ? super.instrumentExecutionInput(input, parameters, state) : input;
    }

    @Override
    public DataFetcher<?> instrumentDataFetcher(
            DataFetcher<?> fetcher, InstrumentationFieldFetchParameters parameters, InstrumentationState state) {
        return !parameters.isTrivialDataFetcher()
                        && isSampled(parameters.getExecutionContext().getGraphQLContext())
                ? super.instrumentDataFetcher(fetcher, parameters, state)
                : fetcher;
    }

    private static boolean isSampled(GraphQLContext context) {
        return Sampling.mayBeSampled(context.<Observation>get(ObservationThreadLocalAccessor.KEY));
    }
}
