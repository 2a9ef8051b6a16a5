package dev.towline.job;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobSettingsTests {

    @ParameterizedTest
    @CsvSource({
        "-1, 2, 15, 3, 20, 20, towline.jobs.at-once",
        "2, 0, 15, 3, 20, 20, towline.jobs.poll",
        "2, 2, 8, 3, 20, 20, towline.jobs.lease",
        "2, 2, 15, 0, 20, 20, towline.jobs.heartbeat",
        "2, 2, 15, 3, 0, 20, towline.jobs.max-open",
        "2, 2, 15, 3, 1001, 20, towline.jobs.max-open",
        "2, 2, 15, 3, 20, 0, towline.jobs.max-takes"
    })
    void namesTheSettingThatIsWrong(
            int atOnce, int pollSeconds, int leaseSeconds, int heartbeatSeconds, int open, int takes, String setting) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JobSettings(
                        atOnce,
                        Duration.ofSeconds(pollSeconds),
                        Duration.ofSeconds(leaseSeconds),
                        Duration.ofSeconds(heartbeatSeconds),
                        open,
                        takes))
                .withMessageStartingWith(setting);
    }
}
