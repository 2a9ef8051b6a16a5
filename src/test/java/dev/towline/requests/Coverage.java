package dev.towline.requests;

import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.Directive;
import graphql.language.DirectivesContainer;
import graphql.language.EnumValue;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Counts what of a schema was reached, by coordinates. A field counts where an answer has a value of it that is not null; an argument,
 * an input field and a directive where they were given to a field that an answer has; an enum's value where it was given to such a field or
 * is in an answer. For one thread.
 */
final class Coverage {

    /**
     * Nothing that a request says leads to them: what is only in directives of the schema itself, what only a slow client gets, what comes only
     * when storage has lost something, and what only a fix gets that comes within half a second or five metres of another one.
     */
    private static final Set<String> OUT_OF_REACH = Set.of(
            "CacheScope.PUBLIC",
            "CacheScope.PRIVATE",
            "TrackingUpdate.missed",
            "TrackingUpdateKind.GAP",
            "LocationOutcome.LIVE_ONLY");

    private final GraphQLSchema schema;
    private final Map<String, Integer> reached = new TreeMap<>();

    /** @param directives those that an operation may have, each with its arguments' names */
    Coverage(GraphQLSchema schema, Stream<String> directives) {
        this.schema = schema;
        Coordinates.of(schema)
                .filter(coordinate -> !OUT_OF_REACH.contains(coordinate))
                .forEach(coordinate -> reached.put(coordinate, 0));
        directives.forEach(directive -> reached.put(directive, 0));
    }

    /** How often each coordinate was reached. */
    Map<String, Integer> reached() {
        return reached;
    }

    /** Whether what is asked for may reach something more: it has the names that lead there. */
    boolean mayGrowBy(@Nullable Asked asked) {
        String text = asked == null ? "" : asked.document() + asked.variables();
        return reached.entrySet().stream()
                .filter(each -> each.getValue() == 0)
                .anyMatch(each -> waysTo(each.getKey()).anyMatch(way -> way.allMatch(text::contains)));
    }

    /** The names of a coordinate but for the type's; of an enum's value, those of a field that may have it, too. */
    private Stream<Stream<String>> waysTo(String coordinate) {
        List<String> names = List.of(coordinate.split("\\W+"));
        return Stream.concat(
                Stream.of(names.stream().skip(1)),
                schema.getType(names.getFirst()) instanceof GraphQLEnumType choices
                        ? Coordinates.fieldsOf(schema, choices).map(Stream::of)
                        : Stream.empty());
    }

    /** Notes what a result of the request has reached. */
    void note(Requested requested, JsonNode result) {
        GraphQLFieldsContainer root = switch (requested.operation().getOperation()) {
            case QUERY -> schema.getQueryType();
            case MUTATION -> schema.getMutationType();
            case SUBSCRIPTION -> schema.getSubscriptionType();
        };
        if (root != null) {
            selection(requested, root, requested.operation().getSelectionSet(), result.path("data"));
        }
    }

    private void selection(Requested requested, GraphQLFieldsContainer type, SelectionSet selected, JsonNode data) {
        if (data.isArray()) {
            data.forEach(each -> selection(requested, type, selected, each));
        }
        if (!data.isObject()) {
            return;
        }
        for (Selection<?> selection : selected.getSelections()) {
            switch (selection) {
                case Field field -> field(requested, type, field, data);
                case InlineFragment fragment -> {
                    directives(requested, fragment);
                    selection(requested, type, fragment.getSelectionSet(), data);
                }
                case FragmentSpread spread -> {
                    directives(requested, spread);
                    requested.document().getDefinitionsOfType(FragmentDefinition.class).stream()
                            .filter(fragment -> fragment.getName().equals(spread.getName()))
                            .forEach(fragment -> selection(requested, type, fragment.getSelectionSet(), data));
                }
                default -> {}
            }
        }
    }

    private void field(Requested requested, GraphQLFieldsContainer owner, Field field, JsonNode data) {
        GraphQLFieldDefinition definition = owner.getFieldDefinition(field.getName());
        JsonNode value = data.path(field.getAlias() == null ? field.getName() : field.getAlias());
        directives(requested, field);
        if (definition == null || value.isMissingNode()) {
            return;
        }
        GraphQLType type = GraphQLTypeUtil.unwrapAll(definition.getType());
        if (!value.isNull()) {
            reach(owner.getName() + "." + field.getName());
            output(type, value);
        }
        for (Argument given : field.getArguments()) {
            GraphQLArgument argument = definition.getArgument(given.getName());
            if (argument != null && isGiven(requested, given.getValue())) {
                reach(Coordinates.of(owner, definition, argument));
                input(requested, GraphQLTypeUtil.unwrapAll(argument.getType()), given.getValue());
            }
        }
        if (type instanceof GraphQLFieldsContainer fields && field.getSelectionSet() != null) {
            selection(requested, fields, field.getSelectionSet(), value);
        }
    }

    private void directives(Requested requested, DirectivesContainer<?> container) {
        for (Directive directive : container.getDirectives()) {
            reach("@" + directive.getName());
            directive.getArguments().stream()
                    .filter(argument -> isGiven(requested, argument.getValue()))
                    .forEach(argument -> reach("@" + directive.getName() + "(" + argument.getName() + ":)"));
        }
    }

    private void output(GraphQLType type, JsonNode value) {
        if (value.isArray()) {
            value.forEach(each -> output(type, each));
        } else if (type instanceof GraphQLEnumType choices) {
            reach(choices.getName() + "." + value.asString());
        }
    }

    private static boolean isGiven(Requested requested, Value<?> value) {
        return !(value instanceof VariableReference variable)
                || requested.variables().has(variable.getName());
    }

    private void input(Requested requested, GraphQLType type, @Nullable Value<?> value) {
        switch (value) {
            case VariableReference variable -> input(type, requested.variables().path(variable.getName()));
            case ArrayValue list -> list.getValues().forEach(each -> input(requested, type, each));
            case EnumValue choice -> reach(((GraphQLNamedType) type).getName() + "." + choice.getName());
            case ObjectValue object
            when type instanceof GraphQLInputObjectType input -> {
                for (ObjectField given : object.getObjectFields()) {
                    GraphQLInputObjectField field = input.getField(given.getName());
                    if (field != null && isGiven(requested, given.getValue())) {
                        reach(input.getName() + "." + field.getName());
                        input(requested, GraphQLTypeUtil.unwrapAll(field.getType()), given.getValue());
                    }
                }
            }
            case null, default -> {}
        }
    }

    private void input(GraphQLType type, JsonNode value) {
        if (value.isArray()) {
            value.forEach(each -> input(type, each));
        } else if (type instanceof GraphQLEnumType choices && value.isString()) {
            reach(choices.getName() + "." + value.asString());
        } else if (type instanceof GraphQLInputObjectType input) {
            for (Map.Entry<String, JsonNode> given : value.properties()) {
                GraphQLInputObjectField field = input.getField(given.getKey());
                if (field != null) {
                    reach(input.getName() + "." + field.getName());
                    input(GraphQLTypeUtil.unwrapAll(field.getType()), given.getValue());
                }
            }
        }
    }

    private void reach(String coordinate) {
        reached.computeIfPresent(coordinate, (name, times) -> times + 1);
    }
}
