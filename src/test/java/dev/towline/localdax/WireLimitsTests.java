package dev.towline.localdax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WireLimitsTests {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void takesByDefaultEveryRequestThatDynamoTakes() {
        WireLimits limits = WireLimits.defaults();
        assertThat(limits.requestBytes()).isGreaterThan(16 << 20);
        assertThat(limits.depth()).isGreaterThan(32);
        // clients close connections after 30 seconds, and are not to be forestalled
        assertThat(limits.idle()).isGreaterThan(Duration.ofMinutes(1));
    }

    @Test
    void namesTheSettingThatIsWrong() {
        assertThatThrownBy(() -> new WireLimits(1, 0, 1, 1, SECOND, SECOND, SECOND, 1))
                .hasMessage("depth must be positive: 0");
        assertThatThrownBy(() -> new WireLimits(1, 1, 1, 1, Duration.ZERO, SECOND, SECOND, 1))
                .hasMessage("idle must be positive: 0");
    }
}
