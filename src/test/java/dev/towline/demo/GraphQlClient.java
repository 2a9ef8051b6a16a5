package dev.towline.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** GraphQL over HTTP. Blocking, thread-safe. */
final class GraphQlClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** As whom the fleet comes; only the embedded run believes it. */
    private static final String SUBJECT = "demo-fleet";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final URI endpoint;

    GraphQlClient(URI endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * The data of the answer. What got no answer is sent once more, so it has to be something that may be done twice.
     *
     * @throws ApiFailure if there is still none, or the answer has an error
     */
    JsonNode call(String document, Map<String, Object> variables) {
        String body = JsonMapper.shared().writeValueAsString(Map.of("query", document, "variables", variables));
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Accept", "application/graphql-response+json, application/json")
                .header("X-Towline-Local-Subject", SUBJECT)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return data(send(request));
        } catch (IOException lost) {
            return again(request);
        }
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        http.shutdownNow();
    }

    private JsonNode again(HttpRequest request) {
        try {
            return data(send(request));
        } catch (IOException e) {
            throw new ApiFailure(ApiFailure.NO_ANSWER, e.toString());
        }
    }

    private String send(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiFailure(ApiFailure.NO_ANSWER, "interrupted");
        }
    }

    private static JsonNode data(String body) {
        JsonNode answer;
        try {
            answer = JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            throw new ApiFailure(ApiFailure.NO_ANSWER, "the answer is not JSON");
        }
        JsonNode error = answer.path("errors").path(0);
        if (error.isObject()) {
            throw new ApiFailure(
                    error.at("/extensions/code").asString(ApiFailure.NO_ANSWER),
                    error.path("message").asString(""));
        }
        if (!answer.path("data").isObject()) {
            throw new ApiFailure(ApiFailure.NO_ANSWER, "the answer is not GraphQL");
        }
        return answer.path("data");
    }
}
