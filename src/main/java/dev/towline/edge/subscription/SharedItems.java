package dev.towline.edge.subscription;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import graphql.ExecutionResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The results of the last items, so that streams which show an item alike execute and encode it once. Thread-safe.
 *
 * <p>An execution also reads what belongs to the item, such as the incident of a session, so that its result becomes old. A stream therefore
 * takes only results whose execution began after the stream was opened, and after that of the result before: no stream shows a state that is
 * older than one that it has shown, or than one that its client knew before. See decision 0034.
 */
final class SharedItems {

    /** Who is that slow gets a newer update, whose values are newer as well. */
    private static final Duration KEPT_FOR = Duration.ofSeconds(1);

    private static final int MAX_BYTES = 32 * 1024 * 1024;

    /** What an execution in progress is counted as. */
    private static final int UNKNOWN_BYTES = 1024;

    private final Cache<ItemKey, Execution> executions = Caffeine.newBuilder()
            .expireAfterWrite(KEPT_FOR)
            .maximumWeight(MAX_BYTES)
            .weigher((ItemKey key, Execution execution) -> execution.bytes)
            .build();

    private final AtomicLong begun = new AtomicLong();
    private final JsonMapper json;
    private final Counter executed;
    private final Counter shared;

    SharedItems(JsonMapper json, MeterRegistry meters) {
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
    private record Execution(long number, CompletableFuture<@Nullable EncodedResult> result, int bytes) {}

    /** What one stream takes. For one item at a time. */
    final class Reader {

        /** The number of the last execution that began before this stream may have known something newer. */
        private volatile long last = begun.get();

        /**
         * The result of an item. Blocks while another stream executes it, so that each stream goes on on its own thread.
         *
         * @param execution executes the item for this stream
         */
        CompletableFuture<ExecutionResult> get(ItemKey key, Supplier<CompletableFuture<ExecutionResult>> execution) {
            Execution present = executions.getIfPresent(key);
            if (present == null || present.number <= last) {
                Execution mine = new Execution(begun.incrementAndGet(), new CompletableFuture<>(), UNKNOWN_BYTES);
                present = executions
                        .asMap()
                        .compute(key, (_, other) -> other == null || other.number <= last ? mine : other);
                if (present.number == mine.number) {
                    last = mine.number;
                    return execute(key, mine, execution);
                }
            }
            last = present.number;
            EncodedResult result = present.result.join();
            if (result == null) {
                return executeAlone(execution);
            }
            shared.increment();
            return CompletableFuture.completedFuture(result);
        }

        private CompletableFuture<ExecutionResult> executeAlone(
                Supplier<CompletableFuture<ExecutionResult>> execution) {
            last = begun.incrementAndGet();
            executed.increment();
            return execution.get();
        }
    }

    private CompletableFuture<ExecutionResult> execute(
            ItemKey key, Execution mine, Supplier<CompletableFuture<ExecutionResult>> execution) {
        executed.increment();
        CompletableFuture<ExecutionResult> running;
        try {
            running = execution.get();
        } catch (RuntimeException | Error failure) {
            mine.result.complete(null);
            throw failure;
        }
        return running.handle((result, _) -> share(key, mine, result))
                .thenCompose(encoded -> encoded == null ? running : CompletableFuture.completedFuture(encoded));
    }

    private @Nullable EncodedResult share(ItemKey key, Execution mine, @Nullable ExecutionResult result) {
        EncodedResult encoded = null;
        try {
            if (result != null && result.getErrors().isEmpty()) {
                encoded = EncodedResult.of(result, json);
                executions.asMap().replace(key, mine, new Execution(mine.number, mine.result, encoded.bytes()));
            }
        } finally {
            if (encoded == null) {
                executions.asMap().remove(key, mine);
            }
            mine.result.complete(encoded);
        }
        return encoded;
    }
}
