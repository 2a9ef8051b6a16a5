package dev.towline.cache.warmup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.towline.cache.CacheFixture;
import dev.towline.cache.Truck;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class WarmUpSettingsTests {

    private final ApplicationContextRunner service =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @EnableConfigurationProperties(WarmUpSettings.class)
    static class Settings {}

    @Test
    void hasDefaults() {
        service.run(context -> assertThat(context.getBean(WarmUpSettings.class))
                .isEqualTo(new WarmUpSettings(200, Duration.ofSeconds(5), Duration.ofSeconds(30), "vendor")));
    }

    @Test
    void readsTheSettings() {
        service.withPropertyValues(
                        "towline.cache.warm.size=0",
                        "towline.cache.warm.timeout=100ms",
                        "towline.cache.warm.note-every=1h",
                        "towline.cache.warm.entity=incident")
                .run(context -> assertThat(context.getBean(WarmUpSettings.class))
                        .isEqualTo(new WarmUpSettings(0, Duration.ofMillis(100), Duration.ofHours(1), "incident")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"size=-1", "size=10001", "timeout=99ms", "timeout=301s", "note-every=99ms", "note-every=61m"})
    void stopsStartUpForAValueOutOfRange(String setting) {
        String name = "towline.cache.warm." + setting.substring(0, setting.indexOf('='));
        service.withPropertyValues("towline.cache.warm." + setting)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith(name + " must be between "));
    }

    @Test
    void rejectsAnUnknownKind() {
        WarmUpSettings settings = new WarmUpSettings(1, Duration.ofSeconds(5), Duration.ofSeconds(30), "vehicle");
        assertThatThrownBy(() -> settings.table(List.of(Truck.TABLE, CacheFixture.THINGS)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("towline.cache.warm.entity must be one of thing, truck, not vehicle");
        assertThat(new WarmUpSettings(1, Duration.ofSeconds(5), Duration.ofSeconds(30), "truck")
                        .table(List.of(Truck.TABLE, CacheFixture.THINGS)))
                .isEqualTo(Truck.TABLE);
    }
}
