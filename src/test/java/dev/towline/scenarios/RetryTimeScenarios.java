package dev.towline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.local.Http;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** The retry time in answers while DynamoDB is unreachable, for each HTTP transport. */
class RetryTimeScenarios extends RunningTowline {

    private static final String WHOLE = "application/graphql-response+json";
    private static final String STREAM = "text/event-stream";
    private static final String RETRY = "\"retryAfterSeconds\":[1-5]\\b";

    @AfterEach
    void calm() {
        DYNAMO.calm();
    }

    @ParameterizedTest
    @CsvSource({"POST", "GET"})
    void saysInAnAnswerWhenToComeAgain(String method) {
        DYNAMO.cutOff();
        HttpResponse<String> response = send(method, WHOLE, "{ listIncidents { edges { cursor } } }");

        assertThat(response.statusCode()).as("it was executed").isEqualTo(294);
        assertThat(response.body()).contains("\"code\":\"UNAVAILABLE\"").containsPattern(RETRY);
    }

    @ParameterizedTest
    @CsvSource({"POST", "GET"})
    void saysInAStreamWhenToComeAgain(String method) {
        DYNAMO.cutOff();
        String watch = "subscription { onTrackingUpdated(sessionId: \"%s\") { kind } }".formatted(UUID.randomUUID());
        HttpResponse<String> response = send(method, STREAM, watch);

        assertThat(response.body())
                .contains("\"code\":\"UNAVAILABLE\"")
                .containsPattern(RETRY)
                .contains("event: complete");
    }

    private HttpResponse<String> send(String method, String accept, String document) {
        URI uri = dispatcher.api().uri();
        HttpRequest.Builder request = method.equals("GET")
                ? HttpRequest.newBuilder(
                        URI.create(uri + "?query=" + URLEncoder.encode(document, StandardCharsets.UTF_8)))
                : HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(
                                JsonMapper.shared().writeValueAsString(Map.of("query", document))));
        return Http.send(request.header("Accept", accept)
                .header("X-Towline-Local-Tenant", dispatcher.api().tenant()));
    }
}
