package dev.towline.tracking;

import static dev.towline.tracking.Drives.at;
import static dev.towline.tracking.Drives.begun;
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
            begun().at(second, 2, at(11)).in(SessionStatus.EN_ROUTE, at(20)).at(fifth, 5, at(41));

    /** …, 6 COMPLETED. */
    private final TrackingSession ended = moving.in(SessionStatus.COMPLETED, at(50));

    @Test
    void theSnapshotOfANewSessionHasItsState() {
        assertThat(TrackingUpdates.snapshot(begun()))
                .containsExactly(new TrackingUpdate(
                        begun().key(), SNAPSHOT, 1, at(0), null, null, Drives.SCENE, SessionStatus.ASSIGNED));
    }

    @Test
    void theSnapshotHasTheTimeOfTheLastChange() {
        assertThat(TrackingUpdates.snapshot(moving))
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
        assertThat(TrackingUpdates.snapshot(ended))
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
        assertThat(TrackingUpdates.between(ended, 0, 6, List.of(fifth, second, fourth)))
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
        assertThat(TrackingUpdates.between(ended, 2, 4, List.of(second, fourth, fifth)))
                .extracting(TrackingUpdate::sequence)
                .containsExactly(3, 4);
        assertThat(TrackingUpdates.between(ended, 6, 9, List.of(fifth))).isEmpty();
    }

    @Test
    void takesTheLocationOfAStepFromTheOneBefore() {
        assertThat(TrackingUpdates.between(ended, 2, 3, List.of(second)))
                .extracting(TrackingUpdate::location)
                .containsExactly(second);
    }

    @Test
    void hasNoUseForALateLocation() {
        TrackedLocation late = new TrackedLocation(Drives.SCENE, at(5), at(60), null, null, null, null);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrackingUpdates.between(moving, 0, 5, List.of(second, late)));
    }
}
