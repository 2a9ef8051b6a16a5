package dev.towline.edge.limit;

import dev.towline.edge.limit.CostPlan.Size;
import graphql.Directives;
import graphql.introspection.Introspection;
import graphql.language.BooleanValue;
import graphql.language.Directive;
import graphql.language.DirectivesContainer;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.TypeName;
import graphql.language.VariableReference;
import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes the {@link CostPlan} of a valid operation. A field with {@code @cost} costs its weight, any other field of a mutation 10, an object
 * and each object in a list 1, and the rest nothing. What is below a list counts for each element. The time is linear in the length of the document. For one operation on one thread.
 */
final class CostPlanner {

    /** The directive in the schema. */
    static final String DIRECTIVE = "cost";

    private static final String WEIGHT = "weight";
    private static final int OBJECT = 1;
    private static final int MUTATION = 10;

    private final GraphQLSchema schema;
    private final Map<String, FragmentDefinition> fragments;
    private final Map<String, Costs> planned = new HashMap<>();

    private CostPlanner(GraphQLSchema schema, Map<String, FragmentDefinition> fragments) {
        this.schema = schema;
        this.fragments = fragments;
    }

    /**
     * The cost of what an object selects.
     *
     * @param once what counts once
     * @param each what counts for each element of the lists in this object, whose size the field with the object knows
     */
    private record Costs(CostPlan once, CostPlan each) {

        static final Costs NOTHING = new Costs(CostPlan.NOTHING, CostPlan.NOTHING);

        Costs plus(Costs other) {
            return new Costs(once.plus(other.once), each.plus(other.each));
        }
    }

    static CostPlan plan(
            GraphQLSchema schema, OperationDefinition operation, Map<String, FragmentDefinition> fragments) {
        GraphQLCompositeType root = Objects.requireNonNull(
                switch (operation.getOperation()) {
                    case QUERY -> schema.getQueryType();
                    case MUTATION -> schema.getMutationType();
                    case SUBSCRIPTION -> schema.getSubscriptionType();
                });
        Costs costs = new CostPlanner(schema, fragments).of(operation.getSelectionSet(), root);
        return costs.once.plus(costs.each.times(ListSizes.ASSUMED));
    }

    private Costs of(@Nullable SelectionSet selections, GraphQLCompositeType parent) {
        Costs all = Costs.NOTHING;
        if (selections != null) {
            for (Selection<?> selection : selections.getSelections()) {
                Costs costs = switch (selection) {
                    case Field field -> of(field, parent);
                    case InlineFragment fragment ->
                        of(fragment.getSelectionSet(), type(fragment.getTypeCondition(), parent));
                    case FragmentSpread spread -> of(spread.getName(), parent);
                    default -> throw new IllegalStateException("unknown selection " + selection);
                };
                for (Directive condition : ((DirectivesContainer<?>) selection).getDirectives()) {
                    costs = onlyIf(condition, costs);
                }
                all = all.plus(costs);
            }
        }
        return all;
    }

    /** The costs of a selection with {@code @skip} or {@code @include}. */
    private static Costs onlyIf(Directive directive, Costs costs) {
        boolean isSkip = directive.getName().equals(Directives.SkipDirective.getName());
        if (!isSkip && !directive.getName().equals(Directives.IncludeDirective.getName())) {
            return costs;
        }
        Size included = switch (directive.getArgument("if").getValue()) {
            case BooleanValue literal -> _ -> literal.isValue() != isSkip ? 1 : 0;
            case VariableReference variable ->
                variables -> Boolean.valueOf(isSkip).equals(variables.get(variable.getName())) ? 0 : 1;
            default -> _ -> 1;
        };
        return new Costs(costs.once.times(included), costs.each.times(included));
    }

    private Costs of(String fragment, GraphQLCompositeType parent) {
        Costs known = planned.get(fragment);
        if (known == null) {
            FragmentDefinition definition = Objects.requireNonNull(fragments.get(fragment));
            known = of(definition.getSelectionSet(), type(definition.getTypeCondition(), parent));
            planned.put(fragment, known);
        }
        return known;
    }

    private Costs of(Field field, GraphQLCompositeType parent) {
        if (field.getName().startsWith("__")) {
            // The limits of introspection are others: IntrospectionLimits.
            return new Costs(CostPlan.of(field.getSelectionSet() == null ? 0 : OBJECT), CostPlan.NOTHING);
        }
        GraphQLFieldDefinition definition = Introspection.getFieldDef(schema, parent, field.getName());
        CostPlan own = CostPlan.of(weight(definition, parent));
        if (!(GraphQLTypeUtil.unwrapAll(definition.getType()) instanceof GraphQLCompositeType type)) {
            return new Costs(own, CostPlan.NOTHING);
        }
        Costs below = of(field.getSelectionSet(), type);
        CostPlan inObject = below.once.plus(ListSizes.inObject(field, definition, below.each));
        if (!GraphQLTypeUtil.isList(GraphQLTypeUtil.unwrapNonNull(definition.getType()))) {
            return new Costs(own.plus(inObject), CostPlan.NOTHING);
        }
        CostPlan element = CostPlan.of(OBJECT).plus(inObject);
        return definition.getArguments().isEmpty()
                ? new Costs(CostPlan.NOTHING, element)
                : new Costs(own.plus(ListSizes.ofArguments(field, element)), CostPlan.NOTHING);
    }

    private int weight(GraphQLFieldDefinition field, GraphQLCompositeType parent) {
        GraphQLAppliedDirective given = field.getAppliedDirective(DIRECTIVE);
        if (given != null) {
            return Objects.requireNonNull((Integer) given.getArgument(WEIGHT).getValue());
        }
        if (parent.equals(schema.getMutationType())) {
            return MUTATION;
        }
        return GraphQLTypeUtil.unwrapAll(field.getType()) instanceof GraphQLCompositeType ? OBJECT : 0;
    }

    private GraphQLCompositeType type(@Nullable TypeName condition, GraphQLCompositeType parent) {
        return condition != null && schema.getType(condition.getName()) instanceof GraphQLCompositeType type
                ? type
                : parent;
    }
}
