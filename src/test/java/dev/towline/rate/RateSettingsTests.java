package dev.towline.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.towline.viewer.Role;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateSettingsTests {

    @Test
    void hasDefaults() {
        assertThat(TestRates.settings(Map.of()))
                .isEqualTo(new RateSettings(
                        true, 10_000, 100_000, Map.of(), 1000, 10_000, 20, 20, 10_000, 1000, 5000, 500, 500, 1,
                        20_000));
    }

    @Test
    void letsABatchOfAnOfflineDevicePass() {
        RateSettings defaults = TestRates.settings(Map.of());

        assertThat(defaults.fixesBurst()).as("20 calls with 500 fixes").isGreaterThanOrEqualTo(20 * 500);
    }

    @Test
    void canAllowARoleMore() {
        RateSettings settings =
                TestRates.settings(Map.of("roles.operator.per-second", "7", "roles.operator.burst", "8"));

        assertThat(settings.viewer(Role.OPERATOR)).isEqualTo(new Rate(7, 8));
        assertThat(settings.viewer(Role.CALLER)).isEqualTo(new Rate(10_000, 100_000));
    }

    @ParameterizedTest
    @CsvSource({
        "viewer-per-second, 0",
        "viewer-burst, -1",
        "address-per-second, 0",
        "address-burst, 1000000000001",
        "refused-credentials, 0",
        "fixes-per-second, 0",
        "fixes-burst, 0",
        "viewer-streams, 0",
        "address-streams, 0",
        "socket-operations, 0",
        "socket-messages-per-second, 0",
        "instances, 0",
        "max-subjects, 0",
    })
    void namesTheInvalidSetting(String setting, String value) {
        assertThatThrownBy(() -> TestRates.settings(Map.of(setting, value)))
                .rootCause()
                .hasMessageContaining("towline.rates." + setting);
    }

    @Test
    void namesTheInvalidRateOfARole() {
        assertThatThrownBy(
                        () -> TestRates.settings(Map.of("roles.operator.per-second", "7", "roles.operator.burst", "0")))
                .hasMessageContaining("towline.rates.roles.operator")
                .rootCause()
                .hasMessageContaining("burst");
    }
}
