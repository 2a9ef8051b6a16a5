package dev.towline.dynamo;

import dev.towline.store.Table;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.net.URI;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/**
 * The DAX cluster as this instance reaches it. A circuit breaker stops the calls for a while if too many fail or are slow. If calls still
 * fail after that, the client is replaced by a new one, which begins at the next seed: a client never recovers from a lost seed, from a call
 * that never ends, or from attribute lists that the cluster has forgotten. Thread-safe.
 */
final class DaxCluster implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DaxCluster.class);

    private static final int SLIDING_WINDOW_CALLS = 20;
    private static final int MINIMUM_CALLS = 5;
    private static final int PROBES = 2;
    private static final int FAILURE_RATE_PERCENT = 50;
    private static final int SLOW_CALL_RATE_PERCENT = 80;

    private final DaxSettings settings;
    private final TableNames names;
    private final List<Table<?>> tables;
    private final Function<URI, DynamoDbAsyncClient> connect;
    private final Calls calls;
    private final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
    private final CircuitBreaker breaker;
    private final AtomicBoolean replacing = new AtomicBoolean();
    private volatile DaxConnection connection;
    private int seed;
    private volatile boolean isClosed;

    /**
     * Connects to the first seed.
     *
     * @param tables all tables
     * @param connect makes a client of the cluster that this seed is part of; the cluster may be down
     * @throws IllegalArgumentException if the settings name another table
     */
    DaxCluster(
            DaxSettings settings,
            TableNames names,
            List<Table<?>> tables,
            Function<URI, DynamoDbAsyncClient> connect,
            Calls calls) {
        settings.checkTables(tables.stream()
                .filter(table -> !table.sorted())
                .map(Table::name)
                .collect(Collectors.toCollection(TreeSet::new)));
        this.settings = settings;
        this.names = names;
        this.tables = tables.stream()
                .filter(table -> settings.tables().contains(table.name()))
                .toList();
        this.connect = connect;
        this.calls = calls;
        this.breaker = breakers.circuitBreaker(
                "dax",
                CircuitBreakerConfig.custom()
                        .slidingWindow(SLIDING_WINDOW_CALLS, MINIMUM_CALLS, SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(FAILURE_RATE_PERCENT)
                        .slowCallRateThreshold(SLOW_CALL_RATE_PERCENT)
                        .slowCallDurationThreshold(settings.slowCall())
                        .waitDurationInOpenState(settings.retryAfter())
                        .permittedNumberOfCallsInHalfOpenState(PROBES)
                        .ignoreException(DaxCluster::saysNothingOfDax)
                        .build());
        breaker.getEventPublisher().onStateTransition(event -> changed(event.getStateTransition()));
        this.connection = connect(0);
    }

    /**
     * Reads a batch. Blocks for at most the time limit.
     *
     * @throws CallNotPermittedException at once while the circuit breaker is open
     * @throws DaxConnection.Busy at once if there are too many concurrent calls
     * @throws SdkException if the call fails
     */
    BatchGetItemResponse batchGetItem(Table<?> table, BatchGetItemRequest request) {
        try {
            return breaker.executeSupplier(
                    () -> connection.call("BatchGetItem", table, client -> client.batchGetItem(request)));
        } catch (DaxConnection.Busy e) {
            if (connection.isStuck()) {
                replaceInBackground();
            }
            throw e;
        }
    }

    /** Whether the circuit breaker lets all calls pass. */
    boolean isAvailable() {
        return breaker.getState() == State.CLOSED;
    }

    /** Prepares the client for the tables that are read through DAX. Blocks for a few calls; does nothing if DAX does not answer. */
    void warmUp() {
        warmUp(connection);
    }

    /** The registry of the circuit breaker, for its metrics. */
    CircuitBreakerRegistry breakers() {
        return breakers;
    }

    private static boolean saysNothingOfDax(Throwable thrown) {
        return thrown instanceof DaxConnection.Busy || (thrown instanceof SdkException e && Failures.isRejection(e));
    }

    private void changed(StateTransition transition) {
        switch (transition) {
            case CLOSED_TO_OPEN -> log.warn("DAX fails or is slow: reading from DynamoDB instead");
            case HALF_OPEN_TO_CLOSED -> log.info("DAX answers again");
            case HALF_OPEN_TO_OPEN -> replaceInBackground();
            default -> {}
        }
    }

    private void replaceInBackground() {
        if (replacing.compareAndSet(false, true)) {
            Thread.ofVirtual().name("dax-connect").start(this::replaceConnection);
        }
    }

    private DaxConnection connect(int number) {
        return new DaxConnection(connect.apply(settings.urls().get(number)), settings, calls);
    }

    private void replaceConnection() {
        try {
            seed = (seed + 1) % settings.urls().size();
            DaxConnection next = connect(seed);
            warmUp(next);
            DaxConnection last = connection;
            connection = next;
            if (isClosed) {
                next.close();
            }
            last.close();
        } catch (RuntimeException e) {
            log.warn("cannot make a client of DAX: {}", e.toString());
        } finally {
            replacing.set(false);
        }
    }

    /** One call for each table, one after another, teaches the client its key schema and the attribute names of an item. */
    private void warmUp(DaxConnection cold) {
        for (Table<?> table : tables) {
            ScanRequest oneItem =
                    ScanRequest.builder().tableName(names.of(table)).limit(1).build();
            try {
                var _ = cold.call("Scan", table, client -> client.scan(oneItem));
            } catch (RuntimeException e) {
                log.debug("DAX did not answer for table {}", table.name(), e);
                return;
            }
        }
    }

    @Override
    public void close() {
        isClosed = true;
        connection.close();
    }
}
