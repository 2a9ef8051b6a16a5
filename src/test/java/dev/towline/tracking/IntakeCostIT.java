package dev.towline.tracking;

import static dev.towline.tracking.Drives.at;
import static dev.towline.tracking.Drives.fix;
import static dev.towline.tracking.LocationOutcome.DUPLICATE;
import static dev.towline.tracking.LocationOutcome.LATE;
import static dev.towline.tracking.LocationOutcome.LIVE_ONLY;
import static dev.towline.tracking.LocationOutcome.STORED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.towline.dynamo.ItemSize;
import dev.towline.dynamo.StoreOfTables;
import dev.towline.problem.NotFound;
import dev.towline.store.ChangeEvent;
import dev.towline.store.Write;
import dev.towline.viewer.Role;
import dev.towline.viewer.Viewer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What fixes and the pages of a trail cost in requests and write units, and that the trail has them all. */
class IntakeCostIT {

    private final Intakes intakes = new Intakes();
    private final Intake intake = intakes.instance();
    private final SessionKey session = intakes.begin();

    @AfterEach
    void close() {
        intakes.close();
    }

    @Test
    void aFixASecondTakesAtMostElevenTenthsOfARequestAndTwelveTenthsOfAUnit() {
        List<Instant> sent = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            LocationInput fix = drive(i);
            assertThat(intakes.take(intake, session, fix)).containsExactly(STORED);
            sent.add(fix.recordedAt());
        }

        assertThat(intakes.requests() / 400.0).as("requests a fix").isLessThanOrEqualTo(1.1);
        assertThat(units() / 400.0).as("write units a fix").isLessThanOrEqualTo(1.2);
        assertThat(intakes.tables.announced())
                .as("sizes of the session's item")
                .allSatisfy(write -> assertThat(sessionBytes(write)).isLessThanOrEqualTo(1024));
        assertThat(intakes.times(session)).isEqualTo(sent);
        assertThat(intakes.stored(session).sequence()).isEqualTo(401);
    }

    /** Otherwise the time of an answer tells that a session exists. */
    @Test
    void aForeignSessionCostsAStrangerWhatAnAbsentOneCosts() {
        intakes.take(intake, session, drive(0));
        Viewer stranger = new Viewer(Role.VENDOR, "stranger", session.tenant());
        intakes.requests();
        for (String id : List.of(session.id(), UUID.randomUUID().toString(), session.id())) {
            assertThatThrownBy(() -> intake.take(stranger, id, List.of(drive(1))))
                    .isInstanceOf(NotFound.class);
            assertThat(intakes.requests()).isEqualTo(1);
        }
    }

    @Test
    void aSessionThatIsNewToAnInstanceIsReadOnce() {
        assertThat(intakes.take(intakes.instance(), session, drive(0))).containsExactly(STORED);
        assertThat(intakes.requests()).as("a read and a write").isEqualTo(2);
        assertThat(intakes.take(intakes.instance(), session, drive(0))).containsExactly(DUPLICATE);
        assertThat(intakes.requests()).as("a read").isEqualTo(1);
    }

    @Test
    void aStandingVehicleHasFewFixesInItsTrailAndItsSessionStaysSmall() {
        for (int i = 0; i < 400; i++) {
            LocationOutcome outcome =
                    intakes.take(intake, session, fix(i, 30, -97, 0.0)).getFirst();
            assertThat(outcome).isEqualTo(i % 60 == 0 ? STORED : LIVE_ONLY);
        }

        assertThat(intakes.requests() / 400.0).as("requests a fix").isLessThanOrEqualTo(1.1);
        assertThat(units() / 400.0).as("write units a fix").isLessThanOrEqualTo(1.2);
        assertThat(intakes.times(session)).hasSize(7);
        TrackingSession stored = intakes.stored(session);
        assertThat(stored.currentLocation())
                .isNotNull()
                .extracting(TrackedLocation::recordedAt)
                .isEqualTo(at(399));
        for (int i = 0; i < 400; i += 37) {
            assertThat(intakes.take(intakes.instance(), session, fix(i, 30, -97, 0.0)))
                    .as("the time of a LIVE_ONLY fix is known for ever")
                    .containsExactly(DUPLICATE);
        }
        assertThat(intakes.stored(session)).isEqualTo(stored);
    }

    @Test
    void aBatchOfFiveHundredTakesAtMostFourRequests() {
        List<LocationInput> drive =
                IntStream.range(0, 550).mapToObj(IntakeCostIT::drive).toList();
        List<LocationInput> late = new ArrayList<>(drive.subList(0, 500));
        intakes.take(intake, session, drive.subList(500, 550));
        intakes.take(intake, session, drive.get(10));
        assertThat(intakes.stored(session).tail().movedThrough()).isNotNull();
        late.remove(10);
        Collections.shuffle(late, new Random(1));
        intakes.requests();

        assertThat(intakes.take(intakes.instance(), session, late)).containsOnly(LATE);
        assertThat(intakes.requests()).isLessThanOrEqualTo(4);
        assertThat(intakes.take(intakes.instance(), session, late)).containsOnly(DUPLICATE);
        assertThat(intakes.requests()).isLessThanOrEqualTo(4);
        Intake remembering = intakes.instance();
        for (int i = 0; i < 3; i++) {
            assertThat(intakes.take(remembering, session, late)).containsOnly(DUPLICATE);
            assertThat(intakes.requests()).as("call %d of an instance", i).isLessThanOrEqualTo(4);
        }
        assertThat(intakes.times(session))
                .isEqualTo(drive.stream().map(LocationInput::recordedAt).toList());
        assertThat(intakes.stored(session).sequence()).isEqualTo(51);
    }

    @Test
    void aPageOfAHundredTakesTwoRequestsAndTheTrailIsInTheOrderOfTime() {
        List<LocationInput> drive =
                IntStream.range(0, 590).mapToObj(IntakeCostIT::drive).toList();
        List<LocationInput> shuffled = new ArrayList<>(drive);
        Random random = new Random(3);
        for (int i = 1; i < shuffled.size(); i++) {
            Collections.swap(shuffled, i, Math.max(0, i - random.nextInt(30)));
        }
        shuffled.forEach(fix -> intakes.take(intake, session, fix));
        TrackingSession stored = intakes.stored(session);
        assertThat(stored.tail().hasMovedLate()).isTrue();

        List<Instant> found = new ArrayList<>();
        for (String after = null; found.size() < 590; ) {
            intakes.requests();
            var page = intakes.trail.page(stored, SessionController.trailPage(stored, 100, after));
            assertThat(intakes.requests()).isLessThanOrEqualTo(2);
            page.edges().forEach(edge -> found.add(edge.node().recordedAt()));
            assertThat(page.pageInfo().hasNextPage()).isEqualTo(found.size() < 590);
            after = page.pageInfo().endCursor();
        }
        assertThat(found)
                .isEqualTo(drive.stream().map(LocationInput::recordedAt).toList());
    }

    @Test
    void updatesAreReadFromChunksAsTheyWereAnnounced() {
        // after LIVE_ONLY fixes, except for one
        Map<Integer, SessionStatus> steps =
                Map.of(23, SessionStatus.EN_ROUTE, 44, SessionStatus.ARRIVED, 71, SessionStatus.IN_SERVICE);
        List<TrackingUpdate> announced = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            LocationInput place = drive(i % 4 == 3 ? i - 1 : i);
            LocationInput fix = fix(1.003 * i, place.latitude(), place.longitude(), 10.0);
            intakes.take(intake, session, fix);
            announced.addAll(Drives.updates(intakes.stored(session)).ofWrite(List.of()));
            if (steps.containsKey(i)) {
                TrackingSession next = intakes.stored(session).in(steps.get(i), Intakes.NOW);
                intakes.store.write(new Write<>(Sessions.TABLE, next));
                announced.addAll(Drives.updates(next).ofWrite(List.of()));
            }
        }
        TrackingSession stored = intakes.stored(session);
        assertThat(stored.sequence()).isEqualTo(104);
        List<Instant> trail = intakes.times(session);
        List<TrackingUpdate> kept = announced.stream()
                .filter(update -> update.kind() == TrackingUpdateKind.STATUS
                        || trail.contains(
                                Objects.requireNonNull(update.location()).recordedAt()))
                .toList();
        for (int after : List.of(1, 2, 17, 50, 83, 99)) {
            List<TrackingUpdate> replayed =
                    Drives.updates(stored).since(after, intakes.trail.numberedSince(stored, after));
            assertThat(replayed)
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("first", "session")
                    .containsSubsequence(kept.stream()
                            .filter(update -> update.sequence() > after)
                            .toList());
            int next = after + 1;
            for (TrackingUpdate update : replayed) {
                assertThat(update.first()).isLessThanOrEqualTo(next);
                next = update.sequence() + 1;
            }
            assertThat(next).isEqualTo(stored.sequence() + 1);
        }
    }

    /** A vehicle at 18 m/s that sends a fix each second. */
    private static LocationInput drive(int i) {
        return new LocationInput(
                30.1 + i * 0.000_1372,
                -97.3 + i * 0.000_0921,
                at(1.003 * i),
                17 + Math.sin(i),
                100 + 40 * Math.sin(i / 30.0),
                4 + Math.cos(i));
    }

    /** By the arithmetic of DynamoDB, which charges a transaction twice. */
    private int units() {
        return intakes.tables.announced().stream()
                .skip(1) // the start of the session
                .mapToInt(write -> write.changes().stream()
                                .mapToInt(change -> ItemSize.writeUnits(
                                        change.value() instanceof TrackingSession state
                                                ? StoreOfTables.itemBytes(Sessions.TABLE, state)
                                                : StoreOfTables.itemBytes(
                                                        TrailChunk.TABLE, (TrailChunk) change.value())))
                                .sum()
                        * (write.changes().size() == 1 ? 1 : 2))
                .sum();
    }

    private static int sessionBytes(ChangeEvent.Applied write) {
        return StoreOfTables.itemBytes(
                Sessions.TABLE, (TrackingSession) write.changes().getFirst().value());
    }
}
