package dev.towline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TowlineTests {

    @Test
    void clockTellsTheTimeOfDay() {
        assertThat(Duration.between(new Towline().clock().instant(), Instant.now())
                        .abs())
                .isLessThan(Duration.ofMinutes(1));
    }
}
