package dev.towline.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.clients.Bystander.Update;
import dev.towline.local.Inconclusive;
import dev.towline.local.RecordedTraces;
import dev.towline.local.RunsTowline;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Real vehicles' positions through the API, by the command that anybody can run: every fix gets its outcome, and nobody else suffers.
 * Where the recorded traces are not, generated ones take their place, and for the recorded ones this is {@link Inconclusive}.
 */
@RunsTowline
class ReplayScenarios {

    /** DynamoDB Local does one thing at a time, so this is not the service's time; but nobody waits for a replay to end. */
    private static final Duration BYSTANDER_WAITS_AT_MOST = Duration.ofSeconds(10);

    @LocalServerPort
    private int port;

    @Autowired
    private MeterRegistry meters;

    /**
     * Some drives.
     *
     * @param options which, as the command takes it
     * @param traces how many there are at least
     * @param sent how many fixes at least
     * @param outcomes those that occur
     */
    record Drives(String name, List<String> options, int traces, int sent, Set<String> outcomes) {

        @Override
        public String toString() {
            return name;
        }
    }

    /** Of each vehicle the end of its day: the whole takes as long as DynamoDB Local does, which is minutes on a busy machine. */
    private static final Drives CITY = new Drives(
            "one day of Austin's buses, the newest 30 fixes of each",
            List.of("--day-only", "--newest=30"),
            300,
            9_000,
            Set.of("STORED", "LIVE_ONLY", "REJECTED"));

    private static final Drives BACKWARDS = new Drives(
            "10 Hz, newest first",
            List.of("--files=bsm_fortcollins", "--batch=50"),
            2,
            200,
            Set.of("STORED", "LIVE_ONLY", "LATE"));

    private static final Drives BROKEN = new Drives(
            "Rabat, the drive with latitudes that are zero",
            List.of("--files=twizy_rabat", "--trace=T1_06_30_2021_2", "--newest=3000"),
            1,
            3_000,
            Set.of("STORED", "LIVE_ONLY", "REJECTED"));

    private static final Drives GENERATED = new Drives(
            "generated",
            List.of("--generated", "--batch=8"),
            28,
            3_000,
            Set.of("STORED", "LIVE_ONLY", "LATE", "DUPLICATE", "REJECTED"));

    static Stream<Drives> messy() {
        return RecordedTraces.folder().isPresent() ? Stream.of(BACKWARDS, BROKEN, GENERATED) : Stream.of(GENERATED);
    }

    @BeforeAll
    static void sayWhatIsGenerated() {
        if (RecordedTraces.folder().isEmpty()) {
            Inconclusive.because("no recorded traces (TOWLINE_TRACES, ../shared/data): generated ones instead");
        }
    }

    @Test
    void aDayOfACityDisturbsNobody() throws InterruptedException {
        try (Bystander bystander = Bystander.start(port, "bystander")) {
            Drives drives = RecordedTraces.folder().isPresent() ? CITY : GENERATED;
            Replay replay = replay(drives);
            bystander.finish();

            assertRight(replay, drives);
            assertThat(bystander.moves())
                    .isNotEmpty()
                    .allMatch(move -> move.outcome().equals("STORED"));
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
        CountedFixes counted = new CountedFixes(meters);
        Replay replay = replay(drives);
        assertRight(replay, drives);
        assertThat(counted.since()).isEqualTo(replay.outcomes());
    }

    private Replay replay(Drives drives) {
        Replay replay = Replay.run(port, "replay", drives.options);
        System.out.println("replay of " + drives + ": " + replay);
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
        assertThat(replay.origin()).isEqualTo(drives.equals(GENERATED) ? "generated" : "real");
        assertThat(replay.total("traces")).isGreaterThanOrEqualTo(drives.traces);
        assertThat(replay.total("sent")).isGreaterThanOrEqualTo(drives.sent);
        assertThat(replay.outcomes().keySet()).isEqualTo(drives.outcomes);
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

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
