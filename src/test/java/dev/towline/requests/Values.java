package dev.towline.requests;

import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLEnumValueDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws the arguments of one operation, with the variables that they use. */
final class Values {

    private final Chance chance;
    private final Scalars scalars;
    private final boolean odd;
    private final String prefix;
    private final List<Variable> variables = new ArrayList<>();

    /** @param prefix of the names of variables */
    Values(Chance chance, Known known, boolean odd, String prefix) {
        this.chance = chance;
        this.scalars = new Scalars(chance, known, odd);
        this.odd = odd;
        this.prefix = prefix;
    }

    private enum Form {
        /** In a document. */
        LITERAL,
        /** In a document, without variables. */
        CONSTANT,
        JSON
    }

    /**
     * A variable of the operation.
     *
     * @param declaration as it stands in the operation
     * @param json null if the request does not have it
     */
    record Variable(
            String name, String declaration, @Nullable String json) {}

    List<Variable> variables() {
        return variables;
    }

    /** A value for an argument: a variable, a literal, or a literal with variables in it. */
    String argument(GraphQLType type, String where) {
        return chance.percent(35) ? variable(type, where) : value(type, where, Form.LITERAL);
    }

    private String variable(GraphQLType type, String where) {
        GraphQLType bare = GraphQLTypeUtil.unwrapNonNull(type);
        String name = prefix + variables.size();
        String value = value(type, where, Form.JSON);
        String fallback = present(bare, where, Form.CONSTANT);
        int way = chance.below(100);
        String declared = GraphQLTypeUtil.simplePrint(bare) + (GraphQLTypeUtil.isNonNull(type) || way < 15 ? "!" : "");
        if (odd && chance.percent(3)) {
            declared = chance.of("String", "[" + declared + "]", "None", "Vendor", "DateTime!");
        }
        boolean withDefault = way >= 70;
        if (withDefault) {
            declared = declared.replace("!", "") + " = " + fallback;
        }
        boolean absent = withDefault ? way < 85 : odd && way > 65;
        // GraphQL lets a variable with a default stand where null must not, and yet be null
        String json = withDefault && way > 96 ? "null" : value;
        variables.add(new Variable(name, "$" + name + ": " + declared, absent ? null : json));
        return "$" + name;
    }

    private String value(GraphQLType type, String where, Form form) {
        if (form == Form.LITERAL && chance.percent(5)) {
            return variable(type, where);
        }
        if (type instanceof GraphQLNonNull required) {
            return odd && chance.percent(2) ? "null" : present(required.getWrappedType(), where, form);
        }
        return chance.percent(7) ? "null" : present(type, where, form);
    }

    private String present(GraphQLType type, String where, Form form) {
        if (odd && chance.percent(3)) {
            return in(form, scalars.any());
        }
        return switch (type) {
            case GraphQLList list -> list(list.getWrappedType(), where, form);
            case GraphQLInputObjectType input -> object(input, where, form);
            case GraphQLEnumType choices -> choice(choices, form);
            case GraphQLNamedType scalar -> in(form, scalars.draw(scalar.getName(), where));
            default -> throw new IllegalArgumentException(type.toString());
        };
    }

    private String list(GraphQLType element, String where, Form form) {
        if (chance.percent(15)) {
            return present(GraphQLTypeUtil.unwrapNonNull(element), where, form);
        }
        List<String> elements = new ArrayList<>();
        int size = odd && chance.percent(3) ? chance.of(101, 501) : chance.of(0, 1, 1, 2, 3);
        for (int i = 0; i < size; i++) {
            elements.add(value(element, where, form));
        }
        return "[" + String.join(", ", elements) + "]";
    }

    private String choice(GraphQLEnumType choices, Form form) {
        List<String> names = choices.getValues().stream()
                .map(GraphQLEnumValueDefinition::getName)
                .toList();
        String name = odd && chance.percent(3) ? chance.of("NONE", "tire", "true", "null") : chance.of(names);
        return form == Form.JSON ? "\"" + name + "\"" : name;
    }

    private String object(GraphQLInputObjectType type, String where, Form form) {
        List<String> fields = new ArrayList<>();
        for (GraphQLInputObjectField field : chosen(type)) {
            String at = type.getName().equals("PositionInput") && where.endsWith(".near")
                    ? where + "." + field.getName()
                    : type.getName() + "." + field.getName();
            fields.add(name(field.getName(), form) + ": " + value(field.getType(), at, form));
        }
        if (odd && chance.percent(3)) {
            fields.add(name(chance.of("none", "id", "__typename"), form) + ": 1");
        }
        if (odd && chance.percent(2) && !fields.isEmpty()) {
            fields.add(fields.getFirst());
        }
        return "{" + String.join(", ", fields) + "}";
    }

    private List<GraphQLInputObjectField> chosen(GraphQLInputObjectType type) {
        if (type.getName().equals("EvictCacheInput") && chance.percent(90)) {
            // exactly one of the first three
            List<String> arguments = List.of("field", "arguments");
            return chance.of(List.of("entity"), List.of("all"), List.of("field"), arguments, arguments).stream()
                    .map(type::getField)
                    .toList();
        }
        return type.getFields().stream()
                .filter(field -> GraphQLTypeUtil.isNonNull(field.getType())
                        ? !(odd && chance.percent(3))
                        : chance.percent(field.getName().equals("expectedVersion") ? 25 : 45))
                .toList();
    }

    private static String name(String name, Form form) {
        return form == Form.JSON ? "\"" + name + "\"" : name;
    }

    private static String in(Form form, Scalars.Scalar scalar) {
        return form == Form.JSON ? scalar.json() : scalar.literal();
    }
}
