package dev.towline.edge.subscription;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import graphql.ExecutionResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The results of the last items, so that streams which show an item alike execute and encode it once. Thread-safe.
 *
 * <p>An execution also reads what belongs to the item, such as the incident of a session, so that its result becomes old. A stream therefore
 * takes only results whose execution began after the stream was opened, and after that of the item before had ended: no stream shows a
 * state that is older than one that it has shown, or than one that its client knew when it subscribed. See decision 0034.
 */
final class SharedItems {

    /** The streams of a group show an item within milliseconds. Whoever is slower gets a newer result. */
    static final Duration KEPT_FOR = Duration.ofMillis(100);

    private static final int MAX_BYTES = 32 * 1024 * 1024;

    /** A result is kept as objects, too, which take several times the bytes of its JSON. */
    private static final int HEAP_BYTES_PER_BYTE = 8;

    private static final int ENTRY_BYTES = 1024;

    private final Cache<ItemKey, Execution> executions;

    private final AtomicLong begun = new AtomicLong();
    private final JsonMapper json;
    private final Counter executed;
    private final Counter shared;

    SharedItems(Duration keptFor, JsonMapper json, MeterRegistry meters) {
        this.executions = Caffeine.newBuilder()
                .expireAfterWrite(keptFor)
                .scheduler(Scheduler.systemScheduler())
                .maximumWeight(MAX_BYTES)
                .weigher((ItemKey key, Execution execution) -> execution.heapBytes)
                .executor(Runnable::run)
                .build();
        this.json = json;
        this.executed = items(meters, "executed");
        this.shared = items(meters, "shared");
    }

    private static Counter items(MeterRegistry meters, String result) {
        return Counter.builder("towline.live.items")
                .description(
                        "items of subscriptions, by whether the fields were executed or another stream's result was"
                                + " taken")
                .tag("result", result)
                .register(meters);
    }

    /**
     * An execution that streams share.
     *
     * @param number counts executions in the order in which they began
     * @param result null if it is not for others, because it failed or has errors
     */
    private record Execution(long number, CompletableFuture<@Nullable Finished> result, int heapBytes) {}

    /** @param begunBefore the number of the last execution that began before this one ended */
    private record Finished(EncodedResult result, long begunBefore) {}

    /** What one stream takes. For one item at a time. */
    final class Reader {

        /** Executions up to this number may have read something older than this stream has shown, or its client knew before. */
        private volatile long last = begun.get();

        /**
         * The result of an item. Blocks until it is there, whoever executes it: each stream goes on on its own thread, and no stream whose
         * client does not read holds up the thread that reads for others.
         *
         * @param execution executes the item for this stream
         * @throws CompletionException if the execution fails
         */
        ExecutionResult get(ItemKey key, Supplier<CompletableFuture<ExecutionResult>> execution) {
            Execution present = executions.getIfPresent(key);
            if (present == null || present.number <= last) {
                Execution mine = new Execution(begun.incrementAndGet(), new CompletableFuture<>(), ENTRY_BYTES);
                present = executions
                        .asMap()
                        .compute(key, (_, other) -> other == null || other.number <= last ? mine : other);
                if (present.number == mine.number) {
                    return execute(key, mine, execution);
                }
            }
            Finished finished = present.result.join();
            if (finished == null) {
                return execute(execution);
            }
            last = finished.begunBefore;
            shared.increment();
            return finished.result;
        }

        private ExecutionResult execute(Supplier<CompletableFuture<ExecutionResult>> execution) {
            executed.increment();
            ExecutionResult result = execution.get().join();
            last = begun.get();
            return result;
        }

        private ExecutionResult execute(
                ItemKey key, Execution mine, Supplier<CompletableFuture<ExecutionResult>> execution) {
            Finished finished = null;
            try {
                ExecutionResult result = execute(execution);
                if (!result.getErrors().isEmpty()) {
                    return result;
                }
                EncodedResult encoded = EncodedResult.of(result, json);
                finished = new Finished(encoded, last);
                int heapBytes = ENTRY_BYTES + HEAP_BYTES_PER_BYTE * encoded.bytes();
                executions.asMap().replace(key, mine, new Execution(mine.number, mine.result, heapBytes));
                return encoded;
            } finally {
                if (finished == null) {
                    executions.asMap().remove(key, mine);
                }
                mine.result.complete(finished);
            }
        }
    }
}
