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
 * How much of the schema one request may ask for. graphql-java's limits of size and depth stay. Its third one, each of some fields once
 * in a whole request, refuses two {@code __type} side by side, as tools ask for them; what it is there for is a path that goes round in
 * the schema, where each round multiplies the answer. So it is held for each path.
 */
final class IntrospectionLimits {

    private static final Set<String> ROOTS =
            Set.of(Introspection.SchemaMetaFieldDef.getName(), Introspection.TypeMetaFieldDef.getName());

    /** The lists of {@code __Type}, by which one can come from types to types. */
    private static final Set<String> LISTS = Set.of("fields", "inputFields", "interfaces", "possibleTypes");

    private IntrospectionLimits() {}

    /** Tells graphql-java to leave out its own check, which is part of the validation. */
    static void replace(GraphQLContext context) {
        context.put(GoodFaithIntrospection.GOOD_FAITH_INTROSPECTION_DISABLED, true);
    }

    /**
     * Checks a query.
     *
     * @param root the fields of the query itself
     * @throws AbortExecutionException if it asks for too much
     */
    static void check(ExecutionContext context, MergedSelectionSet root) {
        if (root.getSubFieldsList().stream().noneMatch(field -> ROOTS.contains(field.getName()))) {
            return;
        }
        if (hasRound(operation(context).getTopLevelFields(), Set.of())) {
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

    /** @param above the lists of types that these fields are within */
    private static boolean hasRound(List<ExecutableNormalizedField> fields, Set<String> above) {
        return fields.stream().anyMatch(field -> {
            if (!isListOfTypes(field)) {
                return hasRound(field.getChildren(), above);
            }
            Set<String> here = new HashSet<>(above);
            return !here.add(field.getName()) || hasRound(field.getChildren(), here);
        });
    }

    private static boolean isListOfTypes(ExecutableNormalizedField field) {
        return LISTS.contains(field.getName()) && field.getObjectTypeNames().contains(Introspection.__Type.getName());
    }

    private static GraphQLError fault(String message) {
        return ProblemErrors.badInput(GraphqlErrorBuilder.newError(), null, message);
    }
}
