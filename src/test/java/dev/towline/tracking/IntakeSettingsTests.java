package dev.towline.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class IntakeSettingsTests {

    private static final Duration BELOW_ZERO = Duration.ofMillis(-1);

    @Test
    void takesAnythingFromZeroOn() {
        assertThat(new IntakeSettings(Duration.ZERO, Duration.ZERO).maxAhead()).isZero();
    }

    @Test
    void namesTheSettingThatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IntakeSettings(BELOW_ZERO, Duration.ZERO))
                .withMessageStartingWith("towline.intake.max-ahead:");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IntakeSettings(Duration.ZERO, BELOW_ZERO))
                .withMessageStartingWith("towline.intake.max-before-start:");
    }
}
