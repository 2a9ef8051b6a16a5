package dev.towline.edge;

import graphql.ExecutionResult;
import graphql.execution.AbortExecutionException;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import graphql.language.OperationDefinition.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Stops an operation that does not fit the HTTP request it came with, before any of it is executed, and leaves in the context which
 * {@link Operation} it is: that shows only once the document is parsed.
 */
@Component
class OperationGate extends SimplePerformantInstrumentation {

    /**
     * How an operation came.
     *
     * @param stream whether the answer may be a stream
     */
    record Passage(HttpMethod method, boolean stream) {

        private void check(Operation operation) {
            if (operation == Operation.MUTATION && !method.equals(HttpMethod.POST)) {
                throw new Refusal(HttpStatus.METHOD_NOT_ALLOWED, null, "A mutation is sent by POST.");
            }
            if (operation == Operation.SUBSCRIPTION && !stream) {
                throw new Refusal(
                        HttpStatus.NOT_ACCEPTABLE,
                        null,
                        "A subscription is answered as text/event-stream, or over WebSocket.");
            }
        }
    }

    @Override
    public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
            InstrumentationExecuteOperationParameters parameters, @Nullable InstrumentationState state) {
        var context = parameters.getExecutionContext();
        Operation operation = context.getOperationDefinition().getOperation();
        context.getGraphQLContext().put(Operation.class, operation);
        Passage passage = context.getGraphQLContext().get(Passage.class);
        if (passage != null) {
            try {
                passage.check(operation);
            } catch (Refusal refusal) {
                throw new AbortExecutionException(List.of(refusal.error()));
            }
        }
        return super.beginExecuteOperation(parameters, state);
    }
}
