package dev.towline.scenarios;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Somebody who uses the API over HTTP; the embedded stack takes their word for who they are. In documents, {@code '} stands for
 * {@code "}. Blocking, thread-safe.
 */
public record Caller(int port, String tenant, String subject) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    public static Caller of(int port, String tenant, String subject) {
        return new Caller(port, tenant, subject);
    }

    /** Another one of the same tenant. */
    Caller named(String otherSubject) {
        return new Caller(port, tenant, otherSubject);
    }

    /** The answer of a field of {@code Query}, such as {@code getVendor(id: 'v1') { name }}. */
    public JsonNode query(String field) {
        return ask("{ " + field + " }").value();
    }

    /** The answer of a field of {@code Mutation}. */
    JsonNode mutate(String field) {
        return ask("mutation { " + field + " }").value();
    }

    /** Why a field of {@code Query} is refused. */
    Refusal refusedQuery(String field) {
        return ask("{ " + field + " }").refusal();
    }

    /** Why a field of {@code Mutation} is refused. */
    Refusal refused(String field) {
        return ask("mutation { " + field + " }").refusal();
    }

    public Answer ask(String document) {
        return ask(document, Map.of());
    }

    /** The answer to a document, which may have several operations and variables. */
    public Answer ask(String document, Map<String, ? extends @Nullable Object> variables) {
        return Answer.of(response(document, variables, Map.of()));
    }

    /** Evicts all cache entries of the tenant. */
    void forgetEverything() {
        Answer answer = Answer.of(response(
                "mutation { evictCache(input: {all: true}) { evicted } }",
                Map.of(),
                Map.of("X-Towline-Local-Role", "OPERATOR")));
        answer.value();
    }

    /** All of a response, to a request with some more header lines, of which several may have the same name. */
    JsonNode responseTo(String document, List<Map.Entry<String, String>> headers) {
        return response(document, Map.of(), headers);
    }

    /** All of a response, to a request with some more headers. */
    JsonNode response(String document, Map<String, ? extends @Nullable Object> variables, Map<String, String> headers) {
        return response(document, variables, headers.entrySet());
    }

    private JsonNode response(
            String document,
            Map<String, ? extends @Nullable Object> variables,
            Collection<Map.Entry<String, String>> headers) {
        String body = JSON.writeValueAsString(Map.of("query", document.replace('\'', '"'), "variables", variables));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/graphql".formatted(port)))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("X-Towline-Local-Tenant", tenant)
                .header("X-Towline-Local-Subject", subject)
                .POST(BodyPublishers.ofString(body));
        headers.forEach(header -> request.header(header.getKey(), header.getValue()));
        try {
            return JSON.readTree(
                    HTTP.send(request.build(), BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
