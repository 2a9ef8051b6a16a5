package dev.towline;

import graphql.language.AstPrinter;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLDirective;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLEnumValueDefinition;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLImplementingType;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNamedSchemaElement;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLUnionType;
import graphql.schema.InputValueWithState;
import graphql.schema.idl.ScalarInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * What happened to a contract, as its clients see it. Breaking is whatever may make an operation that was valid fail or mean something
 * else: also a default that changed, which no operation shows. A value that was added to an enum is not: clients are told to expect it.
 *
 * <p>graphql-java's own {@code SchemaDiff} sees neither defaults nor directives nor scalars, and takes a new argument for required that has a
 * default.
 */
final class SchemaChanges {

    /**
     * One change.
     *
     * @param where the coordinate, such as {@code Query.getVendor(id:)}
     */
    record Change(boolean breaking, String where, String what) {

        @Override
        public String toString() {
            return where + ": " + what;
        }
    }

    private final List<Change> changes = new ArrayList<>();

    private SchemaChanges() {}

    /** Every change from the one to the other, in the order of the first's elements. */
    static List<Change> between(GraphQLSchema published, GraphQLSchema present) {
        SchemaChanges comparison = new SchemaChanges();
        comparison.compare("", ours(published), ours(present), comparison::type, added -> false);
        comparison.compare(
                "@", published.getDirectives(), present.getDirectives(), comparison::directive, added -> false);
        return List.copyOf(comparison.changes);
    }

    private static List<GraphQLNamedType> ours(GraphQLSchema schema) {
        return schema.getAllTypesAsList().stream()
                .filter(type -> !type.getName().startsWith("__"))
                .filter(type -> !ScalarInfo.isGraphqlSpecifiedScalar(type.getName()))
                .toList();
    }

    /** Pairs elements by name. What went is breaking; what came is if {@code breaks} says so. */
    private <E extends GraphQLNamedSchemaElement> void compare(
            String at, Collection<E> before, Collection<E> after, BiConsumer<E, E> compareBoth, Predicate<E> breaks) {
        Map<String, E> byName = new LinkedHashMap<>();
        after.forEach(element -> byName.put(element.getName(), element));
        for (E element : before) {
            E same = byName.remove(element.getName());
            if (same == null) {
                add(true, at + element.getName(), "removed");
            } else {
                compareBoth.accept(element, same);
            }
        }
        byName.forEach((name, element) ->
                add(breaks.test(element), at + name, breaks.test(element) ? "added, and required" : "added"));
    }

    private void type(GraphQLNamedType before, GraphQLNamedType after) {
        String at = before.getName() + ".";
        if (before instanceof GraphQLFieldsContainer b && after instanceof GraphQLFieldsContainer a && sameKind(b, a)) {
            compare(at, b.getFieldDefinitions(), a.getFieldDefinitions(), field(at), added -> false);
            interfaces(b, a);
        } else if (before instanceof GraphQLInputObjectType b && after instanceof GraphQLInputObjectType a) {
            compare(at, b.getFields(), a.getFields(), inputField(at), SchemaChanges::isRequired);
        } else if (before instanceof GraphQLEnumType b && after instanceof GraphQLEnumType a) {
            compare(at, b.getValues(), a.getValues(), value(at), added -> false);
        } else if (before instanceof GraphQLUnionType b && after instanceof GraphQLUnionType a) {
            compare(at, named(b.getTypes()), named(a.getTypes()), SchemaChanges::nothing, added -> false);
        } else if (before instanceof GraphQLScalarType b && after instanceof GraphQLScalarType a) {
            differs(
                    before.getName(),
                    "specified by",
                    String.valueOf(b.getSpecifiedByUrl()),
                    "" + a.getSpecifiedByUrl());
        } else {
            add(true, before.getName(), "is another kind of type");
        }
    }

    private void interfaces(GraphQLFieldsContainer before, GraphQLFieldsContainer after) {
        if (before instanceof GraphQLImplementingType b && after instanceof GraphQLImplementingType a) {
            String at = before.getName() + " implements ";
            compare(at, named(b.getInterfaces()), named(a.getInterfaces()), SchemaChanges::nothing, added -> false);
        }
    }

    private BiConsumer<GraphQLEnumValueDefinition, GraphQLEnumValueDefinition> value(String at) {
        return (before, after) -> deprecation(at + before.getName(), before.isDeprecated(), after.isDeprecated());
    }

    private BiConsumer<GraphQLFieldDefinition, GraphQLFieldDefinition> field(String at) {
        return (before, after) -> {
            String where = at + before.getName();
            deprecation(where, before.isDeprecated(), after.isDeprecated());
            type(where, before.getType(), after.getType(), mayReturn(before.getType(), after.getType()));
            arguments(where + "(", before.getArguments(), after.getArguments(), ":)");
        };
    }

    private void directive(GraphQLDirective before, GraphQLDirective after) {
        String where = "@" + before.getName();
        arguments(where + "(", before.getArguments(), after.getArguments(), ":)");
        before.validLocations().stream()
                .filter(location -> !after.validLocations().contains(location))
                .forEach(location -> add(true, where, "not on " + location + " any more"));
        after.validLocations().stream()
                .filter(location -> !before.validLocations().contains(location))
                .forEach(location -> add(false, where, "also on " + location));
        if (before.isRepeatable() != after.isRepeatable()) {
            add(before.isRepeatable(), where, before.isRepeatable() ? "not repeatable any more" : "repeatable");
        }
    }

    private void arguments(String at, List<GraphQLArgument> before, List<GraphQLArgument> after, String close) {
        int first = changes.size();
        compare(
                at,
                before,
                after,
                (b, a) -> {
                    String where = at + b.getName();
                    deprecation(where, b.isDeprecated(), a.isDeprecated());
                    type(where, b.getType(), a.getType(), mayBeGiven(b.getType(), a.getType()));
                    differs(where, "default", text(b.getArgumentDefaultValue()), text(a.getArgumentDefaultValue()));
                },
                SchemaChanges::isRequired);
        changes.subList(first, changes.size())
                .replaceAll(change -> new Change(change.breaking, change.where + close, change.what));
    }

    private BiConsumer<GraphQLInputObjectField, GraphQLInputObjectField> inputField(String at) {
        return (b, a) -> {
            String where = at + b.getName();
            deprecation(where, b.isDeprecated(), a.isDeprecated());
            type(where, b.getType(), a.getType(), mayBeGiven(b.getType(), a.getType()));
            differs(where, "default", text(b.getInputFieldDefaultValue()), text(a.getInputFieldDefaultValue()));
        };
    }

    private void type(String where, GraphQLType before, GraphQLType after, boolean compatible) {
        String from = GraphQLTypeUtil.simplePrint(before);
        String to = GraphQLTypeUtil.simplePrint(after);
        if (!from.equals(to)) {
            add(!compatible, where, from + " became " + to);
        }
    }

    private void deprecation(String where, boolean before, boolean after) {
        if (before != after) {
            add(false, where, after ? "deprecated" : "not deprecated any more");
        }
    }

    private void differs(String where, String what, String before, String after) {
        if (!before.equals(after)) {
            add(true, where, what + " " + before + " became " + after);
        }
    }

    private void add(boolean breaking, String where, String what) {
        changes.add(new Change(breaking, where, what));
    }

    /** Whether everything that the new type may answer was to be expected before. */
    private static boolean mayReturn(GraphQLType before, GraphQLType after) {
        if (before instanceof GraphQLNonNull b) {
            return after instanceof GraphQLNonNull a && mayReturn(b.getWrappedType(), a.getWrappedType());
        }
        if (after instanceof GraphQLNonNull a) {
            return mayReturn(before, a.getWrappedType());
        }
        if (before instanceof GraphQLList b) {
            return after instanceof GraphQLList a && mayReturn(b.getWrappedType(), a.getWrappedType());
        }
        return isSameNamed(before, after);
    }

    /** Whether everything that could be given before can be given now. */
    private static boolean mayBeGiven(GraphQLType before, GraphQLType after) {
        // The other way round: who takes may become more generous, who gives more reliable.
        return mayReturn(/* before= */ after, /* after= */ before);
    }

    private static boolean isSameNamed(GraphQLType before, GraphQLType after) {
        return before instanceof GraphQLNamedType b
                && after instanceof GraphQLNamedType a
                && b.getName().equals(a.getName());
    }

    private static boolean sameKind(GraphQLType before, GraphQLType after) {
        return before.getClass() == after.getClass();
    }

    private static boolean isRequired(GraphQLInputObjectField field) {
        return GraphQLTypeUtil.isNonNull(field.getType()) && !field.hasSetDefaultValue();
    }

    private static boolean isRequired(GraphQLArgument argument) {
        return GraphQLTypeUtil.isNonNull(argument.getType()) && !argument.hasSetDefaultValue();
    }

    private static String text(InputValueWithState value) {
        return value.isLiteral() && value.getValue() instanceof graphql.language.Value<?> literal
                ? AstPrinter.printAstCompact(literal)
                : value.isNotSet() ? "none" : String.valueOf(value.getValue());
    }

    private static List<GraphQLNamedType> named(Collection<? extends GraphQLType> types) {
        return types.stream().map(GraphQLNamedType.class::cast).toList();
    }

    private static <E> void nothing(E before, E after) {}
}
