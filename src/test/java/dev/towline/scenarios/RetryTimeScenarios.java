package dev.towline.scenarios;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.local.AlsoWithoutDax;
import dev.towline.local.Http;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The retry time in answers while DynamoDB is unreachable, for each HTTP transport. */
@AlsoWithoutDax
class RetryTimeScenarios extends RunningTowline {

    private static final String WHOLE = "application/graphql-response+json";
    private static final String STREAM = "text/event-stream";
    private static final String UNAVAILABLE = "\"code\":\"UNAVAILABLE\"";
    private static final String RETRY = "\"retryAfterSeconds\":[1-5]\\b";

    private static final Executor TASKS = task -> Thread.ofVirtual().start(task);

    @AfterEach
    void calm() {
        DYNAMO.calm();
    }

    @Test
    void saysWhenToComeAgain() {
        DYNAMO.cutOff();
        String list = "{ listIncidents { edges { cursor } } }";
        String watch = "subscription { onTrackingUpdated(sessionId: \"%s\") { kind } }".formatted(UUID.randomUUID());
        // at once, because each answer takes as long as the service waits for DynamoDB
        var answers = Stream.of("POST", "GET")
                .map(method -> supplyAsync(() -> send(method, WHOLE, list), TASKS))
                .toList();
        var streams = Stream.of("POST", "GET")
                .map(method -> supplyAsync(() -> send(method, STREAM, watch), TASKS))
                .toList();

        assertThat(answers).extracting(CompletableFuture::join).allSatisfy(response -> {
            assertThat(response.statusCode()).as("it was executed").isEqualTo(294);
            assertThat(response.body()).contains(UNAVAILABLE).containsPattern(RETRY);
        });
        assertThat(streams)
                .extracting(CompletableFuture::join)
                .allSatisfy(response -> assertThat(response.body())
                        .contains(UNAVAILABLE)
                        .containsPattern(RETRY)
                        .contains("event: complete"));
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
