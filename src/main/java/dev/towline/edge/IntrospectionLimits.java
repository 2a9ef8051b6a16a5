package dev.towline.edge;

import dev.towline.edge.error.ProblemErrors;
import graphql.GraphQLContext;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.AbortExecutionException;
import graphql.execution.ExecutionContext;
import graphql.execution.MergedSelectionSet;
import graphql.introspection.GoodFaithIntrospection;
import graphql.introspection.Introspection;
import graphql.normalized.ExecutableNormalizedField;
import graphql.normalized.ExecutableNormalizedOperation;
import graphql.normalized.ExecutableNormalizedOperationFactory;
import graphql.normalized.ExecutableNormalizedOperationFactory.Options;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Limits for introspection. The limits of graphql-java for size and depth stay. Its third limit allows some fields once in a request, and
 * so rejects two {@code __type} fields side by side, which tools send. The limit is meant for cycles in the schema, where each round
 * multiplies the answer. So this class applies it to each path.
 */
final class IntrospectionLimits {

    private static final Set<String> ROOTS =
            Set.of(Introspection.SchemaMetaFieldDef.getName(), Introspection.TypeMetaFieldDef.getName());

    /** The list fields of {@code __Type}, which lead from types to types. */
    private static final Set<String> LISTS = Set.of("fields", "inputFields", "interfaces", "possibleTypes");

    private IntrospectionLimits() {}

    /** Switches off the check of graphql-java, which is part of validation. */
    static void replace(GraphQLContext context) {
        context.put(GoodFaithIntrospection.GOOD_FAITH_INTROSPECTION_DISABLED, true);
    }

    /**
     * Checks a query.
     *
     * @param root the root fields of the query
     * @throws AbortExecutionException if the query exceeds a limit
     */
    static void check(ExecutionContext context, MergedSelectionSet root) {
        if (root.getSubFieldsList().stream().noneMatch(field -> ROOTS.contains(field.getName()))) {
            return;
        }
        if (hasCycle(operation(context).getTopLevelFields(), Set.of())) {
            throw new AbortExecutionException(
                    List.of(fault("The introspection query must not select a list of `__Type` within itself.")));
        }
    }

    private static ExecutableNormalizedOperation operation(ExecutionContext context) {
        Options limits = Options.defaultOptions()
                .maxFieldsCount(GoodFaithIntrospection.GOOD_FAITH_MAX_FIELDS_COUNT)
                .maxChildrenDepth(GoodFaithIntrospection.GOOD_FAITH_MAX_DEPTH_COUNT)
                .locale(context.getLocale())
                .graphQLContext(context.getGraphQLContext());
        try {
            return ExecutableNormalizedOperationFactory.createExecutableNormalizedOperation(
                    context.getGraphQLSchema(),
                    context.getOperationDefinition(),
                    context.getFragmentsByName(),
                    context.getCoercedVariables(),
                    limits);
        } catch (AbortExecutionException tooMuch) {
            throw new AbortExecutionException(List.of(fault("A query with introspection must select at most "
                    + GoodFaithIntrospection.GOOD_FAITH_MAX_FIELDS_COUNT + " fields in at most "
                    + GoodFaithIntrospection.GOOD_FAITH_MAX_DEPTH_COUNT + " levels.")));
        }
    }

    /** @param above the list fields that contain these fields */
    private static boolean hasCycle(List<ExecutableNormalizedField> fields, Set<String> above) {
        return fields.stream().anyMatch(field -> {
            if (!isListOfTypes(field)) {
                return hasCycle(field.getChildren(), above);
            }
            Set<String> here = new HashSet<>(above);
            return !here.add(field.getName()) || hasCycle(field.getChildren(), here);
        });
    }

    private static boolean isListOfTypes(ExecutableNormalizedField field) {
        return LISTS.contains(field.getName()) && field.getObjectTypeNames().contains(Introspection.__Type.getName());
    }

    private static GraphQLError fault(String message) {
        return ProblemErrors.badInput(GraphqlErrorBuilder.newError(), null, message);
    }
}
