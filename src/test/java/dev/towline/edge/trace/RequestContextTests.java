package dev.towline.edge.trace;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.GraphQLContext;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.junit.jupiter.api.Test;

/** Without a tracer, so no trace is recorded. {@code TraceScenarios} has the others. */
class RequestContextTests {

    private final ObservationRegistry observations = observed();
    private final Observation request = Observation.start("request", observations);
    private final Observation operation = Observation.createNotStarted("operation", observations)
            .parentObservation(request)
            .start();
    private final ContextSnapshot snapshot = new RequestContext(observations)
            .captureFrom(GraphQLContext.newContext()
                    .of(ObservationThreadLocalAccessor.KEY, operation)
                    .build());

    private static ObservationRegistry observed() {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(_ -> true);
        return registry;
    }

    @Test
    void changesNothingOnTheThreadOfTheRequest() throws Exception {
        try (Observation.Scope _ = request.openScope()) {
            assertThat(snapshot.wrap(observations::getCurrentObservation).call())
                    .isSameAs(request);
        }
    }

    @Test
    void setsTheOperationOnAnotherThread() throws Exception {
        assertThat(snapshot.wrap(observations::getCurrentObservation).call()).isSameAs(operation);
        assertThat(observations.getCurrentObservation()).isNull();
    }

    @Test
    void setsTheOperationOnAThreadOfAnotherRequest() throws Exception {
        Observation other = Observation.start("other", observations);
        try (Observation.Scope _ = other.openScope()) {
            assertThat(snapshot.wrap(observations::getCurrentObservation).call())
                    .isSameAs(operation);
            assertThat(observations.getCurrentObservation()).isSameAs(other);
        }
    }
}
