package dev.towline.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.clients.Bystander.Update;
import dev.towline.local.OnEmbeddedStack;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Real vehicles' positions through the API, by the command that anybody can run: every fix gets its outcome, and nobody else suffers.
 * Where the recorded traces are not, generated ones take their place, and the output says so.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@OnEmbeddedStack
class ReplayScenarios {

    /** DynamoDB Local does one thing at a time, so this is not the service's time; but nobody waits for a replay to end. */
    private static final Duration BYSTANDER_WAITS_AT_MOST = Duration.ofSeconds(10);

    @LocalServerPort
    private int port;

    @Autowired
    private MeterRegistry meters;

    /**
     * Some recorded drives.
     *
     * @param files which, as the command takes it
     * @param traces how many there are at least
     * @param fixes how many are sent at least
     * @param outcomes those that must occur
     */
    record Drives(String files, int traces, int fixes, List<String> outcomes) {

        @Override
        public String toString() {
            return files;
        }
    }

    private static final Drives AUSTIN =
            new Drives("traces_capmetro_austin_2017-03-21*", 300, 40_000, List.of("STORED", "DUPLICATE"));

    private static final List<Drives> MESSY = List.of(
            new Drives("traces_bsm_fortcollins*", 2, 200, List.of("STORED", "LATE")),
            new Drives("traces_twizy_rabat*", 12, 40_000, List.of("STORED")));

    static Stream<Drives> messy() {
        return MESSY.stream();
    }

    @Test
    void aDayOfACityDisturbsNobody() throws InterruptedException {
        try (Bystander bystander = Bystander.start(port, "bystander")) {
            Replay replay = replay(AUSTIN, "austin");
            bystander.finish();

            assertRight(replay, AUSTIN);
            assertThat(bystander.moves()).isNotEmpty().allMatch(move -> move.outcome().equals("STORED"));
            assertThat(bystander.updates()).isEqualTo(expected(bystander));
            assertThat(bystander.delays()).allMatch(delay -> delay.compareTo(BYSTANDER_WAITS_AT_MOST) < 0);
            System.out.printf(
                    "bystander meanwhile: %d moves, p95 %d ms to the answer, %d ms to who watches%n",
                    bystander.moves().size(),
                    Bystander.p95(bystander.moves().stream()
                                    .map(Bystander.Move::took)
                                    .toList())
                            .toMillis(),
                    Bystander.p95(bystander.delays()).toMillis());
        }
    }

    @ParameterizedTest
    @MethodSource("messy")
    void everyFixOfAMessyDriveGetsItsOutcome(Drives drives) {
        Map<String, Integer> before = counted();
        Replay replay = replay(drives, "messy");
        assertRight(replay, drives);
        assertThat(difference(before, counted())).isEqualTo(replay.outcomes());
    }

    private Replay replay(Drives drives, String tenant) {
        Optional<Path> recorded = Replay.recorded();
        if (recorded.isEmpty()) {
            System.out.println("no recorded traces (TOWLINE_TRACES, ../shared/data): generated ones instead");
        }
        List<String> source = recorded.map(folder -> List.of("--traces=" + folder, "--files=" + drives.files))
                .orElse(List.of("--generated"));
        List<String> options = new ArrayList<>(source);
        options.add("--batch=99");
        Replay replay = Replay.run(port, tenant, options);
        System.out.println("replay of " + drives + ": " + replay);
        assertThat(replay.origin()).isEqualTo(recorded.isPresent() ? "real" : "generated");
        return replay;
    }

    private static void assertRight(Replay replay, Drives drives) {
        assertThat(replay.problems()).isEmpty();
        assertThat(replay.isOk()).isTrue();
        assertThat(replay.total("missing")).isZero();
        assertThat(sum(replay.outcomes())).isEqualTo(replay.total("sent"));
        assertThat(replay.total("sent") + replay.total("leftOut") + replay.total("unsendable"))
                .isEqualTo(replay.total("fixes"));
        assertThat(replay.traces()).hasSize(replay.total("traces"));
        if (replay.origin().equals("real")) {
            assertThat(replay.total("traces")).isGreaterThanOrEqualTo(drives.traces);
            assertThat(replay.total("sent")).isGreaterThanOrEqualTo(drives.fixes);
            assertThat(replay.outcomes()).containsKeys(drives.outcomes.toArray(String[]::new));
        }
    }

    /** One update for each move, in their order, between the first state and the end. */
    private static List<Update> expected(Bystander bystander) {
        List<Instant> times =
                bystander.moves().stream().map(Bystander.Move::recordedAt).toList();
        Stream<Update> moves = IntStream.range(0, times.size())
                .mapToObj(i -> new Update("LOCATION", i + 2, new Bystander.Location(times.get(i))));
        Update begin = new Update("SNAPSHOT", 1, null);
        Update end = new Update("ENDED", times.size() + 2, new Bystander.Location(times.getLast()));
        return Stream.of(Stream.of(begin), moves, Stream.of(end))
                .flatMap(part -> part)
                .toList();
    }

    /** What the service itself has counted so far, by outcome. */
    private Map<String, Integer> counted() {
        Map<String, Integer> counted = new TreeMap<>();
        for (Counter counter : meters.find("towline.intake.points").counters()) {
            String outcome = Objects.requireNonNull(counter.getId().getTag("outcome"));
            counted.put(outcome.toUpperCase(Locale.ROOT), (int) counter.count());
        }
        return counted;
    }

    private static Map<String, Integer> difference(Map<String, Integer> before, Map<String, Integer> after) {
        Map<String, Integer> difference = new TreeMap<>();
        after.forEach((outcome, count) -> {
            int more = count - before.getOrDefault(outcome, 0);
            if (more > 0) {
                difference.put(outcome, more);
            }
        });
        return difference;
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
