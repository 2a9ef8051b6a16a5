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

    private static final double MOST_OF_A_START_WITHOUT = 0.7;
    private static final double MOST_RESIDENT_MIB = 350;
    private static final int SECONDS = 10;

    @Test
    void aTrainedStartIsQuickAndSmallAndItsFirstRequestsAreCheaper() {
        ProductionImage image = QuickJar.image();
        Map<String, String> settings = new HashMap<>(SharedStack.freshProperties());
        try (MeasuredStart cold =
                        MeasuredStart.of(ProductionImage.REPLACEABLE, image.programWithoutCache(), settings)) {
            List<String> sessions = StartMeasurement.sessions(cold.service());
            double coldMicros = MeasuredStart.micros(cold.load(sessions, SECONDS));
            cold.close();

            // ends at once where the JVM refuses the cache
            List<String> withCache = StartMeasurement.onlyWithCache(image, List.of());
            try (MeasuredStart trained = MeasuredStart.of(ProductionImage.REPLACEABLE, withCache, settings)) {
                double resident = trained.residentMib();
                double micros = MeasuredStart.micros(trained.load(sessions, SECONDS));

                System.out.printf(
                        "with the cache ready after %d ms (%d ms of CPU), %.0f MiB, %.0f µs a query; without %d ms (%d ms of CPU), %.0f µs%n",
                        trained.ready().toMillis(),
                        trained.cpu().toMillis(),
                        resident,
                        micros,
                        cold.ready().toMillis(),
                        cold.cpu().toMillis(),
                        coldMicros);
                assertThat((double) trained.ready().toMillis())
                        .as("ms until it is ready")
                        .isLessThan(MOST_OF_A_START_WITHOUT * cold.ready().toMillis());
                assertThat(resident).as("MiB").isLessThan(MOST_RESIDENT_MIB);
                assertThat(micros).as("µs of CPU for a query in the first seconds").isLessThan(coldMicros);
            }
        }
    }
}
