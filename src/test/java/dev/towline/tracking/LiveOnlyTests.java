package dev.towline.tracking;

import static dev.towline.tracking.Drives.at;
import static dev.towline.tracking.Drives.begun;
import static dev.towline.tracking.Drives.judge;
import static dev.towline.tracking.Drives.north;
import static dev.towline.tracking.LocationOutcome.DUPLICATE;
import static dev.towline.tracking.LocationOutcome.LATE;
import static dev.towline.tracking.LocationOutcome.LIVE_ONLY;
import static dev.towline.tracking.LocationOutcome.STORED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.tracking.Judgement.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which fixes have a place in the trail: at least 5 m and 0.5 s from the one before, or a minute after it. */
class LiveOnlyTests {

    private final TrackingSession session = begun();

    @ParameterizedTest
    @CsvSource({
        "0.499,  0,   LIVE_ONLY",
        "0.499,  30,  LIVE_ONLY",
        "0.5,    30,  STORED",
        "0.5,    4.9, LIVE_ONLY",
        "10,     4.9, LIVE_ONLY",
        "10,     5.1, STORED",
        "59.999, 0,   LIVE_ONLY",
        "60,     0,   STORED"
    })
    void dependsOnTheLastFixOfTheTrail(double seconds, double meters, LocationOutcome outcome) {
        assertThat(judge(session, north(0, 0, null), north(seconds, meters, null))
                        .verdicts())
                .containsExactly(new Verdict(STORED, 2, null), new Verdict(outcome, 3, null));
    }

    @Test
    void aVehicleThatCreepsHasATrail() {
        assertThat(judge(session, north(0, 0, null), north(1, 3, null), north(2, 6, null), north(3, 9, null))
                        .verdicts())
                .extracting(Verdict::outcome)
                .containsExactly(STORED, LIVE_ONLY, STORED, LIVE_ONLY);
    }

    @Test
    void isTheCurrentLocationAndNotInTheTrail() {
        TrackingSession after =
                judge(session, north(0, 0, null), north(1, 3, null)).session();

        assertThat(after.currentLocation())
                .extracting(TrackedLocation::recordedAt, TrackedLocation::sequence)
                .containsExactly(at(1), 3);
        assertThat(after.eta()).isNotNull();
        assertThat(after.tail().locations())
                .extracting(TrackedLocation::recordedAt)
                .containsExactly(at(0));
        assertThat(after.tail().entries()).last().isEqualTo(new TailEntry.LiveOnly(at(1), 3));
    }

    @Test
    void isRecognizedWhenItComesAgain() {
        TrackingSession after =
                judge(session, north(0, 0, null), north(1, 3, null)).session();

        Judgement again = judge(after, north(1, 3, null), north(2, 3, null), north(2, 100, null));

        assertThat(again.verdicts()).extracting(Verdict::outcome).containsExactly(DUPLICATE, LIVE_ONLY, DUPLICATE);
    }

    @Test
    void aLateFixHasItsPlaceHoweverNearItIs() {
        TrackingSession moved =
                judge(session, north(0, 0, null), north(10, 50, null)).session();
        Judgement judgement = judge(moved, north(9.9, 50, null));

        assertThat(judgement.verdicts()).extracting(Verdict::outcome).containsExactly(LATE);
        assertThat(judgement.session().tail().locations()).hasSize(3);
    }
}
