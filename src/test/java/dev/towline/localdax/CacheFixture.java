package dev.towline.localdax;

import dev.towline.local.SharedStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.dax.ClusterDaxClient;
import software.amazon.dax.Configuration;

/** A table in DynamoDB Local, and clusters and clients in front of it. Its keys are a text and a number. */
final class CacheFixture implements AutoCloseable {

    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

    private final String table;
    private final URI endpoint;
    private final DynamoDbClient dynamo;

    CacheFixture(String table) {
        this(table, URI.create(SharedStack.stack().awaitReady().dynamo().endpoint()));
    }

    CacheFixture(String table, URI endpoint) {
        this.table = table;
        this.endpoint = endpoint;
        this.dynamo = DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .build();
        dynamo.createTable(request -> request.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        attribute("group", ScalarAttributeType.S), attribute("number", ScalarAttributeType.N))
                .keySchema(role("group", KeyType.HASH), role("number", KeyType.RANGE)));
    }

    /** DynamoDB itself, around DAX. */
    DynamoDbClient dynamo() {
        return dynamo;
    }

    String table() {
        return table;
    }

    /** For a cluster whose time stands still unless its clock is moved. */
    LocalDaxBuilder dax() {
        return LocalDax.builder()
                .dynamoEndpoint(endpoint)
                .credentials("local", "local")
                .port(0)
                .clock(InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")));
    }

    /** The real client. */
    static DynamoDbClient connect(String url) {
        try {
            return ClusterDaxClient.builder()
                    .overrideConfiguration(Configuration.builder()
                            .url(url)
                            .region(Region.US_EAST_1)
                            .credentialsProvider(CREDENTIALS)
                            .build())
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, AttributeValue> key(String group, int number) {
        return Map.of("group", AttributeValue.fromS(group), "number", AttributeValue.fromN(String.valueOf(number)));
    }

    static Map<String, AttributeValue> item(String group, int number, String text) {
        Map<String, AttributeValue> item = new HashMap<>(key(group, number));
        item.put("text", AttributeValue.fromS(text));
        return item;
    }

    static String text(Map<String, AttributeValue> item) {
        return Objects.requireNonNull(item.get("text")).s();
    }

    /** What an eventually consistent read of {@code text} finds; "none" if there is no such item. */
    String read(DynamoDbClient client, String group, int number) {
        return text(client, group, number, false);
    }

    /** What a consistent read finds. */
    String readConsistently(DynamoDbClient client, String group, int number) {
        return text(client, group, number, true);
    }

    void put(DynamoDbClient client, String group, int number, String text) {
        client.putItem(request -> request.tableName(table).item(item(group, number, text)));
    }

    void delete(DynamoDbClient client, String group, int number) {
        client.deleteItem(request -> request.tableName(table).key(key(group, number)));
    }

    /** The texts of a group, by a query. */
    List<String> query(DynamoDbClient client, String group) {
        return client
                .query(request -> request.tableName(table)
                        .keyConditionExpression("#group = :group")
                        .expressionAttributeNames(Map.of("#group", "group"))
                        .expressionAttributeValues(Map.of(":group", AttributeValue.fromS(group))))
                .items()
                .stream()
                .map(CacheFixture::text)
                .toList();
    }

    @Override
    public void close() {
        dynamo.close();
    }

    private String text(DynamoDbClient client, String group, int number, boolean consistently) {
        var response = client.getItem(GetItemRequest.builder()
                .tableName(table)
                .key(key(group, number))
                .consistentRead(consistently)
                .build());
        return response.hasItem() ? text(response.item()) : "none";
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
