package dev.towline.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DrainTests {

    @Test
    void hasDefaults() {
        assertThat(settings(Map.of())).isEqualTo(new DrainSettings(Duration.ofSeconds(5), Duration.ofSeconds(10)));
    }

    @ParameterizedTest
    @CsvSource({"delay, -1s", "retry-spread, 0s"})
    void namesTheInvalidSetting(String setting, String value) {
        assertThatThrownBy(() -> settings(Map.of("towline.drain." + setting, value)))
                .rootCause()
                .hasMessageContaining("towline.drain." + setting);
    }

    @Test
    void spreadsTenThousandClientsEvenly() {
        RetryTimes times = new RetryTimes(new Random(1), Duration.ofSeconds(10));

        Map<Long, Long> perSecond = Stream.generate(times::next)
                .limit(10_000)
                .collect(Collectors.groupingBy(Duration::toSeconds, Collectors.counting()));

        perSecond.remove(10L);
        assertThat(perSecond).hasSize(10);
        assertThat(perSecond.values()).allMatch(clients -> clients > 850 && clients < 1150);
    }

    @Test
    void stopsWhenTheLastTransportIsDrained() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<Void> second = new CompletableFuture<>();
        Drain drain = new Drain(List.of(() -> first, () -> second), settings(Map.of()));
        AtomicBoolean stopped = new AtomicBoolean();
        drain.start();

        drain.stop(() -> stopped.set(true));

        first.complete(null);
        assertThat(stopped).isFalse();
        second.completeExceptionally(new IllegalStateException("of a test"));
        assertThat(stopped).isTrue();
    }

    private static DrainSettings settings(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("towline.drain", DrainSettings.class);
    }
}
