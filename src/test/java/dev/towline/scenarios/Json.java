package dev.towline.scenarios;

import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON as one likes to write it in a test: single quotes, names without any. */
final class Json {

    private static final JsonMapper LENIENT = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES, JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES)
            .build();

    private Json() {}

    static JsonNode json(String text) {
        return LENIENT.readTree(text);
    }
}
