package dev.towline.edge;

import dev.towline.edge.Transports.Answered;
import dev.towline.local.Http;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the GraphQL endpoint. Blocking. */
public final class Endpoint {

    public static final JsonMapper JSON = new JsonMapper();

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

        /** Text and JSON. */
        public Answered answered() {
            return new Answered(text, body());
        }

        /** The only error. */
        public JsonNode error() {
            return answered().error();
        }

        @Nullable
        public String code() {
            return answered().code();
        }

        @Nullable
        public String argument() {
            return answered().argument();
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
        HttpResponse<String> response = Http.send(request);
        return new Answer(response.statusCode(), response.headers(), response.body());
    }
}
