package dev.towline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class LocalSettingsTests {

    private final StandardEnvironment environment = new StandardEnvironment();

    @Test
    void keepsDataBesideTheProjectOnTheUsualPorts() {
        assertThat(LocalSettings.of(environment))
                .isEqualTo(new LocalSettings(".towline", false, 6379, 8000, true, 8111));
    }

    @Test
    void readsArguments() {
        set(Map.of(
                "towline.local.data-dir", "somewhere/else",
                "towline.local.fresh", "true",
                "towline.local.redis-port", "0",
                "towline.local.dynamo-port", "8001",
                "towline.local.dax", "false",
                "towline.local.dax-port", "8112"));
        LocalSettings settings = LocalSettings.of(environment);
        assertThat(settings).isEqualTo(new LocalSettings("somewhere/else", true, 0, 8001, false, 8112));
        assertThat(settings.dataFolder()).isEqualTo(Path.of("somewhere", "else").toAbsolutePath());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TOWLINE_LOCAL_DATA_DIR", "TOWLINE_LOCAL_DATADIR"})
    void readsEnvironmentVariables(String name) {
        String source = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment
                .getPropertySources()
                .replace(source, new SystemEnvironmentPropertySource(source, Map.of(name, "elsewhere")));
        assertThat(LocalSettings.of(environment).dataDir()).isEqualTo("elsewhere");
    }

    @ParameterizedTest
    @CsvSource({
        "towline.local.redis-port, six",
        "towline.local.redis-port, 65536",
        "towline.local.dynamo-port, -1",
        "towline.local.dax-port, -1",
        "towline.local.dax, perhaps",
        "towline.local.fresh, perhaps",
        "towline.local.data-dir, ''",
        "towline.local.data-folder, .towline"
    })
    void namesTheSettingThatIsWrongOrUnknown(String name, String value) {
        set(Map.of(name, value));
        assertThatThrownBy(() -> LocalSettings.of(environment))
                .satisfies(failure -> assertThat(failure).hasStackTraceContaining(name));
    }

    private void set(Map<String, Object> properties) {
        environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
    }
}
