package dev.towline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.local.Http;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Somebody who uses the API over HTTP; the embedded stack takes their word for who they are. In documents, {@code '} stands for
 * {@code "}. Blocking, thread-safe.
 *
 * @param tenant empty: it does not say who it is
 * @param headers sent with every request, too
 */
public record Caller(int port, String tenant, String subject, List<Map.Entry<String, String>> headers) {

    private static final JsonMapper JSON = JsonMapper.shared();

    public static Caller of(int port, String tenant, String subject) {
        return new Caller(port, tenant, subject, List.of());
    }

    /** One that does not say who it is. */
    public static Caller nobody(int port) {
        return of(port, "", "");
    }

    /** Another one of the same tenant. */
    Caller named(String otherSubject) {
        return new Caller(port, tenant, otherSubject, headers);
    }

    /** The same one, with one more header in each request. */
    public Caller with(String header, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(headers);
        more.add(Map.entry(header, value));
        return new Caller(port, tenant, subject, List.copyOf(more));
    }

    /** The same one, with some more headers in each request. */
    public Caller with(Map<String, String> more) {
        Caller with = this;
        for (Map.Entry<String, String> each : more.entrySet()) {
            with = with.with(each.getKey(), each.getValue());
        }
        return with;
    }

    /** Where it sends its requests. */
    public URI uri() {
        return URI.create("http://127.0.0.1:%d/graphql".formatted(port));
    }

    /** The answer of a field of {@code Query}, such as {@code getVendor(id: 'v1') { name }}. */
    public JsonNode query(String field) {
        return ask("{ " + field + " }").value();
    }

    /** The answer of a field of {@code Mutation}. */
    public JsonNode mutate(String field) {
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

    /** All of a response: data, errors or both. */
    public JsonNode response(String document, Map<String, ? extends @Nullable Object> variables) {
        return response(document, variables, List.of());
    }

    /** The data of a response; fails if there are errors. */
    public JsonNode data(String document, Map<String, ? extends @Nullable Object> variables) {
        JsonNode response = response(document, variables);
        assertThat(response.path("errors").isMissingNode()).as("%s", response).isTrue();
        return response.path("data");
    }

    private JsonNode response(
            String document,
            Map<String, ? extends @Nullable Object> variables,
            Collection<Map.Entry<String, String>> more) {
        String body = JSON.writeValueAsString(Map.of("query", document.replace('\'', '"'), "variables", variables));
        HttpRequest.Builder request = HttpRequest.newBuilder(uri())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        if (!tenant.isEmpty()) {
            request.header("X-Towline-Local-Tenant", tenant).header("X-Towline-Local-Subject", subject);
        }
        Stream.concat(headers.stream(), more.stream())
                .forEach(header -> request.header(header.getKey(), header.getValue()));
        return JSON.readTree(Http.send(request).body());
    }
}
