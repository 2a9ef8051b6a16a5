package dev.towline.dynamo;

import dev.towline.store.Table;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Checks whether DynamoDB answers data requests, by reading an item that cannot exist. */
record Probe(DynamoDbClient dynamo, TableNames names, List<Table<?>> tables, Calls calls) {

    private static final AwsRequestOverrideConfiguration BRIEF = AwsRequestOverrideConfiguration.builder()
            .apiCallTimeout(Duration.ofSeconds(1))
            .build();

    /** @throws dev.towline.problem.Unavailable if it does not answer within a second */
    void run() {
        if (tables.isEmpty()) {
            calls.read(
                    "ListTables",
                    "none",
                    () -> dynamo.listTables(request -> request.limit(1).overrideConfiguration(BRIEF)));
            return;
        }
        Table<?> table = tables.getFirst();
        calls.read(
                "GetItem",
                table.name(),
                () -> dynamo.getItem(request -> request.tableName(names.of(table))
                        .key(ItemKey.absent(table).attributes())
                        .overrideConfiguration(BRIEF)));
    }
}
