package dev.towline.tracking;

import static dev.towline.tracking.Drives.at;
import static dev.towline.tracking.Drives.begun;
import static dev.towline.tracking.Drives.fix;
import static dev.towline.tracking.Drives.judge;
import static dev.towline.tracking.Drives.moved;
import static dev.towline.tracking.Drives.numbered;
import static dev.towline.tracking.TrackingUpdateKind.ENDED;
import static dev.towline.tracking.TrackingUpdateKind.LOCATION;
import static dev.towline.tracking.TrackingUpdateKind.SNAPSHOT;
import static dev.towline.tracking.TrackingUpdateKind.STATUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrackingUpdatesTests {

    private final TrackedLocation second = numbered(2, 10);
    private final TrackedLocation fourth = numbered(4, 30);
    private final TrackedLocation fifth = numbered(5, 40);

    /** 1 ASSIGNED, 2 moved, 3 EN_ROUTE, 4 and 5 moved. */
    private final TrackingSession moving =
            moved(moved(begun(), second).in(SessionStatus.EN_ROUTE, at(20)), fourth, fifth);

    /** …, 6 COMPLETED. */
    private final TrackingSession ended = moving.in(SessionStatus.COMPLETED, at(50));

    @Test
    void theSnapshotOfANewSessionHasItsState() {
        TrackingSession begun = begun();
        assertThat(Drives.updates(begun).snapshot())
                .containsExactly(new TrackingUpdate(
                        begun, Drives.EPOCH, SNAPSHOT, 1, 1, at(0), null, null, SessionStatus.ASSIGNED));
    }

    @Test
    void theSnapshotHasTheTimeOfTheLastChange() {
        assertThat(Drives.updates(moving).snapshot())
                .extracting(
                        TrackingUpdate::kind,
                        TrackingUpdate::sequence,
                        TrackingUpdate::status,
                        TrackingUpdate::location,
                        TrackingUpdate::at)
                .containsExactly(tuple(SNAPSHOT, 5, SessionStatus.EN_ROUTE, fifth, at(41)));
    }

    @Test
    void theSnapshotOfAnEndedSessionHasItsEnd() {
        assertThat(Drives.updates(ended).snapshot())
                .extracting(
                        TrackingUpdate::kind,
                        TrackingUpdate::sequence,
                        TrackingUpdate::status,
                        TrackingUpdate::location,
                        TrackingUpdate::at,
                        TrackingUpdate::last)
                .containsExactly(
                        tuple(SNAPSHOT, 6, SessionStatus.COMPLETED, fifth, at(50), false),
                        tuple(ENDED, 6, SessionStatus.COMPLETED, fifth, at(50), true));
    }

    @Test
    void publishesEveryChangeAsOfItsSequence() {
        assertThat(Drives.updates(ended).since(0, fixes(second, fourth, fifth)))
                .extracting(
                        TrackingUpdate::sequence,
                        TrackingUpdate::kind,
                        TrackingUpdate::status,
                        TrackingUpdate::location,
                        TrackingUpdate::at)
                .containsExactly(
                        tuple(1, STATUS, SessionStatus.ASSIGNED, null, at(0)),
                        tuple(2, LOCATION, SessionStatus.ASSIGNED, second, at(11)),
                        tuple(3, STATUS, SessionStatus.EN_ROUTE, second, at(20)),
                        tuple(4, LOCATION, SessionStatus.EN_ROUTE, fourth, at(31)),
                        tuple(5, LOCATION, SessionStatus.EN_ROUTE, fifth, at(41)),
                        tuple(6, ENDED, SessionStatus.COMPLETED, fifth, at(50)));
    }

    @Test
    void tellsNoMoreThanItWasAskedFor() {
        assertThat(Drives.updates(ended).since(4, fixes(second, fourth, fifth)))
                .extracting(TrackingUpdate::sequence)
                .containsExactly(5, 6);
        assertThat(Drives.updates(ended).since(6, fixes(fifth))).isEmpty();
    }

    @Test
    void takesTheLocationOfAStepFromTheOneBefore() {
        assertThat(Drives.updates(ended)
                        .since(2, fixes(second, fourth, fifth))
                        .getFirst()
                        .location())
                .isEqualTo(second);
    }

    @Test
    void aWriteTellsWhatItChanged() {
        assertThat(Drives.updates(moving).ofWrite(List.of()))
                .extracting(TrackingUpdate::sequence)
                .containsExactly(4, 5);
        assertThat(Drives.updates(ended).ofWrite(List.of()))
                .extracting(TrackingUpdate::kind)
                .containsExactly(ENDED);
    }

    /** A stream that missed the write before it learns of it then. */
    @Test
    void aWriteThatGaveNoNumberTellsTheLastUpdate() {
        TrackingSession late = judge(moving, fix(25)).session();
        assertThat(late.version()).isGreaterThan(moving.version());
        assertThat(late.numbersGiven()).isZero();

        assertThat(Drives.updates(late).ofWrite(List.of()))
                .extracting(TrackingUpdate::sequence)
                .containsExactly(moving.sequence());
    }

    @Test
    void aWriteTellsWhatMovedToTheTrailWithIt() {
        Tail.Split split = moving.tail().keeping(0);
        TrackingSession rest = moving.with(split.rest());

        assertThat(Drives.updates(rest).ofWrite(split.moved()))
                .extracting(TrackingUpdate::sequence, TrackingUpdate::first)
                .containsExactly(tuple(4, 4), tuple(5, 5));
        assertThat(Drives.updates(rest).ofWrite(List.of()))
                .as("another instance knows the last one only")
                .extracting(TrackingUpdate::sequence, TrackingUpdate::first)
                .containsExactly(tuple(5, 5));
    }

    @Test
    void theNextUpdateAccountsForLiveOnlyFixes() {
        TrackingSession session =
                judge(begun(), fix(1), fix(2), still(3), still(4), fix(5)).session();

        assertThat(Drives.updates(session).between(0, 99))
                .extracting(TrackingUpdate::sequence, TrackingUpdate::first)
                .containsExactly(tuple(1, 1), tuple(2, 2), tuple(3, 3), tuple(6, 4));
    }

    @Test
    void theCurrentLocationIsToldEvenIfItIsLiveOnly() {
        TrackingSession session =
                judge(begun(), fix(1), fix(2), still(3), still(4)).session();

        assertThat(Drives.updates(session).ofWrite(List.of()))
                .extracting(TrackingUpdate::sequence, TrackingUpdate::first, TrackingUpdate::location)
                .contains(tuple(5, 4, session.currentLocation()));
    }

    private static NumberedFixes fixes(TrackedLocation... fixes) {
        return new NumberedFixes(List.of(fixes), true);
    }

    /** Where the vehicle was at a step is unknown if the fix before it is. */
    @Test
    void nothingIsToldFromBeforeTheFirstKnownFixOfALongTrail() {
        Tail.Split split = ended.tail().keeping(1);
        TrackingSession rest = ended.with(split.rest());

        assertThat(Drives.updates(rest).between(0, 99))
                .extracting(TrackingUpdate::sequence, TrackingUpdate::first)
                .containsExactly(tuple(4, 4), tuple(5, 5), tuple(6, 6));
    }

    private static LocationInput still(double seconds) {
        return fix(seconds, 30.0002, -97, 0.0);
    }

    @Test
    void hasNoUseForALateLocation() {
        TrackedLocation late = Drives.location(5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Drives.updates(moving).since(0, fixes(second, late)));
    }
}
