package dev.towline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An error of the API. */
public record Refusal(String code, @Nullable String argument, String message) {

    static Refusal of(JsonNode error) {
        JsonNode extensions = error.path("extensions");
        JsonNode argument = extensions.path("argument");
        return new Refusal(
                extensions.path("code").asString(""),
                argument.isMissingNode() ? null : argument.asString(),
                error.path("message").asString());
    }

    /** Holds the code and the argument to these, and the message to naming all of those. */
    void is(String expectedCode, @Nullable String expectedArgument, String... named) {
        assertThat(this).isEqualTo(new Refusal(expectedCode, expectedArgument, message));
        for (String each : named) {
            assertThat(message).contains(each);
        }
    }
}
