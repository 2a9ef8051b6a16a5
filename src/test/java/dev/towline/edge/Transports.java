package dev.towline.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.towline.edge.Endpoint.Answer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends one request over every transport, as a viewer of a tenant. Documents must not have apostrophes. Blocking, for one thread. */
public final class Transports {

    private static final String TENANT = "X-Towline-Local-Tenant";

    /** Writes lone surrogates as escapes. */
    private static final JsonMapper ASCII =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final int port;
    private final String tenant;
    private final Endpoint endpoint;

    public Transports(int port, String tenant) {
        this.port = port;
        this.tenant = tenant;
        this.endpoint = new Endpoint(port);
    }

    public Map<String, Answered> ask(String document, Map<String, ?> variables) {
        return ask(document, null, variables);
    }

    /**
     * Sends the request over each transport. Returns the answers by the name of the transport; for a stream, its first item. Mutations are
     * not sent by GET, nor are documents that a URL cannot have. Subscriptions are only sent over transports with streams.
     */
    public Map<String, Answered> ask(String document, @Nullable String operationName, Map<String, ?> variables) {
        Map<String, Object> request = new HashMap<>(Map.of("query", document, "variables", variables));
        Map<String, String> parameters =
                new HashMap<>(Map.of("query", document, "variables", ASCII.writeValueAsString(variables)));
        if (operationName != null) {
            request.put("operationName", operationName);
            parameters.put("operationName", operationName);
        }
        String body = ASCII.writeValueAsString(request);
        Map<String, Answered> answers = new LinkedHashMap<>();
        if (!document.startsWith("subscription")) {
            answers.put("POST", endpoint.post(body, TENANT, tenant).answered());
        }
        answers.put("POST as a stream", first(endpoint.post(body, TENANT, tenant, "Accept", "text/event-stream")));
        boolean fitsUrl = UTF_8.newEncoder().canEncode(document);
        if (document.startsWith("query") && fitsUrl) {
            answers.put("GET", endpoint.get(parameters, TENANT, tenant).answered());
        }
        if (!document.startsWith("mutation") && fitsUrl) {
            answers.put(
                    "GET as a stream", first(endpoint.get(parameters, TENANT, tenant, "Accept", "text/event-stream")));
        }
        answers.put("WebSocket", overSocket(body));
        return answers;
    }

    /** The number of incidents of the tenant. */
    public int incidents() {
        return endpoint.post("{\"query\": \"{ listIncidents(first: 100) { edges { cursor } } }\"}", TENANT, tenant)
                .body()
                .at("/data/listIncidents/edges")
                .size();
    }

    /** An answer as text and as JSON. */
    public record Answered(String text, JsonNode json) {

        /** The only error. */
        public JsonNode error() {
            JsonNode errors = json.path("errors");
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
    }

    private static Answered first(Answer stream) {
        String text = stream.text()
                .lines()
                .filter(line -> line.startsWith("data: {"))
                .findFirst()
                .map(line -> line.substring("data: ".length()))
                // Rejected by HTTP, so there is no stream.
                .orElse(stream.text());
        return new Answered(text, Endpoint.JSON.readTree(text));
    }

    private Answered overSocket(String request) {
        try (SocketClient client = SocketClient.connect(port)) {
            client.says("{'type':'connection_init','payload':{'" + TENANT + "':'" + tenant + "'}}")
                    .hears();
            client.says("{'id':'1','type':'subscribe','payload':" + request + "}");
            JsonNode message = client.hearsAny();
            JsonNode payload = message.path("payload");
            JsonNode answer = message.path("type").asString().equals("error")
                    ? Endpoint.JSON.createObjectNode().set("errors", payload)
                    : payload;
            return new Answered(message.toString(), answer);
        }
    }
}
