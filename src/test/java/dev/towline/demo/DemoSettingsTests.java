package dev.towline.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class DemoSettingsTests {

    private final StandardEnvironment environment = new StandardEnvironment();

    @Test
    void drivesUnlessToldNotTo() {
        assertThat(DemoSettings.of(environment)).isEqualTo(new DemoSettings(true, 1, 9));
    }

    @Test
    void readsWhatIsSet() {
        set(Map.of("towline.demo.enabled", "false", "towline.demo.seed", "-7", "towline.demo.vehicles", "20"));
        assertThat(DemoSettings.of(environment)).isEqualTo(new DemoSettings(false, -7, 20));
    }

    @ParameterizedTest
    @CsvSource({
        "towline.demo.vehicles, 0",
        "towline.demo.vehicles, 21",
        "towline.demo.enabled, perhaps",
        "towline.demo.seed, x",
        "towline.demo.city, Austin"
    })
    void namesTheSettingThatIsWrongOrUnknown(String name, String value) {
        set(Map.of(name, value));
        assertThatThrownBy(() -> DemoSettings.of(environment))
                .satisfies(failure -> assertThat(failure).hasStackTraceContaining(name));
    }

    private void set(Map<String, Object> properties) {
        environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
    }
}
