package dev.towline.tracking;

import static dev.towline.tracking.Drives.fix;
import static dev.towline.tracking.LocationOutcome.DUPLICATE;
import static dev.towline.tracking.LocationOutcome.LATE;
import static dev.towline.tracking.LocationOutcome.REJECTED;
import static dev.towline.tracking.LocationOutcome.STORED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.towline.dynamo.DynamoRequest;
import dev.towline.dynamo.Fault;
import dev.towline.problem.Unavailable;
import dev.towline.store.Write;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens around the write of fixes: nothing is lost or shown twice, and no number is used again. */
class IntakeFaultsIT {

    private static final List<String> WRITES = List.of("PutItem", "TransactWriteItems");

    private final Intakes intakes = new Intakes();
    private final SessionKey session = intakes.begin();

    @AfterEach
    void close() {
        intakes.close();
    }

    static Stream<Named<Fault>> faults() {
        return Stream.of(
                Named.of("answer lost", Fault.answerLost()),
                Named.of("error after the write", Fault.serverErrorAfterwards()),
                Named.of("request lost", Fault.requestLost()),
                Named.of("throttled", Fault.throttled()),
                Named.of("throughput exceeded", Fault.throughputExceeded()),
                Named.of("error before the write", Fault.serverError()));
    }

    /** Every second request of any kind meets the fault; calls that fail are repeated, as a phone does. */
    @ParameterizedTest
    @MethodSource("faults")
    void nothingIsLostAndNothingIsShownTwice(Fault fault) {
        Intake intake = intakes.instance();
        List<LocationInput> drive = IntStream.range(0, 70).mapToObj(i -> fix(i)).toList();
        intakes.disturb(fault);

        for (int i = 0; i < 60; i++) {
            untilAccepted(intake, drive.subList(i, i + 1));
        }
        untilAccepted(intake, drive.subList(60, 70));
        intakes.tables.faulty().calm();

        assertComplete(drive, 71);
    }

    @Test
    void aWriteThatWasAppliedWithoutAnAnswerIsKnownAfterwards() {
        Intake intake = intakes.instance();
        assertThat(intakes.take(intake, session, fix(1))).containsExactly(STORED);
        WRITES.forEach(write -> intakes.tables.faulty().always(write, Fault.answerLost()));
        intakes.tables.faulty().always("GetItem", Fault.requestLost());
        assertThat(isAccepted(intake, List.of(fix(2)))).isFalse();
        intakes.tables.faulty().calm();

        assertThat(intakes.take(intake, session, fix(2), fix(3))).containsExactly(DUPLICATE, STORED);
        assertComplete(List.of(fix(1), fix(2), fix(3)), 4);
    }

    @Test
    void twoInstancesThatTakeTurnsLoseNothing() {
        List<Intake> both = List.of(intakes.instance(), intakes.instance());
        List<LocationInput> drive = IntStream.range(0, 90).mapToObj(i -> fix(i)).toList();

        for (int i = 0; i < 90; i++) {
            assertThat(intakes.take(both.get(i % 2), session, drive.get(i))).containsExactly(STORED);
        }

        assertComplete(drive, 91);
    }

    @Test
    void aStepOfAnotherWriterIsNotOverwritten() {
        Intake intake = intakes.instance();
        intakes.take(intake, session, fix(1));
        TrackingSession stored = intakes.stored(session);
        intakes.store.write(new Write<>(Sessions.TABLE, stored.in(SessionStatus.EN_ROUTE, Intakes.NOW)));

        assertThat(intakes.take(intake, session, fix(2))).containsExactly(STORED);
        assertThat(intakes.stored(session).status()).isEqualTo(SessionStatus.EN_ROUTE);
        assertThat(intakes.stored(session).sequence()).isEqualTo(4);
    }

    @Test
    void anEndThatAnotherInstanceWroteIsRespected() {
        Intake intake = intakes.instance();
        intakes.take(intake, session, fix(1));
        TrackingSession stored = intakes.stored(session);
        intakes.store.write(new Write<>(Sessions.TABLE, stored.in(SessionStatus.COMPLETED, Intakes.NOW)));

        assertThat(intakes.take(intake, session, fix(2))).containsExactly(REJECTED);
    }

    @Test
    void anAnswerThatWroteNothingShowsTheNewestState() {
        Intake intake = intakes.instance();
        intakes.take(intake, session, fix(1));
        intakes.take(intakes.instance(), session, fix(2));

        LocationResult result = intake.take(Drives.dispatcher(session.tenant()), session.id(), List.of(fix(1)))
                .getFirst();

        assertThat(result.outcome()).isEqualTo(DUPLICATE);
        assertThat(result.session().sequence()).isEqualTo(3);
    }

    /** The old state says that it is a jump; the vehicle has driven there meanwhile. */
    @Test
    void aJumpFromAnOldStateIsNone() {
        Intake old = intakes.instance();
        intakes.take(old, session, fix(1));
        Intake other = intakes.instance();
        for (int i = 2; i <= 100; i++) {
            intakes.take(other, session, fix(i, 30 + i / 2_000.0, -97, null));
        }

        assertThat(intakes.take(old, session, fix(101, 30 + 101 / 2_000.0, -97, null)))
                .containsExactly(STORED);
    }

    @Test
    void aJumpIsConfirmedOnAnotherInstance() {
        intakes.take(intakes.instance(), session, fix(1));
        assertThat(intakes.take(intakes.instance(), session, fix(2, 31, -97, null)))
                .containsExactly(REJECTED);
        assertThat(intakes.stored(session).sequence()).isEqualTo(2);
        assertThat(intakes.take(intakes.instance(), session, fix(2, 31, -97, null)))
                .as("sent again")
                .containsExactly(REJECTED);

        assertThat(intakes.take(intakes.instance(), session, fix(3, 31.0001, -97, null)))
                .containsExactly(STORED);

        assertThat(intakes.trail(session))
                .extracting(TrackedLocation::recordedAt, TrackedLocation::sequence)
                .containsExactly(tuple(Drives.at(1), 2), tuple(Drives.at(2), null), tuple(Drives.at(3), 3));
        assertThat(intakes.take(intakes.instance(), session, fix(2, 31, -97, null)))
                .containsExactly(DUPLICATE);
    }

    @Test
    void aBatchThatIsSentAgainGivesTheSameTrail() {
        Random random = new Random(5);
        List<LocationInput> batch = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            boolean isStanding = i > 100 && i < 200;
            batch.add(
                    switch (isStanding ? (i % 17 == 0 ? 3 : 2) : random.nextInt(6)) {
                        case 0 -> fix(i, 30 + i / 10_000.0 - 0.000_01, -97, 0.0);
                        case 1 -> fix(i, 32, -97, null);
                        case 2 -> isStanding ? fix(i, 30.0101, -97, 0.0) : fix(i);
                        case 3 -> isStanding ? fix(i, 30.025, -97, 0.0) : fix(i);
                        default -> fix(i);
                    });
        }
        Collections.swap(batch, 20, 250);
        Collections.swap(batch, 100, 5);
        intakes.take(intakes.instance(), session, batch);
        List<TrackedLocation> trail = intakes.trail(session);
        TrackingSession stored = intakes.stored(session);

        List<LocationOutcome> again = intakes.take(intakes.instance(), session, batch);

        assertThat(again).containsOnly(DUPLICATE, REJECTED);
        assertThat(intakes.trail(session)).isEqualTo(trail);
        assertThat(intakes.stored(session).sequence()).isEqualTo(stored.sequence());
    }

    @Test
    void aLateFixIsComparedWithTheFixesBesideItEvenIfTheyMovedToTheTrail() {
        Intake intake = intakes.instance();
        for (int i = 0; i < 100; i++) {
            intakes.take(intake, session, i < 50 ? fix(i, 30, -97, 0.0) : fix(i, 30 + (i - 50) / 10_000.0, -97, 10.0));
        }
        for (double seconds = 0.5; seconds < 99; seconds++) {
            double latitude = seconds < 50 ? 30 : 30 + (seconds - 50) / 10_000.0;
            assertThat(intakes.take(intake, session, fix(seconds, latitude + 0.01, -97, 0.0)))
                    .as("a kilometre away at %s s", seconds)
                    .containsExactly(REJECTED);
        }
        assertThat(intakes.take(intake, session, fix(49.25, 30.000_01, -97, 0.0)))
                .containsExactly(LATE);
    }

    @Test
    void fixesThatAreRejectedWhateverTheTrailHasReadNoTrail() {
        Intake intake = intakes.instance();
        for (int i = 0; i < 60; i++) {
            intakes.take(intake, session, fix(i));
        }
        intakes.requests();

        assertThat(intakes.take(intake, session, fix(-1e8), fix(-1e7), fix(61)))
                .containsExactly(REJECTED, REJECTED, STORED);
        assertThat(intakes.tables.faulty().requests())
                .as("the write alone")
                .extracting(DynamoRequest::operation)
                .containsExactly("PutItem");
    }

    private void untilAccepted(Intake intake, List<LocationInput> fixes) {
        int calls = 0;
        while (!isAccepted(intake, fixes)) {
            assertThat(++calls).isLessThan(50);
        }
    }

    private boolean isAccepted(Intake intake, List<LocationInput> fixes) {
        try {
            assertThat(intakes.take(intake, session, fixes))
                    .allMatch(outcome -> List.of(STORED, DUPLICATE, LATE).contains(outcome));
            return true;
        } catch (Unavailable unknown) {
            return false;
        }
    }

    private void assertComplete(List<LocationInput> drive, int sequence) {
        List<TrackedLocation> trail = intakes.trail(session);
        assertThat(trail)
                .extracting(TrackedLocation::recordedAt)
                .isEqualTo(drive.stream().map(LocationInput::recordedAt).toList());
        assertThat(trail)
                .extracting(TrackedLocation::sequence)
                .isEqualTo(IntStream.rangeClosed(2, sequence).boxed().toList());
        assertThat(intakes.stored(session).sequence()).isEqualTo(sequence);
    }
}
