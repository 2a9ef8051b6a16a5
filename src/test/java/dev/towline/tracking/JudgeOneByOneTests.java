package dev.towline.tracking;

import static dev.towline.tracking.Drives.START;
import static dev.towline.tracking.Drives.at;
import static dev.towline.tracking.Drives.begun;
import static dev.towline.tracking.Drives.fix;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.tracking.Judgement.Verdict;
import java.time.Instant;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fixes in one call have the same outcomes as fixes in separate calls in the order of their recorded times. */
class JudgeOneByOneTests {

    private static final Instant NOW = at(600);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void isTheSameAtOnceAndOneByOne(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            TrackingSession session = begun();
            List<LocationInput> fixes =
                    Stream.generate(() -> any(random)).limit(random.nextInt(40)).toList();

            Judgement atOnce = judge(session, fixes);

            IdentityHashMap<LocationInput, Verdict> verdicts = new IdentityHashMap<>();
            TrackingSession after = session;
            for (LocationInput each : fixes.stream()
                    .sorted(Comparator.comparing(LocationInput::recordedAt))
                    .toList()) {
                Judgement one = judge(after, List.of(each));
                verdicts.put(each, one.verdicts().getFirst());
                after = one.session();
            }
            assertThat(atOnce.verdicts())
                    .isEqualTo(fixes.stream().map(verdicts::get).toList());
            assertThat(atOnce.session().tail()).isEqualTo(after.tail());
            assertThat(atOnce.session().motion()).isEqualTo(after.motion());
            assertThat(atOnce.session().steps()).isEqualTo(after.steps());
            assertThat(atOnce.session().sequence()).isEqualTo(after.sequence());
            assertThat(atOnce.session().currentLocation()).isEqualTo(after.currentLocation());
            assertSound(atOnce);
        }
    }

    private static Judgement judge(TrackingSession session, List<LocationInput> fixes) {
        return new Judge(session, List.of(), Drives.settings(true), Drives.ETAS, NOW).judge(fixes);
    }

    /** Whatever came: numbers without gaps that grow with time, the newest is the current one, each time is kept once. */
    private static void assertSound(Judgement judgement) {
        TrackingSession session = judgement.session();
        List<TailEntry> entries = session.tail().entries();
        List<TailEntry> numbered =
                entries.stream().filter(entry -> entry.sequence() != null).toList();
        assertThat(numbered).isSortedAccordingTo(Comparator.comparing(TailEntry::recordedAt));
        assertThat(Stream.concat(
                        numbered.stream().map(TailEntry::sequence),
                        session.steps().stream().map(StatusChange::sequence)))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, session.sequence()).boxed().toList());
        assertThat(entries)
                .extracting(TailEntry::recordedAt)
                .doesNotHaveDuplicates()
                .allSatisfy(time -> assertThat(time)
                        .isBeforeOrEqualTo(Objects.requireNonNull(session.currentLocation())
                                .recordedAt())
                        .isAfterOrEqualTo(START.minusSeconds(900)));
    }

    private static LocationInput any(Random random) {
        double seconds = random.nextInt(60) / 2.0;
        return switch (random.nextInt(13)) {
            case 0 -> fix(random.nextInt(600), 90.5, 0, null);
            case 1 -> fix(random.nextInt(661, 2_000));
            case 2 -> fix(random.nextInt(-2_000, -900));
            case 3 -> fix(seconds, 31 + random.nextInt(3), -97, null);
            case 4, 5 -> fix(seconds, 30, -97, 0.0);
            case 6 -> fix(seconds, Drives.SCENE.latitude(), Drives.SCENE.longitude(), 0.0);
            case 7 -> Drives.north(seconds, random.nextInt(200), random.nextDouble() * 400);
            default -> fix(seconds);
        };
    }
}
