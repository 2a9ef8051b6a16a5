package dev.towline.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.local.Inconclusive;
import dev.towline.local.RecordedTraces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What becomes of real vehicles' fixes, with the default settings: a table per file is in {@code target/recorded-outcomes.md}. One by one or
 * 500 in a call, all have the same outcome.
 */
class RecordedOutcomesTests {

    /** The most that may be rejected, as a share of all fixes of a file. What is not mentioned is clean. */
    private static final Map<String, Double> MOST_REJECTED = Map.of(
            // in a tunnel: it repeats its last position for 33 s, and a second later it is 471 m further
            "barefoot_munich", 1 / 1_194.0,
            // some buses report 0, 0 now and then
            "capmetro_austin_2017-03-21", 0.001,
            "capmetro_austin_2017-04-18", 0.001,
            // in one drive, the clock stands still for some seconds
            "kubicka_world", 1 / 110_042.0,
            // reports an old position for 10 to 20 s while it drives, and then the true one, which the next fix
            // confirms
            "twizy_rabat", 0.025);

    @Test
    void everyFixHasAnOutcomeAndNoneIsLost() throws IOException {
        Optional<Path> folder = RecordedTraces.folder();
        if (folder.isEmpty()) {
            Inconclusive.because("no recorded traces (TOWLINE_TRACES, ../shared/data)");
            return;
        }
        Map<String, OutcomeRow> rows = new TreeMap<>();
        int outOfOrder = 0;
        for (RecordedTrace trace : RecordedTrace.all(folder.get())) {
            Delivery oneByOne = Delivery.of(trace, 1);
            Delivery batched = Delivery.of(trace, 500);

            if (isInOrder(trace)) {
                assertThat(batched.verdicts()).as(trace.id()).isEqualTo(oneByOne.verdicts());
                assertThat(batched.entries()).as(trace.id()).isEqualTo(oneByOne.entries());
                assertThat(batched.session().steps())
                        .as(trace.id())
                        .isEqualTo(oneByOne.session().steps());
            } else {
                outOfOrder++;
                assertThat(batched.count(LocationOutcome.LATE)).as(trace.id()).isZero();
                assertThat(batched.session().currentLocation())
                        .as(trace.id())
                        .extracting(TrackedLocation::recordedAt)
                        .isEqualTo(trace.newest());
                assertSound(trace, batched);
            }
            assertSound(trace, oneByOne);
            rows.computeIfAbsent(trace.file(), OutcomeRow::new).add(oneByOne);
        }

        write(rows);
        assertThat(rows.values())
                .as("trace files")
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.rejectedShare())
                        .as("rejected of %s", row.file())
                        .isLessThanOrEqualTo(MOST_REJECTED.getOrDefault(row.file(), 0.0)));
        assertThat(rows.get("bsm_fortcollins"))
                .as("two cars, delivered newest first, one by one")
                .extracting(row -> row.count(LocationOutcome.STORED), row -> row.count(LocationOutcome.LATE))
                .containsExactly(2, 220);
        assertThat(outOfOrder).as("their traces in calls of 500").isEqualTo(2);
    }

    private static boolean isInOrder(RecordedTrace trace) {
        List<Instant> times =
                trace.fixes().stream().map(LocationInput::recordedAt).toList();
        return times.equals(times.stream().sorted().toList());
    }

    private static void assertSound(RecordedTrace trace, Delivery delivery) {
        List<TailEntry> entries = delivery.entries();
        List<StatusChange> steps = delivery.session().steps();
        List<Integer> numbers = Stream.concat(
                        entries.stream().map(TailEntry::sequence).filter(Objects::nonNull),
                        steps.stream().map(StatusChange::sequence))
                .sorted()
                .toList();
        assertThat(numbers)
                .as("numbers of %s", trace.id())
                .isEqualTo(IntStream.rangeClosed(1, delivery.session().sequence())
                        .boxed()
                        .toList());
        assertThat(delivery.verdicts())
                .as("outcomes of %s", trace.id())
                .hasSameSizeAs(trace.fixes())
                .allMatch(verdict -> (verdict.reason() != null) == (verdict.outcome() == LocationOutcome.REJECTED));
        assertThat(Tail.locations(entries))
                .as("positions of %s", trace.id())
                .noneMatch(location -> location.latitude() == 0);
        assertThat(entries.stream().filter(entry -> entry.sequence() != null))
                .as("numbered fixes of %s", trace.id())
                .isSortedAccordingTo(Comparator.comparing(TailEntry::recordedAt));
        assertThat(steps.stream().map(StatusChange::status))
                .as("steps of %s", trace.id())
                .doesNotHaveDuplicates()
                .isSorted();
        assertNothingIsLost(trace, entries);
    }

    /** These vehicles made no error that looks like a jump, so each fix with a position is accepted in the end, exactly once. */
    private static void assertNothingIsLost(RecordedTrace trace, List<TailEntry> entries) {
        Set<Instant> recorded = new HashSet<>();
        for (LocationInput fix : trace.fixes()) {
            if (fix.latitude() != 0) {
                recorded.add(fix.recordedAt());
            }
        }
        List<Instant> accepted = entries.stream().map(TailEntry::recordedAt).toList();
        assertThat(new HashSet<>(accepted)).as("times of %s", trace.id()).isEqualTo(recorded);
        assertThat(accepted).as("times of %s", trace.id()).hasSameSizeAs(recorded);
    }

    private static void write(Map<String, OutcomeRow> rows) throws IOException {
        StringBuilder table = new StringBuilder(OutcomeRow.HEAD);
        rows.values().forEach(table::append);
        System.out.print(table);
        Path target = Path.of(System.getProperty("towline.project-dir", ""), "target");
        Files.createDirectories(target);
        Files.writeString(target.resolve("recorded-outcomes.md"), table);
    }
}
