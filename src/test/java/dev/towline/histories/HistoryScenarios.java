package dev.towline.histories;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No promise is broken while instances, Redis and DynamoDB fail. About a minute, from a fixed seed;
 * {@code -Dtowline.history.seconds=600} takes ten, {@code -Dtowline.history.seed=7} another seed. The history is written to
 * {@code target/histories}.
 */
class HistoryScenarios {

    private static final int INSTANCES = 3;

    @Test
    void everyPromiseHoldsWhileThingsFail(@TempDir Path folder) {
        long seed = Long.getLong("towline.history.seed", 1);
        Duration time = Duration.ofSeconds(Long.getLong("towline.history.seconds", 1));
        FaultPlan plan = FaultPlan.of(seed, time, INSTANCES);
        History history;
        try (FaultyStack stack = FaultyStack.start(folder, plan.clockOffsets())) {
            history = HistoryRun.run(seed, plan, stack);
        }
        Path file = Path.of(System.getProperty("towline.project-dir", ""), "target", "histories", seed + ".txt");
        HistoryRun.write(history, file);

        System.out.printf("seed %d: %s%n", seed, summary(history));
        assertThat(Rule.check(history)).as("seed %d, history in %s", seed, file).isEmpty();
        assertThat(history.operations(Operation::isAcknowledgedWrite)
                        .map(Operation::field)
                        .distinct())
                .as("every kind of write was acknowledged at least once")
                .hasSize((int) List.of(Action.values()).stream()
                        .filter(Action::isWrite)
                        .count());
        assertThat(history.watches().stream()
                        .flatMap(watch -> watch.updates().stream())
                        .map(Update::kind))
                .contains("SNAPSHOT", "LOCATION", "STATUS", "ENDED");
    }

    private static Map<String, Long> summary(History history) {
        Map<String, Long> summary = new TreeMap<>(history.operations().stream()
                .collect(Collectors.groupingBy(
                        operation -> operation.outcome().name().toLowerCase(Locale.ROOT), Collectors.counting())));
        summary.put("entities", (long) history.entities().size());
        summary.put("watches", (long) history.watches().size());
        summary.put(
                "updates",
                history.watches().stream()
                        .mapToLong(watch -> watch.updates().size())
                        .sum());
        return summary;
    }
}
