package dev.towline.scenarios.instances;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.local.Measured;
import dev.towline.local.SharedStack;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the AOT cache of the container is good for. {@link StartMeasurement} prints the figures of longer runs. */
@Measured
class StartScenarios {

    private static final double MOST_TO_UNTRAINED = 1.3;

    private static final double MOST_OF_A_START_WITHOUT = 0.7;
    private static final double MOST_RESIDENT_MIB = 350;
    private static final int SECONDS = 10;

    @Test
    void aTrainedStartIsQuickAndSmallAndItsFirstRequestsAreCheaper() {
        ProductionImage image = QuickJar.image();
        Map<String, String> settings = new HashMap<>(SharedStack.freshProperties());
        List<String> sessions = StartMeasurement.sessions(settings);
        double withoutCacheMillis;
        try (MeasuredStart start =
                MeasuredStart.of(ProductionImage.REPLACEABLE, image.programWithoutCache(), settings)) {
            withoutCacheMillis = start.ready().toMillis();
        }
        Figures untrained = start(image, StartMeasurement.WITHOUT_PROFILES, settings, sessions);
        Figures trained = start(image, List.of(), settings, sessions);

        System.out.printf(
                "without the cache ready after %.0f ms, without profiles %s, with all %s%n",
                withoutCacheMillis, untrained, trained);
        assertThat(trained.readyMillis())
                .as("ms until it is ready")
                .isLessThan(MOST_OF_A_START_WITHOUT * withoutCacheMillis);
        assertThat(trained.residentMib()).as("MiB").isLessThan(MOST_RESIDENT_MIB);
        assertThat(trained.queryMicros())
                .as("µs of CPU for a query in the first seconds")
                // both are warm after a few hundred answers from memory: what the profiles save is the time until it is
                // ready
                .isLessThan(MOST_TO_UNTRAINED * untrained.queryMicros());
    }

    /** What a start cost, and a query in the seconds after it. */
    private record Figures(double readyMillis, double cpuMillis, double residentMib, double queryMicros) {}

    /** Fails where the JVM refuses the cache. */
    private static Figures start(
            ProductionImage image, List<String> more, Map<String, String> settings, List<String> sessions) {
        List<String> program = StartMeasurement.onlyWithCache(image, more);
        try (MeasuredStart start = MeasuredStart.of(ProductionImage.REPLACEABLE, program, settings)) {
            return new Figures(
                    start.ready().toMillis(),
                    start.cpu().toMillis(),
                    start.residentMib(),
                    MeasuredStart.micros(start.load(sessions, SECONDS)));
        }
    }
}
