package dev.towline.histories;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A request of one field.
 *
 * @param field of the schema, such as {@code updateVendor}
 * @param entity that a query asks for by its id, such as {@code vendor:v1}; empty for other requests
 * @param write a mutation
 * @param document with the field as its only one
 * @param variables of the document
 * @param arguments as rules read them, by name, whatever the shape of the field's input
 */
record Request(
        String field,
        String entity,
        boolean write,
        String document,
        Map<String, ?> variables,
        Map<String, String> arguments) {

    /** A mutation whose only argument is an input object. */
    static Request mutation(String field, String selection, Map<String, ?> input, Map<String, String> arguments) {
        String type = Character.toUpperCase(field.charAt(0)) + field.substring(1) + "Input";
        return new Request(
                field,
                "",
                true,
                "mutation($input: %s!) { %s(input: $input) %s }".formatted(type, field, selection),
                Map.of("input", input),
                arguments);
    }

    /** A query of an entity by its id. */
    static Request byId(String field, String entity, String id, String selection) {
        return new Request(
                field,
                entity,
                false,
                "query($id: ID!) { %s(id: $id) %s }".formatted(field, selection),
                Map.of("id", id),
                Map.of("id", id));
    }

    /**
     * The entities that an acknowledged answer shows, the outermost first. A query by id that finds nothing shows that the entity is absent.
     *
     * @param value of the field
     */
    List<Observed> entitiesIn(JsonNode value) {
        return value.isNull() && !entity.isEmpty() ? List.of(Observed.absent(entity)) : Observed.in(value);
    }
}
