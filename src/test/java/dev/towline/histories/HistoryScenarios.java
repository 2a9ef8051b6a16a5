package dev.towline.histories;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
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

    /** With every kind of fault several times, each kind meets some request. */
    private static final Duration LONG = Duration.ofMinutes(2);

    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(5);

    @Test
    void everyPromiseHoldsWhileThingsFail(@TempDir Path folder) {
        long seed = Long.getLong("towline.history.seed", 1);
        Duration time = Duration.ofSeconds(Long.getLong("towline.history.seconds", 1));
        FaultPlan plan = FaultPlan.of(seed, time, INSTANCES);
        History history;
        Map<FaultKind, Integer> changedRequests;
        long daxHits;
        try (FaultyStack stack = FaultyStack.start(folder, plan.clockOffsets())) {
            requireClocks(stack.cluster(), plan.clockOffsets());
            history = HistoryRun.run(seed, plan, stack);
            changedRequests = changedRequests(stack);
            daxHits = stack.dax().hits();
        }
        Path file = Path.of(System.getProperty("towline.project-dir", ""), "target", "histories", seed + ".txt");
        HistoryRun.write(history, file);

        System.out.printf(
                "seed %d: %s, requests to DynamoDB changed %s, items from the cache of DAX %d%n",
                seed, summary(history), changedRequests, daxHits);
        assertThat(Rule.check(history)).as("seed %d, history in %s", seed, file).isEmpty();
        assertThat(fields(history.operations(Operation::isAcknowledgedWrite).toList()))
                .as("every kind of write was acknowledged at least once")
                .hasSize((int)
                        Arrays.stream(Action.values()).filter(Action::isWrite).count());
        assertThat(instancesThatToldLastMoves(history))
                .as("every instance told an open stream of a last move")
                .hasSize(INSTANCES);
        assertThat(history.watches().stream()
                        .flatMap(watch -> watch.updates().stream())
                        .map(Update::kind))
                .contains("SNAPSHOT", "LOCATION", "STATUS", "ENDED");
        if (time.compareTo(LONG) >= 0) {
            assertThat(changedRequests)
                    .allSatisfy((_, changed) -> assertThat(changed).isPositive());
            assertThat(daxHits).as("items from the cache of DAX").isPositive();
            assertThat(StreamsKeepUp.judged(history)).isPositive();
            assertThat(history.watches()).anyMatch(watch -> watch.way().after() != null);
            assertThat(Jumps.in(history).confirmed()).isPositive();
            assertThat(Jumps.in(history).refused()).isPositive();
        }
    }

    /** The time of a write through each instance is that of its clock, which differs from that of this process. */
    private static void requireClocks(Cluster cluster, List<Duration> offsets) {
        Client client = new Client(0, false, new Recorder(), new World());
        for (int i = 0; i < offsets.size(); i++) {
            Request write = Action.REGISTER_VENDOR.on(new World(), new SplittableRandom(i), "clock-" + i);
            Instant expected = Instant.now().plus(offsets.get(i));
            Operation written = client.send(cluster.instances().get(i), write);
            assertThat(Instant.parse(written.target().orElseThrow().fields().getOrDefault("updatedAt", "")))
                    .as("instance %d, whose clock is %s ahead: %s", i, offsets.get(i), written)
                    .isBetween(expected.minusMillis(1), expected.plus(LONGEST_REQUEST));
        }
    }

    private static Map<FaultKind, Integer> changedRequests(FaultyStack stack) {
        return Arrays.stream(FaultKind.values())
                .filter(FaultKind::isOfDynamo)
                .collect(Collectors.toMap(kind -> kind, stack::changedRequests, Integer::sum, TreeMap::new));
    }

    private static List<String> fields(List<Operation> operations) {
        return operations.stream().map(Operation::field).distinct().toList();
    }

    private static List<String> instancesThatToldLastMoves(History history) {
        List<Operation> moves = history.operations(
                        operation -> operation.client() == LastMoves.CLIENT && operation.isAcknowledgedWrite())
                .toList();
        return history.watches().stream()
                .filter(watch -> watch.end() == Watch.End.OPEN)
                .filter(watch -> moves.stream()
                        .anyMatch(move -> watch.session()
                                        .equals(move.arguments().get("sessionId"))
                                && watch.updates().stream()
                                        .anyMatch(update -> update.kind().equals("LOCATION")
                                                && Integer.toString(update.sequence())
                                                        .equals(move.values().get("sequence")))))
                .map(Watch::instance)
                .distinct()
                .toList();
    }

    private static Map<String, Long> summary(History history) {
        Map<String, Long> summary = new TreeMap<>(history.operations().stream()
                .collect(Collectors.groupingBy(
                        operation -> operation.outcome().name().toLowerCase(Locale.ROOT), Collectors.counting())));
        summary.put("entities", (long) history.entities().size());
        history.watches()
                .forEach(watch ->
                        summary.merge("streams " + watch.end().name().toLowerCase(Locale.ROOT), 1L, Long::sum));
        summary.put("streams judged by what they had before they left", StreamsKeepUp.judged(history));
        summary.put(
                "streams resumed",
                history.watches().stream()
                        .filter(watch -> watch.way().after() != null)
                        .count());
        summary.put("jumps confirmed", Jumps.in(history).confirmed());
        summary.put("jumps refused", Jumps.in(history).refused());
        summary.put(
                "updates",
                history.watches().stream()
                        .mapToLong(watch -> watch.updates().size())
                        .sum());
        return summary;
    }
}
