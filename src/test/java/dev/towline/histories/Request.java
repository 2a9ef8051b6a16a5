package dev.towline.histories;

import java.util.Map;

/**
 * A request of one field.
 *
 * @param field of the schema, such as {@code updateVendor}
 * @param write a mutation
 * @param document with the field as its only one
 * @param variables of the document
 * @param arguments as rules read them, by name, whatever the shape of the field's input
 */
record Request(String field, boolean write, String document, Map<String, ?> variables, Map<String, String> arguments) {

    /** A mutation whose only argument is an input object. */
    static Request mutation(String field, String selection, Map<String, ?> input, Map<String, String> arguments) {
        String type = Character.toUpperCase(field.charAt(0)) + field.substring(1) + "Input";
        return new Request(
                field,
                true,
                "mutation($input: %s!) { %s(input: $input) %s }".formatted(type, field, selection),
                Map.of("input", input),
                arguments);
    }

    /** A query of an entity by its id. */
    static Request byId(String field, String id, String selection) {
        return new Request(
                field,
                false,
                "query($id: ID!) { %s(id: $id) %s }".formatted(field, selection),
                Map.of("id", id),
                Map.of("id", id));
    }
}
