package dev.towline.dynamo;

import dev.towline.store.Table;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;

/**
 * If {@code creates} is set, creates missing tables and enables time to live where it is off. Then verifies all tables.
 *
 * @param place the location of DynamoDB, for messages
 * @param creates whether missing tables are created
 */
record TableSetup(DynamoDbClient dynamo, TableNames names, String place, boolean creates) {

    private static final Duration LONGEST_CREATION = Duration.ofSeconds(60);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

    /** Longer time limits than for requests, because creating a table takes longer and no client is waiting. */
    private static final AwsRequestOverrideConfiguration PATIENT = AwsRequestOverrideConfiguration.builder()
            .apiCallAttemptTimeout(Duration.ofSeconds(10))
            .apiCallTimeout(Duration.ofSeconds(30))
            .build();

    /**
     * Prepares all tables in parallel. Blocks. Waits up to a minute for a table that is being created.
     *
     * @throws TablesNotReady with all problems of all tables, or with the first failed call to DynamoDB
     */
    void prepare(Collection<Table<?>> tables) {
        List<Supplier<List<String>>> checks = tables.stream()
                .map(table -> new TableSchema(table, names.of(table)))
                .<Supplier<List<String>>>map(schema -> () -> prepare(schema))
                .toList();
        List<String> problems;
        try {
            problems = Parallel.all(ObservationRegistry.NOOP, checks).stream()
                    .flatMap(List::stream)
                    .toList();
        } catch (SdkException e) {
            throw new TablesNotReady(
                    place,
                    List.of("its tables cannot be created or checked: " + e.getMessage()),
                    "Check towline.dynamo.endpoint, region and credentials.",
                    e);
        }
        if (!problems.isEmpty()) {
            throw new TablesNotReady(place, problems, remedy(), null);
        }
    }

    private List<String> prepare(TableSchema schema) {
        if (creates) {
            create(schema);
        }
        try {
            TableDescription actual = dynamo.describeTable(
                            request -> request.tableName(schema.name()).overrideConfiguration(PATIENT))
                    .table();
            return Stream.concat(schema.differences(actual).stream(), expiryProblems(schema))
                    .toList();
        } catch (ResourceNotFoundException _) {
            return List.of("table " + schema.name() + " does not exist");
        }
    }

    private void create(TableSchema schema) {
        try {
            dynamo.createTable(
                    schema.creation().toBuilder().overrideConfiguration(PATIENT).build());
        } catch (ResourceInUseException _) {
            // It exists, or another instance is creating it.
        }
        try (DynamoDbWaiter waiter = DynamoDbWaiter.builder()
                .client(dynamo)
                .overrideConfiguration(waiting -> waiting.waitTimeout(LONGEST_CREATION)
                        .maxAttempts(Math.toIntExact(LONGEST_CREATION.dividedBy(POLL_INTERVAL)))
                        .backoffStrategyV2(BackoffStrategy.fixedDelay(POLL_INTERVAL)))
                .build()) {
            waiter.waitUntilTableExists(request -> request.tableName(schema.name()));
        }
        if (schema.table().expiry() != null && !expires(schema)) {
            enableExpiry(schema);
        }
    }

    private void enableExpiry(TableSchema schema) {
        try {
            dynamo.updateTimeToLive(request -> request.tableName(schema.name())
                    .timeToLiveSpecification(
                            expiry -> expiry.attributeName(Items.EXPIRES_AT).enabled(true))
                    .overrideConfiguration(PATIENT));
        } catch (DynamoDbException e) {
            // DynamoDB rejects the call if another instance was faster.
            if (!expires(schema)) {
                throw e;
            }
        }
    }

    private Stream<String> expiryProblems(TableSchema schema) {
        return schema.table().expiry() == null || expires(schema)
                ? Stream.empty()
                : Stream.of(
                        "table " + schema.name() + " has no time to live on the attribute '" + Items.EXPIRES_AT + "'");
    }

    private boolean expires(TableSchema schema) {
        var expiry = dynamo.describeTimeToLive(
                        request -> request.tableName(schema.name()).overrideConfiguration(PATIENT))
                .timeToLiveDescription();
        TimeToLiveStatus status = expiry.timeToLiveStatus();
        return Items.EXPIRES_AT.equals(expiry.attributeName())
                && (status == TimeToLiveStatus.ENABLED || status == TimeToLiveStatus.ENABLING);
    }

    private String remedy() {
        return creates
                ? "Towline does not change the keys or indexes of existing tables, even with"
                        + " towline.dynamo.create-tables. Change or delete these tables."
                : "Create or change them as described, or set towline.dynamo.create-tables=true to create missing"
                        + " tables.";
    }
}
