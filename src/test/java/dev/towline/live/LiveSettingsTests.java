package dev.towline.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class LiveSettingsTests {

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
            .withBean(InstantSource.class, InstantSource::system)
            .withUserConfiguration(LiveConfiguration.class, Settings.class);

    @EnableConfigurationProperties(LiveSettings.class)
    static class Settings {}

    @Test
    void hasDefaults() {
        service.run(context -> {
            assertThat(context).hasSingleBean(Topics.class);
            assertThat(context.getBean(LiveSettings.class)).isEqualTo(LiveSettings.defaults());
        });
    }

    @Test
    void readsWhatIsSet() {
        service.withPropertyValues(
                        "towline.live.hole-timeout=1s",
                        "towline.live.queue=2",
                        "towline.live.burst=3",
                        "towline.live.held=4",
                        "towline.live.read-retry=5s",
                        "towline.live.recheck=6s",
                        "towline.live.recheck-unproven=1s")
                .run(context -> assertThat(context.getBean(LiveSettings.class))
                        .isEqualTo(new LiveSettings(
                                Duration.ofSeconds(1),
                                2,
                                3,
                                4,
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(6),
                                Duration.ofSeconds(1))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hole-timeout=0ms",
                "hole-timeout=61s",
                "queue=0",
                "queue=10001",
                "burst=0",
                "held=-1",
                "read-retry=11m",
                "recheck=99ms",
                "recheck-unproven=16s"
            })
    void stopsStartUpAtAValueOutOfRange(String setting) {
        String name = "towline.live." + setting.substring(0, setting.indexOf('='));
        service.withPropertyValues("towline.live." + setting)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith(name + ":"));
    }
}
