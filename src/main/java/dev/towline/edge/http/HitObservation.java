package dev.towline.edge.http;

import dev.towline.cache.answer.Question;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.execution.ExecutionId;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.graphql.observation.DefaultExecutionRequestObservationConvention;
import org.springframework.graphql.observation.ExecutionRequestObservationContext;
import org.springframework.graphql.observation.GraphQlObservationDocumentation;

/** Counts and traces a query that is answered from memory as Spring does for those that are executed. Thread-safe. */
final class HitObservation {

    private static final DefaultExecutionRequestObservationConvention CONVENTION =
            new DefaultExecutionRequestObservationConvention();
    private static final ExecutionResult WITHOUT_ERRORS =
            ExecutionResult.newExecutionResult().build();

    private final ObservationRegistry observations;

    HitObservation(ObservationRegistry observations) {
        this.observations = observations;
    }

    /** Records one request. */
    void record(Question question) {
        GraphQlObservationDocumentation.EXECUTION_REQUEST
                .observation(null, CONVENTION, () -> context(question), observations)
                .start()
                .stop();
    }

    private static ExecutionRequestObservationContext context(Question question) {
        ExecutionRequestObservationContext context =
                new ExecutionRequestObservationContext(ExecutionInput.newExecutionInput(question.document())
                        .operationName(question.operation())
                        .executionId(ExecutionId.generate())
                        .build());
        // Only queries are remembered, which is what the convention assumes without an operation.
        context.setExecutionResult(WITHOUT_ERRORS);
        return context;
    }
}
