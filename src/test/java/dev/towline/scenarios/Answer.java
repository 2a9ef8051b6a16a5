package dev.towline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** An answer of the API. */
public record Answer(JsonNode data, List<Refusal> errors) {

    static Answer of(JsonNode response) {
        return new Answer(
                response.path("data"),
                response.path("errors").valueStream().map(Refusal::of).toList());
    }

    /** The code of the first error of a whole response, empty if there is none. */
    public static String code(JsonNode response) {
        return response.at("/errors/0/extensions/code").asString("");
    }

    /** The message of the first error of a whole response, empty if there is none. */
    public static String message(JsonNode response) {
        return response.at("/errors/0/message").asString("");
    }

    /** The answer's only field; fails if anything went wrong. */
    JsonNode value() {
        assertThat(errors).as("errors").isEmpty();
        assertThat(data.size()).as("fields").isEqualTo(1);
        return data.iterator().next();
    }

    /** The answer's only error; fails if there is none, or if there are several. */
    Refusal refusal() {
        assertThat(errors).as("errors beside %s", data).hasSize(1);
        return errors.getFirst();
    }
}
