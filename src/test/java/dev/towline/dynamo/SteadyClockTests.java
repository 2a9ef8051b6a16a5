package dev.towline.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SteadyClockTests {

    private final AtomicReference<Instant> machine = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

    @Test
    void goesOnButDoesNotFollowWhenTheTimeIsSet() {
        Instant begun = machine.get();
        SteadyClock clock = SteadyClock.from(machine::get);
        Instant first = clock.instant();
        machine.set(begun.plus(Duration.ofHours(1)));

        Instant second = clock.instant();

        assertThat(first).isAfterOrEqualTo(begun);
        assertThat(second).isAfterOrEqualTo(first).isBefore(begun.plus(Duration.ofMinutes(30)));
    }
}
