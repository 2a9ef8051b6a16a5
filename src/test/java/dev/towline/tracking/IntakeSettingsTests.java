package dev.towline.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class IntakeSettingsTests {

    private static final ApplicationContextRunner RUNNER =
            new ApplicationContextRunner().withUserConfiguration(Bound.class);

    @EnableConfigurationProperties(IntakeSettings.class)
    static class Bound {}

    @Test
    void hasTheDefaultsThatTheTestsUse() {
        RUNNER.run(context -> assertThat(context.getBean(IntakeSettings.class)).isEqualTo(Drives.settings(false)));
    }

    @ParameterizedTest
    @CsvSource({
        "max-ahead, -1ms",
        "max-before-start, -1ms",
        "min-distance-meters, -0.1",
        "min-distance-meters, NaN",
        "min-interval, -1ms",
        "max-interval, 499ms",
        "max-speed-meters-per-second, 0",
        "accuracy-margin-meters, -1",
        "status.departure-meters, 0",
        "status.arrival-radius-meters, 0",
        "status.arrival-dwell, -1s"
    })
    void namesTheSettingThatIsWrong(String name, String value) {
        RUNNER.withPropertyValues("towline.intake." + name + "=" + value)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageStartingWith("towline.intake." + name + ":"));
    }
}
