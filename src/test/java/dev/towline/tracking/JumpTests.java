package dev.towline.tracking;

import static dev.towline.tracking.Drives.at;
import static dev.towline.tracking.Drives.begun;
import static dev.towline.tracking.Drives.fix;
import static dev.towline.tracking.Drives.judge;
import static dev.towline.tracking.Drives.north;
import static dev.towline.tracking.LocationOutcome.DUPLICATE;
import static dev.towline.tracking.LocationOutcome.LATE;
import static dev.towline.tracking.LocationOutcome.LIVE_ONLY;
import static dev.towline.tracking.LocationOutcome.REJECTED;
import static dev.towline.tracking.LocationOutcome.STORED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.towline.tracking.Judgement.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fixes that the vehicle cannot have reached, until another one agrees. */
class JumpTests {

    private final TrackingSession moved = judge(begun(), fix(1)).session();

    @Test
    void isRejectedAndKeptAsPending() {
        Judgement judgement = judge(moved, away(2));

        assertThat(judgement.verdicts())
                .containsExactly(Verdict.rejected("The vehicle cannot have reached this position at that time."));
        TrackingSession after = judgement.session();
        assertThat(pendingSince(after)).isEqualTo(at(2));
        assertThat(after.version()).as("it is written").isEqualTo(moved.version() + 1);
        assertThat(after.numbersGiven()).isZero();
        assertThat(after.sequence()).isEqualTo(moved.sequence());
        assertThat(after.currentLocation()).isEqualTo(moved.currentLocation());
        assertThat(after.tail()).isEqualTo(moved.tail());
    }

    @Test
    void isStoredWithTheFixThatConfirmsIt() {
        TrackingSession pending = judge(moved, away(2)).session();
        Judgement judgement = judge(pending, away(3), away(4));

        assertThat(judgement.verdicts()).containsExactly(new Verdict(STORED, 3, null), new Verdict(STORED, 4, null));
        TrackingSession after = judgement.session();
        assertThat(pendingSince(after)).isNull();
        assertThat(after.tail().locations())
                .extracting(TrackedLocation::recordedAt, TrackedLocation::sequence)
                .containsExactly(tuple(at(1), 2), tuple(at(3), 3), tuple(at(2), null), tuple(at(4), 4));
        assertThat(outcomes(judge(after, away(2)))).containsExactly(DUPLICATE);
    }

    @Test
    void isForgottenWithTheFixThatRefutesIt() {
        Judgement judgement = judge(moved, away(2), fix(3), away(4));

        assertThat(outcomes(judgement)).containsExactly(REJECTED, STORED, REJECTED);
        assertThat(times(judgement.session())).containsExactly(at(1), at(3));
        assertThat(pendingSince(judgement.session())).isEqualTo(at(4));
        assertThat(outcomes(judge(judgement.session(), fix(2))))
                .as("its time is free")
                .containsExactly(LATE);
    }

    /** A vehicle that has been underway for another second may have reached either. */
    @ParameterizedTest
    @CsvSource({"192, true", "91, true", "90, false", "0, false", "-20, false"})
    void isConfirmedByAReachableFixThatIsNearerToItThanToTheLastOne(double meters, boolean isConfirmed) {
        Judgement judgement = judge(begun(), north(0, 0, null), north(1, 181, null), north(2.5, meters, null));

        assertThat(outcomes(judgement).subList(0, 2)).containsExactly(STORED, REJECTED);
        assertThat(outcomes(judgement).getLast()).isNotEqualTo(REJECTED);
        assertThat(times(judgement.session()).contains(at(1))).isEqualTo(isConfirmed);
        assertThat(pendingSince(judgement.session())).isNull();
    }

    @Test
    void isReplacedByAnotherThatDoesNotAgree() {
        Judgement judgement = judge(moved, away(2), fix(3, 10, 10, null), fix(4, 10.0001, 10, null));

        assertThat(outcomes(judgement)).containsExactly(REJECTED, REJECTED, STORED);
        assertThat(times(judgement.session())).containsExactly(at(1), at(4), at(3));
    }

    @Test
    void isNotConfirmedByItself() {
        TrackingSession pending = judge(moved, away(2)).session();
        Judgement again = judge(pending, away(2), fix(2, 10, 10, null));

        assertThat(outcomes(again)).containsExactly(REJECTED, REJECTED);
        assertThat(again.session()).as("nothing is to be written").isSameAs(pending);
    }

    @Test
    void isNotConfirmedByAnOlderFix() {
        TrackingSession pending = judge(moved, away(4)).session();
        Judgement older = judge(pending, away(3));
        Judgement newer = judge(older.session(), away(5));

        assertThat(outcomes(older)).containsExactly(REJECTED);
        assertThat(outcomes(newer)).containsExactly(STORED);
        assertThat(times(newer.session())).containsExactly(at(1), at(5), at(3));
    }

    @Test
    void aBufferFromElsewhereIsTakenWholeInWhateverOrderItComes() {
        Judgement judgement = judge(moved, away(5), away(4), away(3), away(2));

        assertThat(outcomes(judgement)).containsExactly(STORED, STORED, STORED, REJECTED);
        assertThat(times(judgement.session())).containsExactly(at(1), at(3), at(2), at(4), at(5));
    }

    @Test
    void theFixThatConfirmsHasAPlaceInTheTrailHoweverSoonItComes() {
        Judgement judgement = judge(moved, away(1.2), away(1.4), away(2.4));
        Judgement late = judge(judgement.session(), away(1.3));

        assertThat(outcomes(judgement)).containsExactly(REJECTED, STORED, STORED);
        assertThat(outcomes(late)).as("it is where the fixes beside it are").containsExactly(LATE);
    }

    /** A phone may report an old position before it has found the true one. */
    @Test
    void theMovementDoesNotBeginWhereTheVehicleNeverWas() {
        TrackingSession wrong = follow(begun(), north(0, 100_000, 5.0));
        TrackingSession parked = follow(wrong, north(10, 9_000, 5.0), north(11, 9_000, 5.0), north(12, 9_001, 5.0));

        assertThat(parked.status()).isEqualTo(SessionStatus.ASSIGNED);
        assertThat(Objects.requireNonNull(parked.motion().pace()).metersPerSecond())
                .as("the way from the wrong position is not driven")
                .isLessThan(15);
        assertThat(follow(parked, north(30, 8_800, 5.0)).status()).isEqualTo(SessionStatus.EN_ROUTE);
    }

    private static TrackingSession follow(TrackingSession session, LocationInput... fixes) {
        return new Judge(session, List.of(), Drives.settings(true), Drives.ETAS, at(600))
                .judge(List.of(fixes))
                .session();
    }

    @Test
    void waitsWhileTheDeviceHasNoPosition() {
        assertThat(outcomes(judge(moved, away(2), fix(3, 0, 0, null), away(4))))
                .containsExactly(REJECTED, REJECTED, STORED);
    }

    /** At 70 m/s, beyond accuracies that together count 100 to 500 m. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "1, 169.8, -,    STORED",
                "1, 170.2, -,    REJECTED",
                "1, 170.2, 50,   REJECTED",
                "1, 229.8, 80,   STORED",
                "1, 230.2, 80,   REJECTED",
                "1, 569.8, 5000, STORED",
                "1, 570.2, 5000, REJECTED",
                "3, 309.8, -,    STORED",
                "3, 310.2, -,    REJECTED"
            })
    void dependsOnSpeedAndAccuracy(
            double seconds, double meters, @Nullable Double accuracyMeters, LocationOutcome outcome) {
        assertThat(outcomes(judge(begun(), north(0, 0, accuracyMeters), north(seconds, meters, accuracyMeters))))
                .containsExactly(STORED, outcome);
    }

    /** The next fix confirms at once where it really is, and nothing is lost. Recorded in Rabat: 1 Hz, but a new position every 10 to 20 s. */
    @Test
    void aPositionThatFrozeAndJumpsIsOnlyOneFixLate() {
        Judgement judgement = judge(
                begun(),
                north(0, 0, null),
                north(6, 0, null),
                north(12, 0, null),
                north(13, 250, null),
                north(14, 250, null),
                north(15, 250, null));

        assertThat(outcomes(judgement)).containsExactly(STORED, LIVE_ONLY, LIVE_ONLY, REJECTED, STORED, LIVE_ONLY);
        assertThat(times(judgement.session())).containsExactly(at(0), at(14), at(13));
    }

    @ParameterizedTest
    @CsvSource({
        "20, 0,    LATE",
        "20, 1400, LATE",
        "20, 1600, REJECTED",
        "38, 1000, LATE",
        "38, 1400, REJECTED",
        "2,  1000, REJECTED"
    })
    void aLateFixFitsBetweenItsNeighbours(double seconds, double meters, LocationOutcome outcome) {
        TrackingSession there =
                judge(begun(), north(0, 0, null), north(40, 1_000, null)).session();
        Judgement judgement = judge(there, north(seconds, meters, null));

        assertThat(outcomes(judgement)).containsExactly(outcome);
        assertThat(pendingSince(judgement.session()))
                .as("only the way ahead can be pending")
                .isNull();
        assertThat(judgement.session().currentLocation()).isEqualTo(there.currentLocation());
    }

    @Test
    void aLateFixFitsToNeighboursThatMovedToTheTrail() {
        TrackingSession there = judge(begun(), north(40, 1_000, null)).session();
        List<TailEntry> around = List.of(new TailEntry.Stored(TrackedLocation.of(north(19, 0, null), at(600))));

        assertThat(outcomes(judge(there, around, north(20, 1_000, null), north(20, 100, null))))
                .containsExactly(REJECTED, LATE);
    }

    /** A fix about 111 km from those of {@link Drives#fix}, on a parallel way. */
    private static LocationInput away(double seconds) {
        return fix(seconds, 31 + seconds / 10_000, -97, 12.5);
    }

    private static @Nullable Instant pendingSince(TrackingSession session) {
        TrackedLocation pending = session.motion().pending();
        return pending == null ? null : pending.recordedAt();
    }

    private static List<Instant> times(TrackingSession session) {
        return session.tail().locations().stream()
                .map(TrackedLocation::recordedAt)
                .toList();
    }

    private static List<LocationOutcome> outcomes(Judgement judgement) {
        return judgement.verdicts().stream().map(Verdict::outcome).toList();
    }
}
