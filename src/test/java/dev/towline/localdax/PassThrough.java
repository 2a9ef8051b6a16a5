package dev.towline.localdax;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * Asks DynamoDB each time. Reads go there without their projection, because all above this class want whole items. The key of a
 * table is remembered until {@link #forgetTables} or until DynamoDB says that something is not there.
 */
final class PassThrough implements Operations {

    private static final Pattern NAME_PLACEHOLDER = Pattern.compile("#[A-Za-z0-9_]+");

    private final DynamoDbClient dynamo;
    private final Consumer<String> sent;
    private final Map<String, Table> tables = new ConcurrentHashMap<>();

    private record Table(TableKey key, Set<String> localIndexes) {}

    /** @param sent is told the API name of each request to DynamoDB, such as {@code GetItem} */
    PassThrough(DynamoDbClient dynamo, Consumer<String> sent) {
        this.dynamo = dynamo;
        this.sent = sent;
    }

    void forgetTables() {
        tables.clear();
    }

    @Override
    public TableKey keyOf(String table) {
        return describe(table).key;
    }

    @Override
    public GetItemResponse getItem(GetItemRequest request) {
        GetItemRequest whole = request.projectionExpression() == null
                ? request
                : request.copy(builder -> builder.projectionExpression(null).expressionAttributeNames(null));
        return send(Operation.GET_ITEM, () -> dynamo.getItem(whole));
    }

    @Override
    public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
        var whole = request.requestItems().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue()
                                .copy(keys -> keys.projectionExpression(null).expressionAttributeNames(null))));
        BatchGetItemRequest wholeRequest = request.copy(builder -> builder.requestItems(whole));
        return send(Operation.BATCH_GET_ITEM, () -> dynamo.batchGetItem(wholeRequest));
    }

    @Override
    public PutItemResponse putItem(PutItemRequest request) {
        return send(Operation.PUT_ITEM, () -> dynamo.putItem(request));
    }

    @Override
    public UpdateItemResponse updateItem(UpdateItemRequest request) {
        return send(Operation.UPDATE_ITEM, () -> dynamo.updateItem(request));
    }

    @Override
    public DeleteItemResponse deleteItem(DeleteItemRequest request) {
        return send(Operation.DELETE_ITEM, () -> dynamo.deleteItem(request));
    }

    @Override
    public BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
        return send(Operation.BATCH_WRITE_ITEM, () -> dynamo.batchWriteItem(request));
    }

    @Override
    public QueryResponse query(QueryRequest request) {
        QueryRequest whole = !canDropProjection(request.projectionExpression(), request.select())
                ? request
                : request.copy(builder -> builder.projectionExpression(null)
                        .select(selectWhole(request.tableName(), request.indexName()))
                        .expressionAttributeNames(namesUsed(
                                request.expressionAttributeNames(),
                                request.keyConditionExpression(),
                                request.filterExpression())));
        return send(Operation.QUERY, () -> dynamo.query(whole));
    }

    @Override
    public ScanResponse scan(ScanRequest request) {
        ScanRequest whole = !canDropProjection(request.projectionExpression(), request.select())
                ? request
                : request.copy(builder -> builder.projectionExpression(null)
                        .select(selectWhole(request.tableName(), request.indexName()))
                        .expressionAttributeNames(
                                namesUsed(request.expressionAttributeNames(), request.filterExpression())));
        return send(Operation.SCAN, () -> dynamo.scan(whole));
    }

    @Override
    public TransactGetItemsResponse transactGetItems(TransactGetItemsRequest request) {
        var whole = request.transactItems().stream()
                .map(item -> item.copy(builder -> builder.get(
                        item.get().copy(get -> get.projectionExpression(null).expressionAttributeNames(null)))))
                .toList();
        TransactGetItemsRequest wholeRequest = request.copy(builder -> builder.transactItems(whole));
        return send(Operation.TRANSACT_GET_ITEMS, () -> dynamo.transactGetItems(wholeRequest));
    }

    @Override
    public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
        return send(Operation.TRANSACT_WRITE_ITEMS, () -> dynamo.transactWriteItems(request));
    }

    private <T> T send(Operation operation, Supplier<T> request) {
        return send(operation.apiName(), request);
    }

    private <T> T send(String apiName, Supplier<T> request) {
        sent.accept(apiName);
        try {
            return request.get();
        } catch (ResourceNotFoundException e) {
            forgetTables();
            throw e;
        }
    }

    private Table describe(String name) {
        Table known = tables.get(name);
        if (known != null) {
            return known;
        }
        TableDescription description = send(
                        "DescribeTable", () -> dynamo.describeTable(request -> request.tableName(name)))
                .table();
        TableKey.KeyAttribute hash = keyAttribute(description, KeyType.HASH);
        if (hash == null) {
            throw new IllegalStateException("DynamoDB describes table " + name + " without a hash key");
        }
        Set<String> localIndexes = description.localSecondaryIndexes().stream()
                .map(LocalSecondaryIndexDescription::indexName)
                .collect(Collectors.toUnmodifiableSet());
        var table = new Table(new TableKey(hash, keyAttribute(description, KeyType.RANGE)), localIndexes);
        tables.put(name, table);
        return table;
    }

    private static TableKey.@Nullable KeyAttribute keyAttribute(TableDescription table, KeyType role) {
        return table.keySchema().stream()
                .filter(element -> element.keyType() == role)
                .flatMap(element -> table.attributeDefinitions().stream()
                        .filter(definition -> definition.attributeName().equals(element.attributeName())))
                .map(definition -> new TableKey.KeyAttribute(definition.attributeName(), definition.attributeType()))
                .findFirst()
                .orElse(null);
    }

    /** DynamoDB refuses a projection beside another selection; such a request goes there as it is, to be refused. */
    private static boolean canDropProjection(@Nullable String projection, @Nullable Select select) {
        return projection != null && (select == null || select == Select.SPECIFIC_ATTRIBUTES);
    }

    /** A projection may name attributes that a local index lacks: DynamoDB then fetches them from the table. */
    private @Nullable Select selectWhole(String table, @Nullable String index) {
        boolean local = index != null && describe(table).localIndexes.contains(index);
        return local ? Select.ALL_ATTRIBUTES : null;
    }

    /** DynamoDB refuses names that no expression uses. Null if none is left: it refuses an empty map too. */
    private static @Nullable Map<String, String> namesUsed(Map<String, String> names, @Nullable String... expressions) {
        List<String> used = Stream.of(expressions)
                .flatMap(expression -> expression == null
                        ? Stream.of()
                        : NAME_PLACEHOLDER.matcher(expression).results().map(match -> match.group()))
                .toList();
        Map<String, String> left = names.entrySet().stream()
                .filter(name -> used.contains(name.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return left.isEmpty() ? null : left;
    }
}
