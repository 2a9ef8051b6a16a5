package dev.towline.dynamo;

import dev.towline.store.Table;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * One client of DAX with a bound and a time limit for its calls.
 *
 * <p>The bound is half of the client's connections to a node. A call of the client can hold one connection and ask for a key schema or an
 * attribute list on a second one, so without it calls could wait for each other.
 */
final class DaxConnection implements AutoCloseable {

    private static final int STUCK_AFTER_LIMITS = 10;

    private final DynamoDbAsyncClient client;
    private final Calls calls;
    private final long limitMillis;
    private final Semaphore permits;
    private volatile long lastEndNanos = System.nanoTime();

    DaxConnection(DynamoDbAsyncClient client, DaxSettings settings, Calls calls) {
        this.client = client;
        this.calls = calls;
        this.limitMillis = settings.timeLimit().toMillis();
        this.permits = new Semaphore(settings.maxCalls());
    }

    /** Thrown at once if there are too many concurrent calls, which says nothing about DAX. */
    static final class Busy extends RuntimeException {

        private Busy() {
            super("too many concurrent calls of DAX", null, false, false);
        }
    }

    /**
     * Makes a call and records it. Blocks for at most the time limit.
     *
     * @throws Busy if the maximum number of calls is reached. A call counts until the client completes it, which may be never
     * @throws SdkException if the call fails, {@link ApiCallAttemptTimeoutException} after the time limit
     */
    <R> R call(String operation, Table<?> table, Function<DynamoDbAsyncClient, CompletableFuture<R>> call) {
        if (!permits.tryAcquire()) {
            throw new Busy();
        }
        AtomicBoolean isUnderWay = new AtomicBoolean();
        try {
            return calls.call(operation, table.name(), Calls.Path.DAX, () -> {
                CompletableFuture<R> answer = call.apply(client);
                isUnderWay.set(true);
                var _ = answer.whenComplete((_, _) -> ended());
                return answer(answer);
            });
        } finally {
            if (!isUnderWay.get()) {
                ended();
            }
        }
    }

    /** Whether no call has ended for long although all permits are taken: the client has lost them. */
    boolean isStuck() {
        return permits.availablePermits() <= 0
                && System.nanoTime() - lastEndNanos > STUCK_AFTER_LIMITS * TimeUnit.MILLISECONDS.toNanos(limitMillis);
    }

    private void ended() {
        lastEndNanos = System.nanoTime();
        permits.release();
    }

    private <R> R answer(CompletableFuture<R> answer) {
        try {
            R response =
                    answer.copy().orTimeout(limitMillis, TimeUnit.MILLISECONDS).join();
            if (response == null) {
                throw SdkClientException.create("DAX gave no answer");
            }
            return response;
        } catch (CompletionException e) {
            throw switch (e.getCause()) {
                case TimeoutException _ -> ApiCallAttemptTimeoutException.create(limitMillis);
                case RuntimeException failure -> failure;
                case null, default -> e;
            };
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
