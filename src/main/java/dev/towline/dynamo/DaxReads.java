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
 * Reads through DAX, and falls back to DynamoDB if DAX fails or is too slow. The result may be older than the last write. The metric of
 * calls counts both calls.
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
     * Reads with a time limit.
     *
     * @param timeLimit the maximum time of a call. The DAX client has a limit of 60 s, and some of its calls never end; therefore this
     *     class uses the asynchronous client and stops waiting
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
     * Makes one call for each table, one after another, so that the client knows the key schemas. It reads a key schema on a second
     * connection while the request holds the first, so many concurrent first requests can deadlock.
     */
    void warmUp(List<Table<?>> tables) {
        for (Table<?> table : tables) {
            try {
                throughDax(table, List.of(ItemKey.absent(table)));
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
