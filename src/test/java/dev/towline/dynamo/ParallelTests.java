package dev.towline.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import java.util.Objects;
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
