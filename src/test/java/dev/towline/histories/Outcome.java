package dev.towline.histories;

import dev.towline.scenarios.Answer;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What a client knows about an operation after its answer, or after none came. */
enum Outcome {
    /** The service answered with data. */
    ACKNOWLEDGED,
    /** The service answered that it has changed nothing, such as {@code CONFLICT}. */
    REFUSED,
    /** A failure or no answer: a write may have been stored or not, and may still be. */
    UNKNOWN;

    /** Codes that say that nothing was changed. */
    private static final Set<String> REFUSALS =
            Set.of("BAD_INPUT", "CONFLICT", "NOT_FOUND", "FORBIDDEN", "UNAUTHENTICATED");

    /** What a whole response says. One without the field, and a write without a value, acknowledge nothing. */
    static Outcome of(Request request, JsonNode response) {
        if (!response.path("errors").isEmpty()) {
            return REFUSALS.contains(Answer.code(response)) ? REFUSED : UNKNOWN;
        }
        JsonNode value = response.path("data").path(request.field());
        boolean isWithout = value.isMissingNode() || (value.isNull() && request.write());
        return isWithout ? UNKNOWN : ACKNOWLEDGED;
    }
}
