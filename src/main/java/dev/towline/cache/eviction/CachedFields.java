package dev.towline.cache.eviction;

import dev.towline.cache.CacheDirective;
import dev.towline.cache.CacheWiring;
import dev.towline.cache.ComputedKey;
import dev.towline.problem.BadInput;
import dev.towline.problem.Require;
import dev.towline.store.ItemCodec;
import dev.towline.store.Table;
import dev.towline.viewer.Tenant;
import graphql.GraphQLContext;
import graphql.GraphQLException;
import graphql.execution.RawVariables;
import graphql.execution.ValuesResolver;
import graphql.language.VariableDefinition;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/**
 * The fields with {@code @cache} and the kinds of their entries. It determines the entries for the input of {@code evictCache}.
 * Thread-safe.
 */
public final class CachedFields {

    private static final Set<String> ID_ALONE = Set.of("id");

    private final GraphQLSchema schema;
    private final Map<String, Field> fields = new TreeMap<>();

    /** @param kind the kind of entities that the field yields; null if it yields a computed value */
    private record Field(
            GraphQLFieldDefinition definition, @Nullable String kind) {}

    public CachedFields(GraphQLSchema schema, Collection<Table<?>> tables) {
        this.schema = schema;
        Map<String, String> kinds = tables.stream()
                .filter(table -> !table.sorted())
                .collect(Collectors.toMap(CachedFields::typeName, Table::entity));
        for (GraphQLObjectType type : schema.getAllTypesAsList().stream()
                .filter(GraphQLObjectType.class::isInstance)
                .map(GraphQLObjectType.class::cast)
                .toList()) {
            for (GraphQLFieldDefinition field : type.getFieldDefinitions()) {
                if (field.hasAppliedDirective(CacheDirective.NAME)) {
                    fields.put(type.getName() + "." + field.getName(), new Field(field, kind(field, kinds)));
                }
            }
        }
    }

    /**
     * The memory of each field: a kind of entity, whose memory all fields of that kind share, or the name of a field with computed values.
     */
    public Map<String, String> memories() {
        Map<String, String> memories = new TreeMap<>();
        fields.forEach((name, field) -> memories.put(name, field.kind == null ? name : field.kind));
        return memories;
    }

    /**
     * The entries of a tenant to evict.
     *
     * @throws BadInput if the input names a field, an argument or a kind that does not exist
     */
    Eviction evictionOf(Tenant tenant, EvictCacheInput input) {
        if (input.entity() != null) {
            return ofEntity(tenant, input.entity());
        }
        return input.field() == null
                ? Eviction.ofAll(tenant)
                : ofField(tenant, input.field(), input.arguments() == null ? Map.of() : input.arguments());
    }

    private Eviction ofEntity(Tenant tenant, String entity) {
        int colon = entity.indexOf(':');
        String kind = colon < 0 ? entity : entity.substring(0, colon);
        Set<String> kinds = fields.values().stream()
                .map(Field::kind)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!kinds.contains(kind)) {
            throw new BadInput(
                    "input.entity",
                    "must be a kind, or a kind with an id such as vendor:v7; the kinds are " + String.join(", ", kinds)
                            + ".");
        }
        return Eviction.ofEntity(
                tenant, kind, colon < 0 ? null : Require.id("input.entity", entity.substring(colon + 1)));
    }

    private Eviction ofField(Tenant tenant, String name, Map<String, @Nullable Object> arguments) {
        Field field = fields.get(name);
        if (field == null) {
            throw new BadInput("input.field", "must be one of " + String.join(", ", fields.keySet()) + ".");
        }
        return field.kind == null
                ? ofComputed(tenant, name, field.definition, arguments)
                : Eviction.ofEntity(tenant, field.kind, id(name, arguments));
    }

    /**
     * The id in the arguments, null if there are none. Fields with entities cannot take other arguments, because they share the entries by
     * id.
     */
    private static @Nullable String id(String field, Map<String, @Nullable Object> arguments) {
        if (arguments.isEmpty()) {
            return null;
        }
        if (arguments.keySet().equals(ID_ALONE) && arguments.get("id") instanceof String id) {
            return Require.id("input.arguments", id);
        }
        throw new BadInput(
                "input.arguments",
                "must be absent or {\"id\": \"…\"}, because " + field + " is cached by the id of the entity.");
    }

    private Eviction ofComputed(
            Tenant tenant, String name, GraphQLFieldDefinition field, Map<String, @Nullable Object> arguments) {
        List<VariableDefinition> variables = new ArrayList<>();
        Map<String, Object> given = new LinkedHashMap<>();
        arguments.forEach((argumentName, value) -> {
            GraphQLArgument argument = field.getArgument(argumentName);
            if (argument == null || argument.getDefinition() == null) {
                throw new BadInput(
                        "input.arguments", "has `%s`, which is not an argument of %s.".formatted(argumentName, name));
            }
            if (value != null) {
                given.put(argumentName, value);
                variables.add(VariableDefinition.newVariableDefinition()
                        .name(argumentName)
                        .type(argument.getDefinition().getType())
                        .build());
            }
        });
        Map<String, Object> with = ComputedKey.arguments(coerced(variables, given), field);
        Set<String> without = arguments.keySet().stream()
                .filter(each -> !with.containsKey(each))
                .collect(Collectors.toSet());
        return Eviction.ofField(tenant, name, with, without);
    }

    /** Coerces the arguments as in a query, because entries are stored by coerced arguments. */
    private Map<String, ? extends @Nullable Object> coerced(
            List<VariableDefinition> variables, Map<String, Object> given) {
        try {
            return ValuesResolver.coerceVariableValues(
                            schema, variables, RawVariables.of(given), GraphQLContext.getDefault(), Locale.ENGLISH)
                    .toMap();
        } catch (GraphQLException misfit) {
            throw new BadInput("input.arguments", "does not fit the field: " + misfit.getMessage());
        }
    }

    private static @Nullable String kind(GraphQLFieldDefinition field, Map<String, String> kinds) {
        return GraphQLTypeUtil.unwrapAll(field.getType()) instanceof GraphQLObjectType type
                        && CacheWiring.ENTITY_FIELDS.stream().allMatch(each -> type.getFieldDefinition(each) != null)
                ? kinds.get(type.getName())
                : null;
    }

    /** An entity's record is called as its type in the schema. */
    private static String typeName(Table<?> table) {
        Class<?> entity = ResolvableType.forInstance(table.codec())
                .as(ItemCodec.class)
                .getGeneric()
                .resolve(Object.class);
        return entity.getSimpleName();
    }
}
