package dev.towline.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.cache.SingleFlight.Load;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The callers who share a load. */
class SingleFlightTests {

    private final SingleFlight<String, Integer> inFlight = new SingleFlight<>();

    @Test
    void oneCallerLoadsAndTheOthersJoin() {
        Load<Integer> first = load("a");
        Load<Integer> second = load("a");
        assertThat(first.isJoined()).isFalse();
        assertThat(second.isJoined()).isTrue();
        assertThat(load("b").isJoined()).as("another key").isFalse();

        inFlight.complete("a", first, 1);

        assertThat(second.result()).isCompletedWithValue(1);
        assertThat(load("a").isJoined()).as("after its end").isFalse();
    }

    @Test
    void allWaitingCallersGetAFailure() {
        Load<Integer> first = load("a");
        Load<Integer> second = load("a");

        inFlight.fail("a", first, new IllegalStateException("cut off"));

        assertThat(second.result())
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(IllegalStateException.class);
        assertThat(load("a").isJoined()).isFalse();
    }

    @Test
    void noCallerRepeatsALoadThatJustCompleted() {
        Load<Integer> load = inFlight.of("a", _ -> 7);

        assertThat(load.isJoined()).isTrue();
        assertThat(load.result()).isCompletedWithValue(7);
        assertThat(inFlight.size()).isZero();
    }

    @Test
    void aResultThatIsAlreadyThereIsForItsCallerOnly() throws InterruptedException {
        AtomicReference<Load<Integer>> later = new AtomicReference<>();
        List<Thread> laterCaller = new ArrayList<>();
        Load<Integer> own = inFlight.of("a", _ -> {
            // Here a change evicts the result, after it has superseded the loads in flight.
            Thread thread = Thread.ofPlatform().start(() -> later.set(load("a")));
            laterCaller.add(thread);
            await().until(() -> later.get() != null || thread.getState() == Thread.State.BLOCKED);
            return 7;
        });
        laterCaller.getFirst().join();

        assertThat(own.result()).isCompletedWithValue(7);
        assertThat(later.get().isJoined()).as("the caller after a change").isFalse();
        assertThat(later.get().result()).isNotDone();
    }

    @Test
    void aCallerAfterAChangeDoesNotJoinAnEarlierLoad() {
        Load<Integer> before = load("a");
        inFlight.supersede("a"::equals);
        Load<Integer> after = load("a");

        assertThat(after.isJoined()).isFalse();
        inFlight.complete("a", before, 1);
        assertThat(after.result()).isNotDone();
        assertThat(load("a").isJoined())
                .as("the end of the old load leaves the new one in flight")
                .isTrue();
        inFlight.complete("a", after, 2);
        assertThat(before.result()).isCompletedWithValue(1);
    }

    private Load<Integer> load(String key) {
        return inFlight.of(key, _ -> null);
    }
}
