package dev.towline.dynamo;

import dev.towline.store.Table;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;

/**
 * Reads through DAX, and from DynamoDB itself whenever DAX fails or takes too long: losing DAX costs time, never an answer. What
 * DAX answers may be older than what was written. The calls' metric counts both ways.
 */
final class DaxReads implements Reads {

    private static final Logger log = LoggerFactory.getLogger(DaxReads.class);

    private final DynamoDbAsyncClient dax;
    private final Duration timeLimit;
    private final BatchGet batches;
    private final Reads fallback;
    private final Calls calls;
    private final AtomicBoolean failing = new AtomicBoolean();

    /**
     * @param timeLimit of a call: the client's own is 60 s, and some of its calls never end (which is also why it is the
     *     asynchronous client, whose answer need not be waited for)
     */
    DaxReads(DynamoDbAsyncClient dax, Duration timeLimit, BatchGet batches, Reads fallback, Calls calls) {
        this.dax = dax;
        this.timeLimit = timeLimit;
        this.batches = batches;
        this.fallback = fallback;
        this.calls = calls;
    }

    @Override
    public Map<ItemKey, Map<String, AttributeValue>> items(Table<?> table, Collection<ItemKey> keys) {
        try {
            var items = throughDax(table, keys);
            if (failing.compareAndSet(true, false)) {
                log.info("DAX answers again");
            }
            return items;
        } catch (RuntimeException e) {
            if (failing.compareAndSet(false, true)) {
                log.warn("DAX fails, reading from DynamoDB instead: {}", e.toString());
            }
            return fallback.items(table, keys);
        }
    }

    /**
     * Makes one call for each table, one after the other: the client takes a pooled connection for a request before it asks for
     * the table's keys on a second one, so that a cold burst can lock itself out.
     */
    void warmUp(List<Table<?>> tables) {
        for (Table<?> table : tables) {
            try {
                throughDax(table, List.of(ItemKey.nobodys(table)));
            } catch (RuntimeException e) {
                log.debug("DAX did not answer for table {}", table.name(), e);
            }
        }
    }

    private Map<ItemKey, Map<String, AttributeValue>> throughDax(Table<?> table, Collection<ItemKey> keys) {
        return batches.items(table, keys, false, request -> send(table, request));
    }

    private BatchGetItemResponse send(Table<?> table, BatchGetItemRequest request) {
        return calls.call("BatchGetItem", table.name(), Calls.Path.DAX, () -> {
            try {
                return dax.batchGetItem(request)
                        .orTimeout(timeLimit.toMillis(), TimeUnit.MILLISECONDS)
                        .join();
            } catch (CompletionException e) {
                throw switch (e.getCause()) {
                    case TimeoutException _ -> ApiCallAttemptTimeoutException.create(timeLimit.toMillis());
                    case RuntimeException failure -> failure;
                    case null, default -> e;
                };
            }
        });
    }
}
