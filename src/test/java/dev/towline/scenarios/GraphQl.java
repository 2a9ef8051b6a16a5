package dev.towline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A GraphQL endpoint over HTTP. Blocking, thread-safe.
 *
 * @param headers sent with every request
 */
record GraphQl(URI endpoint, Map<String, String> headers) {

    GraphQl {
        headers = Map.copyOf(headers);
    }

    GraphQl(URI endpoint) {
        this(endpoint, Map.of());
    }

    /** The same endpoint with one more header. */
    GraphQl with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new GraphQl(endpoint, more);
    }

    /** The whole answer: data, errors or both. */
    JsonNode query(String text, Map<String, ?> variables) {
        String body = JsonMapper.shared().writeValueAsString(Map.of("query", text, "variables", variables));
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/json")
                .header("Accept", "application/graphql-response+json, application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return JsonMapper.shared().readTree(Http.send(request).body());
    }

    /** The data of an answer; fails if there are errors. */
    JsonNode data(String text, Map<String, ?> variables) {
        JsonNode answer = query(text, variables);
        assertThat(answer.path("errors").isMissingNode()).as("%s", answer).isTrue();
        return answer.path("data");
    }

    /** The code of the first error of an answer, empty if there is none. */
    static String code(JsonNode answer) {
        return answer.at("/errors/0/extensions/code").asString("");
    }

    /** The message of the first error of an answer, empty if there is none. */
    static String message(JsonNode answer) {
        return answer.at("/errors/0/message").asString("");
    }
}
