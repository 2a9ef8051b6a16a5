package dev.towline.localdax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.towline.local.SharedStack;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;

class PassThroughIT {

    private static final String TABLE = "localdax-pass-through";
    private static final Map<String, AttributeValue> KEY =
            Map.of("id", AttributeValue.fromS("a"), "version", AttributeValue.fromN("1"));
    private static final Map<String, AttributeValue> ITEM = Map.of(
            "id", AttributeValue.fromS("a"),
            "version", AttributeValue.fromN("1"),
            "rank", AttributeValue.fromN("7"),
            "text", AttributeValue.fromS("text"));

    @AutoClose
    private static final DynamoDbClient dynamo = DynamoDbClient.builder()
            .endpointOverride(
                    URI.create(SharedStack.stack().awaitReady().dynamo().endpoint()))
            .region(Region.US_EAST_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .build();

    private final List<String> sent = new ArrayList<>();
    private final PassThrough operations = new PassThrough(dynamo, sent::add);

    @BeforeAll
    static void makeTable() {
        dynamo.createTable(request -> request.tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        attribute("id", ScalarAttributeType.S),
                        attribute("version", ScalarAttributeType.N),
                        attribute("rank", ScalarAttributeType.N))
                .keySchema(role("id", KeyType.HASH), role("version", KeyType.RANGE))
                .localSecondaryIndexes(LocalSecondaryIndex.builder()
                        .indexName("by-rank")
                        .keySchema(role("id", KeyType.HASH), role("rank", KeyType.RANGE))
                        .projection(Projection.builder()
                                .projectionType(ProjectionType.KEYS_ONLY)
                                .build())
                        .build()));
        dynamo.putItem(request -> request.tableName(TABLE).item(ITEM));
    }

    @Test
    void asksForTheKeyOfATableOnce() {
        assertThat(operations.keyOf(TABLE))
                .isEqualTo(new TableKey(
                        new TableKey.KeyAttribute("id", ScalarAttributeType.S),
                        new TableKey.KeyAttribute("version", ScalarAttributeType.N)));
        operations.keyOf(TABLE);
        assertThat(sent).containsExactly("DescribeTable");

        operations.forgetTables();
        operations.keyOf(TABLE);
        assertThat(sent).containsExactly("DescribeTable", "DescribeTable");
    }

    @Test
    void forgetsTheTablesWhenDynamoMissesOne() {
        operations.keyOf(TABLE);
        assertThatThrownBy(() -> operations.keyOf("no-such-table")).isInstanceOf(ResourceNotFoundException.class);

        operations.keyOf(TABLE);

        assertThat(sent).containsExactly("DescribeTable", "DescribeTable", "DescribeTable");
    }

    @Test
    void readsWholeItemsWhateverTheProjection() {
        Map<String, String> names = Map.of("#text", "text");

        assertThat(operations
                        .getItem(GetItemRequest.builder()
                                .tableName(TABLE)
                                .key(KEY)
                                .projectionExpression("#text")
                                .expressionAttributeNames(names)
                                .build())
                        .item())
                .isEqualTo(ITEM);
        assertThat(operations
                        .batchGetItem(BatchGetItemRequest.builder()
                                .requestItems(Map.of(
                                        TABLE,
                                        KeysAndAttributes.builder()
                                                .keys(List.of(KEY))
                                                .projectionExpression("#text")
                                                .expressionAttributeNames(names)
                                                .build()))
                                .build())
                        .responses()
                        .get(TABLE))
                .containsExactly(ITEM);
        assertThat(operations
                        .transactGetItems(TransactGetItemsRequest.builder()
                                .transactItems(TransactGetItem.builder()
                                        .get(get -> get.tableName(TABLE)
                                                .key(KEY)
                                                .projectionExpression("#text")
                                                .expressionAttributeNames(names))
                                        .build())
                                .build())
                        .responses()
                        .getFirst()
                        .item())
                .isEqualTo(ITEM);
    }

    @Test
    void keepsTheNamesThatOtherExpressionsUse() {
        QueryRequest query = query("#id = :id")
                .filterExpression("#rank > :zero")
                .projectionExpression("#text")
                .expressionAttributeNames(Map.of("#id", "id", "#rank", "rank", "#text", "text"))
                .expressionAttributeValues(Map.of(":id", AttributeValue.fromS("a"), ":zero", AttributeValue.fromN("0")))
                .build();

        assertThat(operations.query(query).items()).containsExactly(ITEM);
        assertThat(operations
                        .scan(ScanRequest.builder()
                                .tableName(TABLE)
                                .projectionExpression("#text")
                                .select(Select.SPECIFIC_ATTRIBUTES)
                                .expressionAttributeNames(Map.of("#text", "text"))
                                .build())
                        .items())
                .containsExactly(ITEM);
    }

    @Test
    void readsWhatALocalIndexDoesNotHold() {
        QueryRequest query = query("id = :id")
                .indexName("by-rank")
                .projectionExpression("#text")
                .expressionAttributeNames(Map.of("#text", "text"))
                .expressionAttributeValues(Map.of(":id", AttributeValue.fromS("a")))
                .build();

        assertThat(operations.query(query).items()).containsExactly(ITEM);
    }

    @Test
    void letsDynamoRefuseAProjectionBesideACount() {
        QueryRequest query = query("id = :id")
                .select(Select.COUNT)
                .projectionExpression("version")
                .expressionAttributeValues(Map.of(":id", AttributeValue.fromS("a")))
                .build();

        assertThatThrownBy(() -> operations.query(query)).isInstanceOf(DynamoDbException.class);
    }

    private static QueryRequest.Builder query(String condition) {
        return QueryRequest.builder().tableName(TABLE).keyConditionExpression(condition);
    }

    private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(type)
                .build();
    }

    private static KeySchemaElement role(String name, KeyType role) {
        return KeySchemaElement.builder().attributeName(name).keyType(role).build();
    }
}
