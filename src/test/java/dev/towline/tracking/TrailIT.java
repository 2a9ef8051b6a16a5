package dev.towline.tracking;

import static dev.towline.tracking.Drives.at;
import static dev.towline.tracking.Drives.north;
import static dev.towline.tracking.LocationOutcome.LATE;
import static dev.towline.tracking.LocationOutcome.REJECTED;
import static dev.towline.tracking.LocationOutcome.STORED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.store.Order;
import dev.towline.viewer.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Fixes at the border of two chunks, and a trail that is newer than the state of the session. */
class TrailIT {

    private static final int SECONDS_BETWEEN = 4;
    private static final int METERS_BETWEEN = 240;

    private final Intakes intakes = new Intakes();

    @AfterEach
    void close() {
        intakes.close();
    }

    /** Each fix of the drive is within reach of its neighbours, but a second after one of them the next one is not. */
    @Test
    void aLateFixAtTheBorderOfChunksMustBePlausibleBesideBothNeighbours() {
        SessionKey key = drive(150);
        List<TrailChunk> chunks = chunks(key);
        assertThat(chunks).hasSizeGreaterThan(1);
        double last = seconds(chunks.getFirst());
        double first = last + SECONDS_BETWEEN;

        assertThat(intakes.take(intakes.instance(), key, on(last + 1, first)))
                .as("it is near the first fix of a chunk, and out of reach from the last fix of the chunk before")
                .containsExactly(REJECTED);
        assertThat(intakes.take(intakes.instance(), key, on(last + 1, last + 1)))
                .containsExactly(LATE);
    }

    @Test
    void aReplayHasNothingThatIsNewerThanTheStateItIsOf() {
        SessionKey key = drive(60);
        TrackingSession state = intakes.stored(key);
        assertThat(state.tail().base()).as("earlier fixes are in the trail").isNotNull();
        int before = chunks(key).size();
        drive(intakes.instance(), key, 60, 150);
        assertThat(chunks(key)).as("later fixes, too").hasSizeGreaterThan(before);

        assertThat(intakes.trail.numberedSince(state, 0).fixes())
                .extracting(TrackedLocation::sequence)
                .hasSize(60)
                .last()
                .isEqualTo(state.sequence());
    }

    /** Sessions do not expire, and the trail does. */
    @Test
    void allOfTheTrailLeavesTheSessionAtItsEnd() {
        SessionKey key = drive(5);
        List<Instant> before = intakes.times(key);
        TrackingSession session = intakes.stored(key);

        intakes.store.write(
                SessionWrite.of(session.in(SessionStatus.COMPLETED, at(600))).all());

        TrackingSession ended = intakes.stored(key);
        assertThat(ended.tail().entries()).isEmpty();
        assertThat(intakes.times(key)).isEqualTo(before).hasSize(5);
        assertThat(chunks(key)).hasSize(1);
        assertThat(Drives.updates(ended).since(0, intakes.trail.numberedSince(ended, 0)))
                .extracting(TrackingUpdate::sequence)
                .as("a watcher that missed all of it")
                .containsExactly(1, 2, 3, 4, 5, 6, 7);
    }

    /** An update that waits for a slow subscriber, or a cache, has a state from before the end. */
    @Test
    void aCallerSeesNoTrailAfterTheEndWhateverStateItHas() {
        SessionKey key = drive(5);
        TrackingSession before = intakes.stored(key);
        assertThat(seenBy(Role.CALLER, before)).isEqualTo(5);
        assertThat(seenBy(Role.GUEST, before)).isZero();
        intakes.store.write(
                SessionWrite.of(before.in(SessionStatus.COMPLETED, at(600))).all());

        assertThat(seenBy(Role.CALLER, before)).isZero();
        assertThat(seenBy(Role.GUEST, before)).isZero();
        assertThat(seenBy(Role.DISPATCHER, before)).isEqualTo(5);
    }

    private int seenBy(Role role, TrackingSession state) {
        return intakes.trail
                .page(
                        role.isStaff() ? Drives.dispatcher(state.key().tenant()) : Drives.outsider(role, state.key()),
                        state,
                        SessionController.trailPage(state, 100, null))
                .edges()
                .size();
    }

    @Test
    void aPageOfAStandingVehicleTakesOneRequestIfNoFixIsLate() {
        SessionKey key = intakes.begin();
        Intake intake = intakes.instance();
        for (int from = 0; from < 12_000; from += 400) {
            intakes.take(
                    intake,
                    key,
                    IntStream.range(from, from + 400)
                            .mapToObj(i -> north(i / 20.0, 0, null))
                            .toList());
        }
        TrackingSession session = intakes.stored(key);
        intakes.requests();
        assertThat(intakes.trail
                        .page(session, SessionController.trailPage(session, 100, null))
                        .edges())
                .hasSizeGreaterThan(5);
        assertThat(intakes.requests()).isLessThanOrEqualTo(2);
    }

    private SessionKey drive(int fixes) {
        SessionKey key = intakes.begin();
        drive(intakes.instance(), key, 0, fixes);
        return key;
    }

    private void drive(Intake intake, SessionKey key, int from, int to) {
        for (int i = from; i < to; i++) {
            double seconds = i * SECONDS_BETWEEN;
            assertThat(intakes.take(intake, key, on(seconds, seconds))).containsExactly(STORED);
        }
    }

    /** A fix at the place where the vehicle is at another time. */
    private static LocationInput on(double seconds, double placeOfSeconds) {
        return north(seconds, placeOfSeconds * METERS_BETWEEN / SECONDS_BETWEEN, null);
    }

    private List<TrailChunk> chunks(SessionKey key) {
        return intakes.store.rows(
                TrailChunk.TABLE, key.tenant(), key.id(), null, TrailChunk.LATE, Order.ASCENDING, 100);
    }

    private static double seconds(TrailChunk chunk) {
        return Duration.between(at(0), chunk.entries().getLast().recordedAt()).toMillis() / 1e3;
    }
}
