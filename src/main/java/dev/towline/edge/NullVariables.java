package dev.towline.edge;

import graphql.execution.ExecutionContext;
import graphql.execution.conditional.ConditionalNodes;
import graphql.introspection.Introspection;
import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.Directive;
import graphql.language.DirectivesContainer;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.TypeName;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds a null variable in a place that requires a value. Validation allows a nullable variable there if the variable or the place has a
 * default. graphql-java rejects the null only when it executes the field, perhaps after an earlier mutation has run. An instance
 * checks one operation on one thread.
 *
 * @see <a href="https://spec.graphql.org/September2025/#sec-All-Variable-Usages-Are-Allowed">All Variable Usages Are Allowed</a>
 */
final class NullVariables {

    private final GraphQLSchema schema;
    private final Map<String, Object> variables;
    private final Map<String, FragmentDefinition> fragments;
    private final ConditionalNodes conditions = new ConditionalNodes();
    private final Set<String> visited = new HashSet<>();

    private NullVariables(ExecutionContext context) {
        this.schema = context.getGraphQLSchema();
        this.variables = context.getCoercedVariables().toMap();
        this.fragments = context.getFragmentsByName();
    }

    /** Returns the path of the first argument, input field or list element that requires a value but has a null variable, null if none. */
    static @Nullable String firstMisplaced(ExecutionContext context) {
        var operation = context.getOperationDefinition();
        @Nullable
        GraphQLCompositeType root = switch (operation.getOperation()) {
            case QUERY -> context.getGraphQLSchema().getQueryType();
            case MUTATION -> context.getGraphQLSchema().getMutationType();
            case SUBSCRIPTION -> context.getGraphQLSchema().getSubscriptionType();
        };
        return new NullVariables(context).in(operation.getSelectionSet(), Objects.requireNonNull(root));
    }

    private @Nullable String in(@Nullable SelectionSet selections, GraphQLCompositeType parent) {
        if (selections == null) {
            return null;
        }
        for (Selection<?> selection : selections.getSelections()) {
            String found = in(selection, parent);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private @Nullable String in(Selection<?> selection, GraphQLCompositeType parent) {
        DirectivesContainer<?> conditional = (DirectivesContainer<?>) selection;
        for (Directive directive : conditional.getDirectives()) {
            String found = in(
                    directive.getArguments(),
                    Objects.requireNonNull(schema.getDirective(directive.getName()))::getArgument);
            if (found != null) {
                return found;
            }
        }
        if (!conditions.shouldInclude(conditional, variables, schema, null)) {
            return null; // its arguments are not used
        }
        return switch (selection) {
            case Field field -> inField(field, parent);
            case InlineFragment fragment -> in(fragment.getSelectionSet(), type(fragment.getTypeCondition(), parent));
            case FragmentSpread spread
            when visited.add(spread.getName()) -> {
                FragmentDefinition fragment = Objects.requireNonNull(fragments.get(spread.getName()));
                yield in(fragment.getSelectionSet(), type(fragment.getTypeCondition(), parent));
            }
            default -> null;
        };
    }

    private @Nullable String inField(Field field, GraphQLCompositeType parent) {
        var definition = Introspection.getFieldDef(schema, parent, field.getName());
        String found = in(field.getArguments(), definition::getArgument);
        return found == null && GraphQLTypeUtil.unwrapAll(definition.getType()) instanceof GraphQLCompositeType type
                ? in(field.getSelectionSet(), type)
                : found;
    }

    private @Nullable String in(List<Argument> arguments, Function<String, GraphQLArgument> definitions) {
        for (Argument argument : arguments) {
            GraphQLType type = definitions.apply(argument.getName()).getType();
            String found = in(argument.getValue(), type, argument.getName());
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private @Nullable String in(Value<?> value, GraphQLType expected, String path) {
        if (value instanceof VariableReference reference) {
            String name = reference.getName();
            boolean isNull = variables.containsKey(name) && variables.get(name) == null;
            return isNull && GraphQLTypeUtil.isNonNull(expected) ? path : null;
        }
        GraphQLType type = GraphQLTypeUtil.unwrapNonNull(expected);
        return switch (value) {
            case ArrayValue values when type instanceof GraphQLList list -> inList(values, list, path);
            case ObjectValue object
            when type instanceof GraphQLInputObjectType fields -> inObject(object, fields, path);
            // a single value is coerced to a list
            default -> type instanceof GraphQLList list ? in(value, list.getWrappedType(), path) : null;
        };
    }

    private @Nullable String inList(ArrayValue values, GraphQLList type, String path) {
        for (int i = 0; i < values.getValues().size(); i++) {
            String found = in(values.getValues().get(i), type.getWrappedType(), path + "[" + i + "]");
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private @Nullable String inObject(ObjectValue object, GraphQLInputObjectType type, String path) {
        for (ObjectField field : object.getObjectFields()) {
            GraphQLInputObjectField definition = type.getField(field.getName());
            String found = in(field.getValue(), definition.getType(), path + "." + field.getName());
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private GraphQLCompositeType type(@Nullable TypeName condition, GraphQLCompositeType parent) {
        return condition != null && schema.getType(condition.getName()) instanceof GraphQLCompositeType type
                ? type
                : parent;
    }
}
