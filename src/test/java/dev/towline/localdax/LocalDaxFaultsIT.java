package dev.towline.localdax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;

/** What the real client makes of the faults that a node was told to have. It tries a request three times. */
class LocalDaxFaultsIT {

    @AutoClose
    private static final CacheFixture tables = new CacheFixture("localdax-faults");

    @AutoClose
    private static final LocalDax dax = tables.dax().start();

    @AutoClose
    private static final DynamoDbClient client = CacheFixture.connect(dax.url());

    private final DaxNode node = dax.node(0);
    private final Counters before = dax.counters();

    @AfterEach
    void clearFaults() {
        node.clearFaults();
    }

    @Test
    void answersLate() {
        Duration delay = Duration.ofMillis(200);
        node.failNext(1, Fault.delay(delay), Operation.GET_ITEM);
        long start = System.nanoTime();

        tables.read(client, "delay", 1);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(delay);
    }

    @Test
    void refusesSoThatTheClientTriesAgain() {
        node.failNext(2, Fault.refuse(), Operation.PUT_ITEM);

        tables.put(client, "refuse", 1, "text");

        assertThat(counted(Metric.FAULT_REQUEST_COUNT)).isEqualTo(2);
        assertThat(counted(Metric.FAILED_REQUEST_COUNT)).isEqualTo(2);
        assertThat(tables.readConsistently(tables.dynamo(), "refuse", 1)).isEqualTo("text");
    }

    @Test
    void refusesUntilItIsToldToStop() {
        node.fail(Fault.refuse());

        assertThatThrownBy(() -> tables.read(client, "always", 1)).isInstanceOf(SdkException.class);
        assertThatThrownBy(() -> tables.put(client, "always", 1, "text")).isInstanceOf(SdkException.class);

        node.clearFaults();
        assertThat(tables.read(client, "always", 1)).isEqualTo("none");
    }

    @Test
    void refusesWithAnErrorOfDynamo() {
        node.failNext(
                1,
                Fault.refuse(ConditionalCheckFailedException.builder()
                        .message("as told")
                        .statusCode(400)
                        .build()),
                Operation.PUT_ITEM);

        assertThatThrownBy(() -> tables.put(client, "error", 1, "text"))
                .isInstanceOf(ConditionalCheckFailedException.class);
        assertThat(counted(Metric.ERROR_REQUEST_COUNT)).isOne();
    }

    @Test
    void throttles() {
        node.fail(Fault.throttle(), Operation.GET_ITEM);

        assertThatThrownBy(() -> tables.read(client, "throttle", 1))
                .isInstanceOf(ProvisionedThroughputExceededException.class);
        assertThat(counted(Metric.THROTTLED_REQUEST_COUNT)).isPositive();
    }

    @Test
    void cutsTheConnectionBeforeTheOperation() {
        node.fail(Fault.cutBefore(), Operation.PUT_ITEM);

        assertThatThrownBy(() -> tables.put(client, "before", 1, "text")).isInstanceOf(SdkException.class);

        assertThat(tables.readConsistently(tables.dynamo(), "before", 1)).isEqualTo("none");
    }

    @Test
    void cutsTheConnectionAfterTheOperation() {
        node.fail(Fault.cutAfter(), Operation.PUT_ITEM);

        assertThatThrownBy(() -> tables.put(client, "after", 1, "text")).isInstanceOf(SdkException.class);

        assertThat(tables.readConsistently(tables.dynamo(), "after", 1)).isEqualTo("text");
    }

    @Test
    void isHealedByTheClientAfterOneCut() {
        node.failNext(1, Fault.cutBefore(), Operation.GET_ITEM);

        assertThat(tables.read(client, "healed", 1)).isEqualTo("none");
        assertThat(dax.counters().requests(Operation.GET_ITEM)).isEqualTo(before.requests(Operation.GET_ITEM) + 2);
    }

    private long counted(Metric metric) {
        return dax.counters().get(metric) - before.get(metric);
    }
}
