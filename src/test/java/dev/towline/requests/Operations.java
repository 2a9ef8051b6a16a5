package dev.towline.requests;

import graphql.Scalars;
import graphql.introspection.Introspection;
import graphql.language.OperationDefinition.Operation;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInputType;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLUnmodifiedType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Draws one operation from a schema: what it selects, and with which arguments. */
final class Operations {

    private static final int DEEPEST = 7;
    private static final Set<String> OFTEN = Set.of(
            "createIncident",
            "updateVendor",
            "startTrackingSession",
            "updateLocation",
            "updateLocations",
            "evictCache");

    private final Chance chance;
    private final GraphQLSchema schema;
    private final boolean odd;
    private final String name;
    private final Values values;
    private final List<String> fragments = new ArrayList<>();
    private int aliases;

    private Operations(Chance chance, GraphQLSchema schema, Known known, boolean odd, String name) {
        this.chance = chance;
        this.schema = schema;
        this.odd = odd;
        this.name = name;
        this.values = new Values(chance, known, odd, "v" + name);
    }

    /**
     * An operation with its fragments.
     *
     * @param text as it stands in a document
     */
    record Drawn(String name, String text, List<Values.Variable> variables) {}

    /** @param name of the operation, and what the names of its fragments and variables begin with */
    static Drawn draw(Chance chance, GraphQLSchema schema, Known known, boolean odd, Operation kind, String name) {
        return new Operations(chance, schema, known, odd, name).draw(kind);
    }

    private Drawn draw(Operation kind) {
        GraphQLObjectType root = switch (kind) {
            case QUERY -> schema.getQueryType();
            case MUTATION -> Objects.requireNonNull(schema.getMutationType());
            case SUBSCRIPTION -> Objects.requireNonNull(schema.getSubscriptionType());
        };
        int most = kind == Operation.QUERY ? 3 : chance.percent(40) ? 2 : 1;
        String selection = kind == Operation.SUBSCRIPTION
                ? "{ " + field(root, chance.of(root.getFieldDefinitions()), DEEPEST, false) + " }"
                : selection(root, chance.some(fields(root, kind), most), DEEPEST);
        String declared = values.variables().isEmpty()
                ? ""
                : values.variables().stream()
                        .map(Values.Variable::declaration)
                        .collect(Collectors.joining(", ", "(", ")"));
        String text = "%s %s%s %s %s"
                .formatted(
                        kind.name().toLowerCase(java.util.Locale.ROOT),
                        name,
                        declared,
                        selection,
                        String.join(" ", fragments));
        return new Drawn(name, text, values.variables());
    }

    private List<GraphQLFieldDefinition> fields(GraphQLObjectType root, Operation kind) {
        List<GraphQLFieldDefinition> fields = new ArrayList<>(root.getFieldDefinitions());
        if (kind == Operation.MUTATION) {
            // those with the most to them
            fields.addAll(root.getFieldDefinitions().stream()
                    .filter(field -> OFTEN.contains(field.getName()))
                    .toList());
        }
        if (kind == Operation.QUERY && chance.percent(8)) {
            fields.add(schema.getIntrospectionSchemaFieldDefinition());
            fields.add(schema.getIntrospectionTypeFieldDefinition());
        }
        return fields;
    }

    private String selection(GraphQLFieldsContainer type, List<GraphQLFieldDefinition> fields, int depth) {
        List<String> selected = new ArrayList<>();
        for (GraphQLFieldDefinition field : fields) {
            selected.add(wrapped(type, field(type, field, depth, true)));
        }
        if (selected.isEmpty() || chance.percent(8)) {
            selected.add("__typename");
        }
        return "{ " + String.join(" ", selected) + " }";
    }

    private String wrapped(GraphQLFieldsContainer type, String selected) {
        int way = chance.below(100);
        if (way < 5) {
            return "... on " + type.getName() + directives() + " { " + selected + " }";
        }
        if (way < 8) {
            return "..." + directives() + " { " + selected + " }";
        }
        if (way < 12) {
            String fragment = "F" + name + fragments.size();
            fragments.add("fragment " + fragment + " on " + type.getName() + " { " + selected + " }");
            return "..." + fragment + directives();
        }
        return selected;
    }

    private String field(GraphQLFieldsContainer owner, GraphQLFieldDefinition field, int depth, boolean mayBeSkipped) {
        String alias = chance.percent(15) ? "a" + aliases++ + ": " : "";
        String arguments = field.getArguments().stream()
                .filter(argument -> isGiven(argument))
                .map(argument -> argument.getName() + ": "
                        + values.argument(
                                argument.getType(), owner.getName() + "." + field.getName() + "." + argument.getName()))
                .collect(Collectors.joining(", "));
        String given = arguments.isEmpty() ? "" : "(" + arguments + ")";
        String directives = mayBeSkipped || odd ? directives() : "";
        GraphQLUnmodifiedType type = GraphQLTypeUtil.unwrapAll(field.getType());
        String selected = type instanceof GraphQLFieldsContainer fields
                ? " " + selection(fields, some(fields, depth - 1), depth - 1)
                : "";
        return alias + field.getName() + given + directives + selected;
    }

    private boolean isGiven(GraphQLArgument argument) {
        return argument.getType() instanceof GraphQLNonNull ? !(odd && chance.percent(2)) : chance.percent(35);
    }

    private List<GraphQLFieldDefinition> some(GraphQLFieldsContainer type, int depth) {
        boolean introspection = Introspection.isIntrospectionTypes(type);
        int deepest = introspection ? DEEPEST - 3 : 1;
        List<GraphQLFieldDefinition> fields = type.getFieldDefinitions().stream()
                .filter(field -> depth > deepest
                        || !(GraphQLTypeUtil.unwrapAll(field.getType()) instanceof GraphQLFieldsContainer))
                .toList();
        return chance.some(fields, 5);
    }

    private String directives() {
        if (!chance.percent(5)) {
            return "";
        }
        GraphQLInputType condition = GraphQLNonNull.nonNull(Scalars.GraphQLBoolean);
        String directive = chance.of("include", "skip");
        return " @" + directive + "(if: " + values.argument(condition, "@" + directive + ".if") + ")";
    }
}
