package dev.towline.dynamo;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * An answer of DynamoDB, or one that might be.
 *
 * @param status of HTTP
 * @param body JSON
 */
public record DynamoAnswer(int status, String body) {

    /** An answer with a JSON body. */
    static DynamoAnswer of(int status, JsonNode body) {
        return new DynamoAnswer(status, body.toString());
    }

    /** An error as DynamoDB words it. */
    static DynamoAnswer error(int status, String type, Map<String, ?> more) {
        var body = DynamoRequest.JSON.createObjectNode();
        body.put("__type", "com.amazonaws.dynamodb.v20120810#" + type);
        body.put("message", type + " (injected)");
        more.forEach((name, value) -> body.set(name, DynamoRequest.JSON.valueToTree(value)));
        return of(status, body);
    }

    JsonNode json() {
        return DynamoRequest.JSON.readTree(body);
    }

    void send(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
