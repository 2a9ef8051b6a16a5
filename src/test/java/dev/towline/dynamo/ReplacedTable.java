package dev.towline.dynamo;

import java.net.URI;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** A table that an operator replaces by a backup. Blocking. */
public final class ReplacedTable {

    private final DynamoDbClient dynamo;
    private final String name;
    private final TableDescription description;
    private final List<Map<String, AttributeValue>> backup;

    private ReplacedTable(DynamoDbClient dynamo, String name) {
        this.dynamo = dynamo;
        this.name = name;
        description = dynamo.describeTable(request -> request.tableName(name)).table();
        backup = dynamo.scanPaginator(request -> request.tableName(name)).items().stream()
                .toList();
    }

    /** Makes a backup of what the table has now. */
    public static ReplacedTable backUp(String endpoint, String name) {
        return new ReplacedTable(
                DynamoDbClient.builder()
                        .endpointOverride(URI.create(endpoint))
                        .region(Region.US_EAST_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                        .build(),
                name);
    }

    /** Deletes the table. */
    public void delete() {
        dynamo.deleteTable(request -> request.tableName(name));
    }

    /** Deletes the table and makes it anew from the backup. */
    public void restore() {
        delete();
        dynamo.createTable(request -> request.tableName(name)
                .attributeDefinitions(description.attributeDefinitions())
                .keySchema(description.keySchema())
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .globalSecondaryIndexes(description.globalSecondaryIndexes().stream()
                        .map(index -> GlobalSecondaryIndex.builder()
                                .indexName(index.indexName())
                                .keySchema(index.keySchema())
                                .projection(index.projection())
                                .build())
                        .toList()));
        backup.forEach(item -> dynamo.putItem(request -> request.tableName(name).item(item)));
    }
}
