package dev.towline.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class CoherenceSettingsTests {

    private final ApplicationContextRunner service =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @EnableConfigurationProperties(CoherenceSettings.class)
    static class Settings {}

    @Test
    void hasDefaults() {
        service.run(context -> assertThat(context.getBean(CoherenceSettings.class))
                .isEqualTo(new CoherenceSettings(
                        Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofMinutes(1), 1)));
    }

    @Test
    void readsWhatIsSet() {
        service.withPropertyValues(
                        "towline.coherence.heartbeat=10ms",
                        "towline.coherence.silence=20ms",
                        "towline.coherence.forget-after=20ms",
                        "towline.coherence.shards=64")
                .run(context -> assertThat(context.getBean(CoherenceSettings.class))
                        .isEqualTo(new CoherenceSettings(
                                Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofMillis(20), 64)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "heartbeat=9ms",
                "heartbeat=11s",
                "silence=499ms",
                "silence=61s",
                "forget-after=999ms",
                "forget-after=61m",
                "shards=0",
                "shards=65"
            })
    void stopsStartUpAtAValueOutOfRange(String setting) {
        String name = "towline.coherence." + setting.substring(0, setting.indexOf('='));
        service.withPropertyValues("towline.coherence." + setting)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith(name + ":"));
    }
}
