package dev.towline.tracking;

import static dev.towline.tracking.Drives.START;
import static dev.towline.tracking.Drives.at;
import static dev.towline.tracking.Drives.begun;
import static dev.towline.tracking.Drives.fix;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.tracking.Judgement.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fixes in one call have the same outcomes as fixes in separate calls. */
class JudgementOneByOneTests {

    private static final Instant NOW = at(600);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void isTheSameAtOnceAndOneByOne(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            TrackingSession session = begun();
            List<LocationInput> fixes =
                    Stream.generate(() -> any(random)).limit(random.nextInt(40)).toList();

            Judgement atOnce = Judgement.of(session, Set.of(), Drives.SETTINGS, NOW, fixes);

            List<Verdict> verdicts = new ArrayList<>();
            List<TrackedLocation> kept = new ArrayList<>();
            Set<Instant> known = new HashSet<>();
            TrackingSession after = session;
            for (LocationInput each : fixes) {
                Judgement one = Judgement.of(after, known, Drives.SETTINGS, NOW, List.of(each));
                verdicts.addAll(one.verdicts());
                kept.addAll(one.accepted());
                one.accepted().forEach(location -> known.add(location.recordedAt()));
                after = one.session();
            }
            assertThat(atOnce.verdicts()).isEqualTo(verdicts);
            assertThat(atOnce.accepted()).isEqualTo(kept);
            assertThat(atOnce.session().sequence()).isEqualTo(after.sequence());
            assertThat(atOnce.session().currentLocation()).isEqualTo(after.currentLocation());
            assertSound(atOnce);
        }
    }

    /** Whatever came: numbers without gaps that grow with time, the newest is the current one, each time is kept once. */
    private static void assertSound(Judgement judgement) {
        List<TrackedLocation> numbered = judgement.accepted().stream()
                .filter(location -> location.sequence() != null)
                .toList();
        assertThat(numbered).isSortedAccordingTo(Comparator.comparing(TrackedLocation::recordedAt));
        for (int i = 0; i < numbered.size(); i++) {
            assertThat(numbered.get(i).sequence()).isEqualTo(i + 2);
        }
        assertThat(judgement.accepted())
                .extracting(TrackedLocation::recordedAt)
                .doesNotHaveDuplicates()
                .allSatisfy(time -> assertThat(time)
                        .isBeforeOrEqualTo(
                                Objects.requireNonNull(judgement.session().currentLocation())
                                        .recordedAt())
                        .isAfterOrEqualTo(START.minusSeconds(900)));
    }

    private static LocationInput any(Random random) {
        return switch (random.nextInt(10)) {
            case 0 -> fix(random.nextInt(600), 90.5, 0, null);
            case 1 -> fix(random.nextInt(661, 2_000));
            case 2 -> fix(random.nextInt(-2_000, -900));
            default -> fix(random.nextInt(30));
        };
    }
}
