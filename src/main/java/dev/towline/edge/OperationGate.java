package dev.towline.edge;

import dev.towline.edge.error.ProblemErrors;
import dev.towline.edge.error.Refusal;
import dev.towline.edge.error.VariableUses;
import dev.towline.edge.scalar.WellFormed;
import dev.towline.problem.Problem;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.AbortExecutionException;
import graphql.execution.ExecutionContext;
import graphql.execution.instrumentation.ExecutionStrategyInstrumentationContext;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import graphql.execution.instrumentation.parameters.InstrumentationExecutionStrategyParameters;
import graphql.language.OperationDefinition.Operation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Rejects an operation before its execution: if the HTTP request does not allow it, if a variable is invalid in a way that graphql-java
 * would find too late, or if introspection exceeds its limits. It also puts the {@link Operation} into the context, because the transport
 * does not know it before the document is parsed.
 */
@Component
@Order(20)
class OperationGate extends SimplePerformantInstrumentation {

    @Override
    public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
            InstrumentationExecuteOperationParameters parameters, InstrumentationState state) {
        var context = parameters.getExecutionContext();
        Operation operation = context.getOperationDefinition().getOperation();
        context.getGraphQLContext().put(Operation.class, operation);
        AllowedOperations allowed = context.getGraphQLContext().get(AllowedOperations.class);
        if (allowed != null) {
            try {
                allowed.check(operation);
            } catch (Refusal refusal) {
                throw new AbortExecutionException(List.of(refusal.error()));
            }
        }
        GraphQLError fault = variableFault(context);
        if (fault != null) {
            throw new AbortExecutionException(List.of(fault));
        }
        return super.beginExecuteOperation(parameters, state);
    }

    @Override
    public @Nullable ExecutionStrategyInstrumentationContext beginExecutionStrategy(
            InstrumentationExecutionStrategyParameters parameters, InstrumentationState state) {
        IntrospectionLimits.check(
                parameters.getExecutionContext(),
                parameters.getExecutionStrategyParameters().getFields());
        return super.beginExecutionStrategy(parameters, state);
    }

    /** The error of a variable that graphql-java accepted, null if there is none. */
    private static @Nullable GraphQLError variableFault(ExecutionContext context) {
        boolean hasNull = false;
        for (Map.Entry<String, @Nullable Object> variable :
                context.getCoercedVariables().toMap().entrySet()) {
            hasNull |= variable.getValue() == null;
            String path = WellFormed.firstIllFormed(variable.getValue());
            if (path != null) {
                String argument = VariableUses.argumentOf(variable.getKey(), context.getExecutionInput());
                return badInput(argument + path, WellFormed.EXPECTED);
            }
        }
        String misplaced = hasNull ? NullVariables.firstMisplaced(context) : null;
        return misplaced == null ? null : badInput(misplaced, "must not be null.");
    }

    private static GraphQLError badInput(String argument, String predicate) {
        return ProblemErrors.badInput(GraphqlErrorBuilder.newError(), argument, Problem.sentence(argument, predicate));
    }
}
