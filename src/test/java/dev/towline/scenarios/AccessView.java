package dev.towline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.viewer.Role;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Selects everything of a type, and turns what a dispatcher sees into what another role must see. For one thread. */
final class AccessView {

    /** Deep enough for every field of every type. */
    private static final int DEPTH = 5;

    private static final Set<String> OF_A_SESSION = Set.of("TrackingSession", "TrackingUpdate");

    private static final Set<String> ENDED = Set.of("COMPLETED", "CANCELLED");

    private final GraphQLSchema schema;
    private final AccessRules rules;
    private final Set<String> tried = new TreeSet<>();

    AccessView(GraphQLSchema schema, AccessRules rules) {
        this.schema = schema;
        this.rules = rules;
    }

    /** The fields that somebody of a role saw, each as {@code role: field}. */
    Set<String> tried() {
        return tried;
    }

    /** A selection of all fields of the type of this field, and of the objects in it. */
    String selection(GraphQLFieldDefinition field) {
        return selection(GraphQLTypeUtil.unwrapAll(field.getType()), DEPTH);
    }

    /** Empty if the depth is not enough for any field. */
    private static String selection(GraphQLType type, int depth) {
        String fields = ((GraphQLFieldsContainer) type)
                .getFieldDefinitions().stream()
                        .map(field -> selected(field, depth - 1))
                        .filter(selected -> !selected.isEmpty())
                        .collect(Collectors.joining(" "));
        return fields.isEmpty() ? "" : " { " + fields + " }";
    }

    private static String selected(GraphQLFieldDefinition field, int depth) {
        if (!(unwrapped(field) instanceof GraphQLFieldsContainer)) {
            return field.getName();
        }
        String inner = depth == 0 ? "" : selection(unwrapped(field), depth);
        return inner.isEmpty() ? "" : field.getName() + inner;
    }

    private static GraphQLType unwrapped(GraphQLFieldDefinition field) {
        return GraphQLTypeUtil.unwrapAll(field.getType());
    }

    /**
     * What a role must see of a value.
     *
     * @param seen the value as a dispatcher sees it
     * @param own the ids of the objects that the role sees in lists, null for all
     * @param isActive whether the value is about an active session
     */
    JsonNode expected(
            GraphQLFieldDefinition field, JsonNode seen, Role role, @Nullable Set<String> own, boolean isActive) {
        return expected(unwrapped(field), seen, role, own, isActive);
    }

    private JsonNode expected(GraphQLType type, JsonNode seen, Role role, @Nullable Set<String> own, boolean isActive) {
        if (seen.isArray()) {
            ArrayNode all = JsonMapper.shared().createArrayNode();
            for (JsonNode each : seen) {
                String id = each.at("/node/id").asString("");
                if (own == null || id.isEmpty() || own.contains(id)) {
                    all.add(expected(type, each, role, own, isActive));
                }
            }
            return all;
        }
        if (!(type instanceof GraphQLFieldsContainer container) || !seen.isObject()) {
            return seen;
        }
        boolean isOfActive = OF_A_SESSION.contains(container.getName())
                ? !ENDED.contains(seen.path("status").asString(""))
                : isActive;
        ObjectNode object = JsonMapper.shared().createObjectNode();
        for (GraphQLFieldDefinition field : container.getFieldDefinitions()) {
            JsonNode value = seen.path(field.getName());
            if (!value.isMissingNode()) {
                object.set(field.getName(), expectedField(container, field, value, role, own, isOfActive));
            }
        }
        return object;
    }

    private JsonNode expectedField(
            GraphQLFieldsContainer container,
            GraphQLFieldDefinition field,
            JsonNode value,
            Role role,
            @Nullable Set<String> own,
            boolean isActive) {
        String name = container.getName() + "." + field.getName();
        boolean isSeen = switch (rules.of(name, role)) {
            case "yes" -> true;
            case "active" -> isActive;
            default -> false;
        };
        if (!isSeen) {
            return hidden(field);
        }
        if (!value.isNull()) {
            tried.add(role + ": " + name);
        }
        return expected(unwrapped(field), value, role, own, isActive);
    }

    private static JsonNode hidden(GraphQLFieldDefinition field) {
        return field.getName().equals("trail")
                ? Json.json("{edges: [], pageInfo: {hasNextPage: false, hasPreviousPage: false, startCursor: null,"
                        + " endCursor: null}}")
                : JsonMapper.shared().nullNode();
    }

    /** Fails if a value shows what the role must not see, which no dispatcher has read before. */
    void holds(GraphQLFieldDefinition field, JsonNode value, Role role) {
        assertThat(expected(field, value, role, null, true)).as("as a %s", role).isEqualTo(value);
    }

    /** The field of this root type with this name. */
    GraphQLFieldDefinition rootField(String type, String name) {
        for (GraphQLFieldDefinition field : rootFields(type)) {
            if (field.getName().equals(name)) {
                return field;
            }
        }
        throw new IllegalArgumentException("no field " + name);
    }

    /** The fields of this root type. */
    Iterable<GraphQLFieldDefinition> rootFields(String type) {
        return ((GraphQLFieldsContainer) Objects.requireNonNull(schema.getType(type))).getFieldDefinitions();
    }
}
