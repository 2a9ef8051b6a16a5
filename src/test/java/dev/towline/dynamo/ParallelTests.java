package dev.towline.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.towline.problem.Unavailable;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ParallelTests {

    private final ObservationRegistry observations = ObservationRegistry.create();

    ParallelTests() {
        observations.observationConfig().observationHandler(_ -> true);
    }

    @Test
    void runsSideBySideAndKeepsTheOrder() {
        CountDownLatch both = new CountDownLatch(2);
        List<Supplier<String>> tasks = List.of(() -> meet(both, "a"), () -> meet(both, "b"));

        assertThat(Parallel.all(observations, tasks)).containsExactly("a", "b");
    }

    @Test
    void runsWithinTheCallersTrace() {
        Observation request = Observation.start("request", observations);
        Supplier<Observation> current = () -> Objects.requireNonNull(observations.getCurrentObservation());

        request.scoped(() -> assertThat(Parallel.all(observations, List.of(current, current)))
                .containsOnly(request));
    }

    @Test
    void failsAsItsFirstTaskFails() {
        Supplier<String> fine = () -> "fine";
        Supplier<String> failing = () -> {
            throw new IllegalStateException("first");
        };
        Supplier<String> failingToo = () -> {
            throw new IllegalArgumentException("second");
        };

        assertThatThrownBy(() -> Parallel.all(observations, List.of(fine, failing, failingToo)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void interruptsItsTasks() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch interrupted = new CountDownLatch(2);
        Supplier<String> endless = () -> {
            begun.countDown();
            try {
                Thread.sleep(Duration.ofMinutes(1));
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return "too late";
        };
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread caller = Thread.startVirtualThread(() ->
                failure.complete(catchThrowable(() -> Parallel.all(observations, List.of(endless, endless)))));
        begun.await();
        caller.interrupt();

        assertThat(failure.join()).isInstanceOf(Unavailable.class);
        assertThat(interrupted.getCount()).isZero();
    }

    private static String meet(CountDownLatch both, String name) {
        both.countDown();
        try {
            both.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return name;
    }
}
