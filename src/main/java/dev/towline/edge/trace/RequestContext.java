package dev.towline.edge.trace;

import dev.towline.trace.Sampling;
import graphql.GraphQLContext;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.util.function.Predicate;

/**
 * Gives resolvers the thread-locals of their request. Spring for GraphQL sets and resets them around each call of a resolver. This factory
 * leaves out what changes nothing: on a thread that has them already, such as the thread of the request, unless the trace is recorded. Then
 * the spans of a resolver need it as their parent. Thread-safe.
 */
final class RequestContext implements ContextSnapshotFactory {

    private static final ContextSnapshot.Scope UNCHANGED = () -> {};

    private final ContextSnapshotFactory whole =
            ContextSnapshotFactory.builder().build();
    private final ObservationRegistry observations;

    RequestContext(ObservationRegistry observations) {
        this.observations = observations;
    }

    @Override
    public ContextSnapshot captureAll(Object... contexts) {
        return whole.captureAll(contexts);
    }

    @Override
    public ContextSnapshot captureFrom(Object... contexts) {
        return contexts.length == 1 && contexts[0] instanceof GraphQLContext context
                ? new OfOperation(context)
                : whole.captureFrom(contexts);
    }

    @Override
    public <C> ContextSnapshot.Scope setThreadLocalsFrom(Object context, String... keys) {
        return whole.setThreadLocalsFrom(context, keys);
    }

    /** Whether this thread works for the request of the operation, and has its thread-locals. */
    private boolean isSet(GraphQLContext context) {
        Observation operation = context.get(ObservationThreadLocalAccessor.KEY);
        Observation current = observations.getCurrentObservation();
        if (operation == null || current == null) {
            return false;
        }
        return current.equals(operation)
                || (current.equals(operation.getContext().getParentObservation()) && !Sampling.mayBeSampled(operation));
    }

    /** The context of an operation. It is read when it is needed, because nothing changes it after the operation has begun. */
    private final class OfOperation implements ContextSnapshot {

        private final GraphQLContext context;

        OfOperation(GraphQLContext context) {
            this.context = context;
        }

        @Override
        public <C> C updateContext(C target) {
            return whole.captureFrom(context).updateContext(target);
        }

        @Override
        public <C> C updateContext(C target, Predicate<Object> keys) {
            return whole.captureFrom(context).updateContext(target, keys);
        }

        @Override
        public Scope setThreadLocals() {
            return isSet(context) ? UNCHANGED : whole.captureFrom(context).setThreadLocals();
        }

        @Override
        public Scope setThreadLocals(Predicate<Object> keys) {
            return whole.captureFrom(context).setThreadLocals(keys);
        }
    }
}
