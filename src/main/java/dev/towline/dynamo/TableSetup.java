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
 * Makes sure at start that the tables are there: creates what is missing where the settings allow it, then checks them all.
 *
 * @param place where DynamoDB is, for messages
 * @param creates whether missing tables are created
 */
record TableSetup(DynamoDbClient dynamo, TableNames names, String place, boolean creates) {

    private static final Duration LONGEST_CREATION = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    /** Creating a table takes longer than reading an item, and nobody waits for an answer yet. */
    private static final AwsRequestOverrideConfiguration PATIENT = AwsRequestOverrideConfiguration.builder()
            .apiCallAttemptTimeout(Duration.ofSeconds(10))
            .apiCallTimeout(Duration.ofSeconds(30))
            .build();

    /**
     * Returns when all tables can be used; all are looked at side by side. Blocking, up to a minute.
     *
     * @throws TablesNotReady with everything that is missing
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
                    List.of("it can't be asked for its tables: " + e.getMessage()),
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
            // it is there, or another instance is creating it at this moment
        }
        try (DynamoDbWaiter waiter = DynamoDbWaiter.builder()
                .client(dynamo)
                .overrideConfiguration(waiting -> waiting.waitTimeout(LONGEST_CREATION)
                        .maxAttempts(Math.toIntExact(LONGEST_CREATION.dividedBy(LOOK_EVERY)))
                        .backoffStrategyV2(BackoffStrategy.fixedDelay(LOOK_EVERY)))
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
            // refused where another instance was quicker
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
                ? "Tables are created (towline.dynamo.create-tables) but never changed: change or delete these."
                : "Create them as described, or set towline.dynamo.create-tables=true to have missing ones created.";
    }
}
