package dev.towline.dynamo;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes eventually consistent batch reads return the state before the last write, which DynamoDB Local hardly ever does. Tests must
 * register it for every writing operation and for {@code BatchGetItem}.
 */
public final class Lagging implements Fault {

    private static final List<String> WRITES = List.of("PutItem", "TransactWriteItems");

    /** The items before the last write, by table and key; an empty object if there was none. */
    private final Map<String, JsonNode> before = new ConcurrentHashMap<>();

    /** Makes a DynamoDB lag. */
    public static void inFrontOf(FaultyDynamo dynamo) {
        Lagging lagging = new Lagging();
        WRITES.forEach(operation -> dynamo.always(operation, lagging));
        dynamo.always("BatchGetItem", lagging);
    }

    @Override
    public @Nullable DynamoAnswer answer(DynamoRequest request, Upstream upstream)
            throws IOException, InterruptedException {
        if (request.operation().equals("BatchGetItem")) {
            return behind(request, upstream.forward(request));
        }
        if (request.operation().equals("PutItem")) {
            remember(request, request.body(), upstream);
        }
        for (JsonNode write : request.body().path("TransactItems")) {
            remember(request, write.path("Put"), upstream);
        }
        return upstream.forward(request);
    }

    private void remember(DynamoRequest request, JsonNode put, Upstream upstream)
            throws IOException, InterruptedException {
        ObjectNode get = DynamoRequest.JSON.createObjectNode();
        get.put("TableName", put.path("TableName").asString());
        get.put("ConsistentRead", true);
        get.set("Key", key(put.path("Item")));
        Map<String, List<String>> headers = new HashMap<>(request.headers());
        headers.put("x-amz-target", List.of("DynamoDB_20120810.GetItem"));
        JsonNode item = upstream.forward(new DynamoRequest("GetItem", request.tables(), get, headers))
                .json()
                .path("Item");
        before.put(
                id(get.get("TableName").asString(), put.path("Item")),
                item.isMissingNode() ? DynamoRequest.JSON.createObjectNode() : item);
    }

    private DynamoAnswer behind(DynamoRequest request, DynamoAnswer answer) {
        if (request.body().findPath("ConsistentRead").asBoolean(false) || answer.status() != 200) {
            return answer;
        }
        ObjectNode changed = answer.json().asObject();
        for (Map.Entry<String, JsonNode> table : changed.path("Responses").properties()) {
            ArrayNode items = table.getValue().asArray();
            for (int i = items.size() - 1; i >= 0; i--) {
                JsonNode older = before.get(id(table.getKey(), items.get(i)));
                if (older != null && older.isEmpty()) {
                    items.remove(i);
                } else if (older != null) {
                    items.set(i, older);
                }
            }
        }
        return DynamoAnswer.of(200, changed);
    }

    private static ObjectNode key(JsonNode item) {
        ObjectNode key = DynamoRequest.JSON.createObjectNode();
        key.set(ItemKey.PARTITION, item.path(ItemKey.PARTITION));
        if (item.has(ItemKey.SORT)) {
            key.set(ItemKey.SORT, item.path(ItemKey.SORT));
        }
        return key;
    }

    private static String id(String table, JsonNode item) {
        return table + key(item);
    }
}
