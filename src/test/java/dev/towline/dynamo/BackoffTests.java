package dev.towline.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.towline.problem.Unavailable;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTests {

    private final Backoff backoff = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1));

    @Test
    void doublesItsBoundUpToTheLongest() {
        assertThat(new long[] {
                    backoff.bound(0), backoff.bound(1), backoff.bound(4), backoff.bound(5), backoff.bound(1000)
                })
                .containsExactly(50_000_000, 100_000_000, 800_000_000, 1_000_000_000, 1_000_000_000);
    }

    @Test
    void endsWhenItsThreadIsInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> backoff.pause(9)).isInstanceOf(Unavailable.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
