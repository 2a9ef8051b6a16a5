package dev.towline.localdax;

import dev.towline.local.SharedStack;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.dax.ClusterDaxAsyncClient;
import software.amazon.dax.ClusterDaxClient;
import software.amazon.dax.Configuration;

/** A local DAX endpoint without caches in front of the shared DynamoDB Local, with tables of its own, and clients of both. Blocking. */
final class DaxFixture implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

    final LocalDax dax;
    final DynamoDbClient dynamo;
    private final String prefix;

    private DaxFixture(LocalDaxBuilder builder) {
        prefix = "localdax%d-".formatted(COUNT.incrementAndGet());
        dax = builder.dynamoEndpoint(endpoint())
                .credentials("local", "local")
                .port(0)
                .start();
        dynamo = DynamoDbClient.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .build();
    }

    static DaxFixture withoutCaches() {
        return new DaxFixture(LocalDax.builder().itemCache(false).queryCache(false));
    }

    static DaxFixture of(LocalDaxBuilder builder) {
        return new DaxFixture(builder);
    }

    /** Another endpoint, on a port or any that is free. */
    LocalDax another(int port) {
        return LocalDax.builder()
                .itemCache(false)
                .queryCache(false)
                .dynamoEndpoint(endpoint())
                .credentials("local", "local")
                .port(port)
                .start();
    }

    DynamoDbClient client() throws IOException {
        return client(dax.url());
    }

    static DynamoDbClient client(String url) throws IOException {
        return ClusterDaxClient.builder()
                .overrideConfiguration(configuration(url))
                .build();
    }

    DynamoDbAsyncClient asyncClient() throws IOException {
        return ClusterDaxAsyncClient.builder()
                .overrideConfiguration(configuration(dax.url()))
                .build();
    }

    DynamoDbAsyncClient asyncDynamo() {
        return DynamoDbAsyncClient.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .build();
    }

    /**
     * Makes a table.
     *
     * @param hash name and type, such as {@code id:S}
     * @param range as the hash, or null
     * @return its name
     */
    String table(String name, String hash, @Nullable String range) {
        dynamo.createTable(request -> request.tableName(prefix + name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(definitions(hash, range))
                .keySchema(schema(hash, range)));
        return prefix + name;
    }

    /** Makes a table with a global index {@code by-kind} on {@code kind} and {@code rank}. */
    String tableWithIndex(String name, String hash, @Nullable String range) {
        var index = GlobalSecondaryIndex.builder()
                .indexName("by-kind")
                .keySchema(schema("kind:S", "rank:N"))
                .projection(
                        Projection.builder().projectionType(ProjectionType.ALL).build())
                .build();
        dynamo.createTable(request -> request.tableName(prefix + name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        Stream.concat(definitions(hash, range).stream(), definitions("kind:S", "rank:N").stream())
                                .toList())
                .keySchema(schema(hash, range))
                .globalSecondaryIndexes(index));
        return prefix + name;
    }

    @Override
    public void close() {
        dax.close();
        dynamo.close();
    }

    private static Configuration configuration(String url) {
        return Configuration.builder()
                .url(url)
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .build();
    }

    private static URI endpoint() {
        return URI.create(SharedStack.stack().dynamo().endpoint());
    }

    private static List<AttributeDefinition> definitions(String hash, @Nullable String range) {
        return Stream.of(hash, range)
                .filter(each -> each != null)
                .map(each -> each.split(":", -1))
                .map(each -> AttributeDefinition.builder()
                        .attributeName(each[0])
                        .attributeType(ScalarAttributeType.fromValue(each[1]))
                        .build())
                .toList();
    }

    private static List<KeySchemaElement> schema(String hash, @Nullable String range) {
        var all = Stream.of(KeySchemaElement.builder()
                .attributeName(hash.split(":", -1)[0])
                .keyType(KeyType.HASH)
                .build());
        return (range == null
                        ? all
                        : Stream.concat(
                                all,
                                Stream.of(KeySchemaElement.builder()
                                        .attributeName(range.split(":", -1)[0])
                                        .keyType(KeyType.RANGE)
                                        .build())))
                .toList();
    }
}
