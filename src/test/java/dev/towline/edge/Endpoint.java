package dev.towline.edge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the GraphQL endpoint. Blocking. */
public final class Endpoint implements AutoCloseable {

    public static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI url;

    public Endpoint(int port) {
        this.url = URI.create("http://127.0.0.1:%d/graphql".formatted(port));
    }

    public record Answer(int status, java.net.http.HttpHeaders headers, String text) {

        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        public JsonNode body() {
            return JSON.readTree(text);
        }

        /** The only error. */
        public JsonNode error() {
            JsonNode errors = body().path("errors");
            if (errors.size() != 1) {
                throw new AssertionError("not one error: " + text);
            }
            return errors.get(0);
        }

        @Nullable
        public String code() {
            return error().at("/extensions/code").stringValue(null);
        }

        @Nullable
        public String argument() {
            return error().at("/extensions/argument").stringValue(null);
        }

        public String correlationId() {
            return error().at("/extensions/correlationId").asString("");
        }
    }

    public Answer query(String query) {
        return query(query, Map.of());
    }

    public Answer query(String query, Map<String, ?> variables) {
        return post(JSON.writeValueAsString(Map.of("query", query, "variables", variables)));
    }

    public Answer post(String body, String... headers) {
        HttpRequest.Builder request = request("").POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (!String.join(" ", headers).contains("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        return send(request);
    }

    public Answer get(Map<String, String> parameters, String... headers) {
        HttpRequest.Builder request = request(parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", "")));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    public HttpRequest.Builder request(String query) {
        return HttpRequest.newBuilder(URI.create(url + query)).timeout(Duration.ofSeconds(60));
    }

    public Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
