package dev.towline.dynamo;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request to DynamoDB as it is on the wire.
 *
 * @param operation such as {@code BatchGetItem}
 * @param tables full names of the tables it concerns
 * @param body JSON
 * @param headers in lower case
 */
public record DynamoRequest(String operation, Set<String> tables, JsonNode body, Map<String, List<String>> headers) {

    static final JsonMapper JSON = JsonMapper.shared();

    static DynamoRequest of(HttpExchange exchange) throws IOException {
        Map<String, List<String>> headers = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        String target = Objects.requireNonNull(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
        JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
        return new DynamoRequest(target.substring(target.indexOf('.') + 1), tables(body), body, headers);
    }

    /** The same request with another body. */
    DynamoRequest with(JsonNode otherBody) {
        return new DynamoRequest(operation, tables, otherBody, headers);
    }

    private static Set<String> tables(JsonNode body) {
        Set<String> tables = new TreeSet<>();
        if (body.has("TableName")) {
            tables.add(body.get("TableName").asString());
        }
        if (body.has("RequestItems")) {
            tables.addAll(body.get("RequestItems").propertyNames());
        }
        for (JsonNode item : body.path("TransactItems")) {
            for (JsonNode part : item) {
                tables.add(part.get("TableName").asString());
            }
        }
        return tables;
    }
}
