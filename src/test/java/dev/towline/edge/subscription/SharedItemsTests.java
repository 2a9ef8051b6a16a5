package dev.towline.edge.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import graphql.ExecutionResult;
import graphql.GraphqlErrorBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

@Timeout(30)
class SharedItemsTests {

    private static final String DOCUMENT = "subscription { item }";
    private static final Viewer VIEWER = new Viewer(Role.DISPATCHER, "", new Tenant("somewhere"));
    private static final ExecutionResult FAULTY = ExecutionResult.newExecutionResult()
            .data(Map.of())
            .addError(GraphqlErrorBuilder.newError().message("no").build())
            .build();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final SharedItems items = new SharedItems(Duration.ofMinutes(1), JsonMapper.shared(), meters);
    private final AtomicInteger executions = new AtomicInteger();

    @Test
    void executesAndEncodesOnceForStreamsThatShowAnItemAlike() {
        SharedItems.Reader one = items.new Reader();
        SharedItems.Reader other = items.new Reader();

        ExecutionResult first = one.get(key("a"), this::execute);
        ExecutionResult second = other.get(key("a"), this::execute);

        assertThat(executions).hasValue(1);
        assertThat(EncodedResult.json(second, JsonMapper.shared()))
                .isSameAs(EncodedResult.json(first, JsonMapper.shared()))
                .asString()
                .isEqualTo("{\"data\":1}");
        assertThat(count("executed")).isEqualTo(1);
        assertThat(count("shared")).isEqualTo(1);
    }

    @Test
    void executesAnotherItem() {
        SharedItems.Reader one = items.new Reader();
        SharedItems.Reader other = items.new Reader();

        number(one, "a");

        assertThat(number(other, "b")).isEqualTo(2);
    }

    /** What its client did before it subscribed, such as to rename a vendor, an earlier execution may not have seen. */
    @Test
    void takesNoResultWhoseExecutionBeganBeforeTheStream() {
        number(items.new Reader(), "a");

        SharedItems.Reader late = items.new Reader();

        assertThat(number(late, "a")).isEqualTo(2);
    }

    /** Else a vendor whose new name it has shown would have its old name again. */
    @Test
    void takesNoResultThatIsOlderThanTheOneBefore() {
        SharedItems.Reader slow = items.new Reader();
        SharedItems.Reader fast = items.new Reader();
        number(fast, "second");

        assertThat(number(slow, "first of its own")).isEqualTo(2);

        assertThat(number(slow, "second")).isEqualTo(3);
    }

    /** Errors have the correlation id of one request. */
    @Test
    void sharesNoErrors() {
        SharedItems.Reader one = items.new Reader();
        SharedItems.Reader other = items.new Reader();

        ExecutionResult first = one.get(key("a"), () -> CompletableFuture.completedFuture(FAULTY));

        assertThat(first).isSameAs(FAULTY);
        assertThat(number(other, "a")).isEqualTo(1);
    }

    @Test
    void takesNoResultWhoseExecutionBeganBeforeThatOfTheItemBeforeHadEnded() {
        SharedItems.Reader slow = items.new Reader();
        SharedItems.Reader fast = items.new Reader();

        // during the execution of the first item, which then reads something newer, that of the second begins and ends
        ExecutionResult first = items.new Reader().get(key("first"), () -> {
            assertThat(number(fast, "second")).isEqualTo(1);
            return execute();
        });
        assertThat(first.<Integer>getData()).isEqualTo(2);
        assertThat(number(slow, "first")).as("shared").isEqualTo(2);

        assertThat(number(slow, "second")).isEqualTo(3);
    }

    @Test
    void othersShareWhatAnotherStreamFailedToExecute() {
        SharedItems.Reader one = items.new Reader();
        SharedItems.Reader other = items.new Reader();
        SharedItems.Reader third = items.new Reader();

        assertThatThrownBy(() ->
                        one.get(key("a"), () -> CompletableFuture.failedFuture(new IllegalStateException("cancelled"))))
                .isInstanceOf(CompletionException.class)
                .hasRootCauseMessage("cancelled");
        assertThatThrownBy(() -> one.get(key("b"), () -> {
                    throw new IllegalStateException("at once");
                }))
                .hasMessage("at once");

        assertThat(number(other, "a")).isEqualTo(1);
        assertThat(number(third, "a")).isEqualTo(1);
        assertThat(number(other, "b")).isEqualTo(2);
        assertThat(number(third, "b")).isEqualTo(2);
    }

    @Test
    void waitsForAnExecutionInProgress() throws InterruptedException {
        SharedItems.Reader one = items.new Reader();
        SharedItems.Reader other = items.new Reader();
        CompletableFuture<ExecutionResult> running = new CompletableFuture<>();
        CompletableFuture<ExecutionResult> first = new CompletableFuture<>();
        CompletableFuture<ExecutionResult> second = new CompletableFuture<>();

        Thread executing = Thread.startVirtualThread(() -> first.complete(one.get(key("a"), () -> running)));
        awaitWait(executing);
        Thread waiting = Thread.startVirtualThread(() -> second.complete(other.get(key("a"), this::execute)));
        awaitWait(waiting);
        running.complete(result(7));

        assertThat(second.join()).isSameAs(first.join());
        assertThat(executions).hasValue(0);
    }

    private static void awaitWait(Thread thread) throws InterruptedException {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.sleep(1);
        }
    }

    /** Each execution has another result, so that it shows whose result a stream has. */
    private CompletableFuture<ExecutionResult> execute() {
        return CompletableFuture.completedFuture(result(executions.incrementAndGet()));
    }

    private @Nullable Integer number(SharedItems.Reader reader, String item) {
        return reader.get(key(item), this::execute).<Integer>getData();
    }

    private double count(String result) {
        return meters.get("towline.live.items").tag("result", result).counter().count();
    }

    private static ExecutionResult result(int number) {
        return ExecutionResult.newExecutionResult().data(number).build();
    }

    private static ItemKey key(String item) {
        return new ItemKey(DOCUMENT, null, Map.of(), VIEWER, item);
    }
}
