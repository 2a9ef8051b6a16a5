package dev.towline.tracking;

import static dev.towline.tracking.Drives.at;
import static dev.towline.tracking.Drives.begun;
import static dev.towline.tracking.Drives.fix;
import static dev.towline.tracking.Drives.judge;
import static dev.towline.tracking.LocationOutcome.DUPLICATE;
import static dev.towline.tracking.LocationOutcome.LATE;
import static dev.towline.tracking.LocationOutcome.REJECTED;
import static dev.towline.tracking.LocationOutcome.STORED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.towline.tracking.Judgement.Verdict;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class JudgeTests {

    private final TrackingSession session = begun();

    @Test
    void storesFixesInTheOrderOfTheirTime() {
        Judgement judgement = judge(session, fix(1), fix(2), fix(3));

        assertThat(judgement.verdicts())
                .containsExactly(
                        new Verdict(STORED, 2, null), new Verdict(STORED, 3, null), new Verdict(STORED, 4, null));
        assertThat(accepted(judgement)).extracting(TrackedLocation::sequence).containsExactly(2, 3, 4);
        assertThat(judgement.session().sequence()).isEqualTo(4);
        assertThat(judgement.session().version()).isEqualTo(2);
        assertThat(judgement.session().currentLocation())
                .isEqualTo(accepted(judgement).getLast());
        assertThat(judgement.session().updatedAt()).isEqualTo(at(600));
    }

    @Test
    void keepsAnOlderFixInTheTrailOnly() {
        TrackingSession moved = judge(session, fix(5)).session();
        Judgement judgement = judge(moved, fix(3), fix(6), fix(4));

        assertThat(outcomes(judgement)).containsExactly(LATE, STORED, LATE);
        assertThat(accepted(judgement)).extracting(TrackedLocation::sequence).containsExactly(2, null, null, 3);
        assertThat(current(judgement)).isEqualTo(at(6));
        assertThat(judgement.session().sequence()).isEqualTo(3);
    }

    @Test
    void takesTheFixesOfACallInTheOrderOfTheirTimes() {
        Judgement judgement = judge(session, fix(6), fix(3), fix(5));

        assertThat(judgement.verdicts())
                .containsExactly(
                        new Verdict(STORED, 4, null), new Verdict(STORED, 2, null), new Verdict(STORED, 3, null));
        assertThat(current(judgement)).isEqualTo(at(6));
    }

    @Test
    void recognizesARepetitionWithinACall() {
        Judgement judgement = judge(session, fix(5), fix(5, 1, 1, null), fix(3), fix(3), fix(7));

        assertThat(outcomes(judgement)).containsExactly(STORED, DUPLICATE, STORED, DUPLICATE, STORED);
        assertThat(accepted(judgement)).extracting(TrackedLocation::recordedAt).containsExactly(at(3), at(5), at(7));
        assertThat(accepted(judgement).get(1).latitude())
                .as("the first of two with the same time wins")
                .isEqualTo(fix(5).latitude());
    }

    @Test
    void recognizesARepetitionOfAnEarlierCall() {
        TrackingSession moved = judge(session, fix(5)).session();
        List<TailEntry> around = List.of(new TailEntry.Stored(Drives.location(2)));
        Judgement judgement = judge(moved, around, fix(5), fix(2), fix(3), fix(6));

        assertThat(outcomes(judgement)).containsExactly(DUPLICATE, DUPLICATE, LATE, STORED);
    }

    @Test
    void aLateFixGetsNoNumber() {
        TrackingSession moved = judge(session, fix(5)).session();
        Judgement judgement = judge(moved, fix(4), fix(700), fix(3));

        assertThat(outcomes(judgement)).containsExactly(LATE, REJECTED, LATE);
        assertThat(judgement.session().sequence()).isEqualTo(moved.sequence());
        assertThat(judgement.session().numbersGiven()).isZero();
        assertThat(judgement.session().currentLocation()).isEqualTo(moved.currentLocation());
    }

    @Test
    void leavesTheSessionAsItIsIfNothingIsToBeWritten() {
        TrackingSession moved = judge(session, fix(5)).session();
        Judgement judgement = judge(moved, fix(5), fix(700), fix(6, 91, 0, null));

        assertThat(outcomes(judgement)).containsExactly(DUPLICATE, REJECTED, REJECTED);
        assertThat(judgement.session()).isSameAs(moved);
    }

    @Test
    void doesNotRememberARejectedFix() {
        assertThat(outcomes(judge(session, fix(5, 91, 0, null), fix(5)))).containsExactly(REJECTED, STORED);
    }

    @ParameterizedTest
    @CsvSource({
        "90,          180,       STORED",
        "-90,         -180,      STORED",
        "90.0000001,  0,         REJECTED",
        "-90.0000001, 0,         REJECTED",
        "1,           180.00001, REJECTED",
        "1,           -180.0001, REJECTED",
        "NaN,         0,         REJECTED",
        "1,           Infinity,  REJECTED",
        "0,           0,         REJECTED",
        "0,           -6.858635, REJECTED",
        "-0.0,        33,        REJECTED",
        "0.0000001,   33,        STORED",
        "51.5,        0,         STORED"
    })
    void rejectsPositionsThatAreNone(double latitude, double longitude, LocationOutcome outcome) {
        Verdict verdict = only(judge(session, fix(5, latitude, longitude, null)));
        assertThat(verdict.outcome()).isEqualTo(outcome);
        assertThat(verdict.reason() == null).isEqualTo(outcome == STORED);
    }

    @Test
    void aDeviceWithoutAPositionDoesNotConfirmItselfNorHideWhatItSendsNext() {
        Judgement judgement = judge(session, fix(5), fix(6, 0, 0, null), fix(7, 0, 0, null), fix(8), fix(9));

        assertThat(outcomes(judgement)).containsExactly(STORED, REJECTED, REJECTED, STORED, STORED);
        assertThat(judgement.verdicts().get(1).reason()).contains("latitude", "no position");
    }

    @ParameterizedTest
    @CsvSource({"660, STORED", "660.001, REJECTED", "-900, STORED", "-900.001, REJECTED"})
    void rejectsTimesThatCannotBe(double seconds, LocationOutcome outcome) {
        Verdict verdict = only(judge(session, fix(seconds)));
        assertThat(verdict.outcome()).isEqualTo(outcome);
        assertThat(verdict.reason() == null).isEqualTo(outcome == STORED);
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETED", "CANCELLED"})
    void rejectsEverythingOnceTheSessionHasEnded(SessionStatus end) {
        TrackingSession ended = judge(session, fix(5)).session().in(end, at(100));
        Judgement judgement = judge(ended, fix(5), fix(6));

        assertThat(judgement.verdicts())
                .allSatisfy(verdict ->
                        assertThat(verdict).isEqualTo(new Verdict(REJECTED, null, "The session is " + end + ".")));
        assertThat(judgement.session()).isSameAs(ended);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "12.5, 360,    3,    12.5, 360, 3",
                "0,    0,      0,    0,    0,   0",
                "-1,   -1,     -1,   -,    -,   -",
                "NaN,  360.01, NaN,  -,    -,   -",
                "-,    507.78, -,    -,    -,   -",
                "Infinity, NaN, Infinity, -, -, -",
                "150,  0.5,    20037508, 150, 0.5, 20037508",
                "150.1, 1e126, 20037509, -,  -,   -",
                "3e8,  -0.1,   1e126, -,    -,   -",
                "1e126, 1e308, 1e308, -,    -,   -"
            })
    void dropsWhatCannotBeTrueAndKeepsTheFix(
            Double speed, Double heading, Double accuracy, Double keptSpeed, Double keptHeading, Double keptAccuracy) {
        LocationInput fix = new LocationInput(30, -97, at(5), speed, heading, accuracy);
        assertThat(accepted(judge(session, fix)))
                .extracting(
                        TrackedLocation::speedMetersPerSecond,
                        TrackedLocation::headingDegrees,
                        TrackedLocation::accuracyMeters)
                .containsExactly(tuple(keptSpeed, keptHeading, keptAccuracy));
    }

    @Test
    void decidesNothingWhereThereIsNothing() {
        assertThat(judge(session)).isEqualTo(new Judgement(List.of(), session));
    }

    @Test
    void toldValuesAreThoseThatAreStored() {
        LocationInput fix = new LocationInput(30.123456789, -97.987654321, at(5), 12.3456, 271.26, 4.04);

        assertThat(judge(session, fix).session().currentLocation())
                .extracting(
                        TrackedLocation::latitude,
                        TrackedLocation::longitude,
                        TrackedLocation::speedMetersPerSecond,
                        TrackedLocation::headingDegrees,
                        TrackedLocation::accuracyMeters)
                .containsExactly(30.1234568, -97.9876543, 12.35, 271.3, 4.0);
    }

    private static List<TrackedLocation> accepted(Judgement judgement) {
        return judgement.session().tail().locations();
    }

    private static Verdict only(Judgement judgement) {
        assertThat(judgement.verdicts()).hasSize(1);
        return judgement.verdicts().getFirst();
    }

    private static List<LocationOutcome> outcomes(Judgement judgement) {
        return judgement.verdicts().stream().map(Verdict::outcome).toList();
    }

    private static Instant current(Judgement judgement) {
        TrackedLocation location = judgement.session().currentLocation();
        if (location == null) {
            throw new AssertionError("nothing was stored");
        }
        return location.recordedAt();
    }
}
