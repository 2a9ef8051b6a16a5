package dev.towline.requests;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for, before it is put into a body or a URL. All but the document are JSON.
 *
 * @param variables null if there are none
 * @param operationName null if there is none
 * @param extensions null if there are none
 */
record Asked(
        String document,
        @Nullable String variables,
        @Nullable String operationName,
        @Nullable String extensions) {

    /** The variables that have a value, as a JSON object. */
    static @Nullable String json(List<Values.Variable> variables) {
        if (variables.isEmpty()) {
            return null;
        }
        return variables.stream()
                .filter(variable -> variable.json() != null)
                .map(variable -> "\"" + variable.name() + "\": " + variable.json())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    Asked withDocument(String other) {
        return new Asked(other, variables, operationName, extensions);
    }
}
