package dev.towline.hostile;

import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Bodies of requests. */
final class Json {

    private Json() {}

    static String request(String document) {
        return JsonMapper.shared().writeValueAsString(Map.of("query", document));
    }

    static String request(String document, Object variables) {
        return JsonMapper.shared().writeValueAsString(Map.of("query", document, "variables", variables));
    }

    static String text(Object value) {
        return JsonMapper.shared().writeValueAsString(value);
    }
}
