package dev.towline.tracking;

import static dev.towline.tracking.Drives.at;
import static dev.towline.tracking.Drives.begun;
import static dev.towline.tracking.Drives.north;
import static dev.towline.tracking.LocationOutcome.LATE;
import static dev.towline.tracking.LocationOutcome.REJECTED;
import static dev.towline.tracking.SessionStatus.ARRIVED;
import static dev.towline.tracking.SessionStatus.ASSIGNED;
import static dev.towline.tracking.SessionStatus.EN_ROUTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.tracking.Judgement.Verdict;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The status follows the vehicle: EN_ROUTE 100 m from its first fix, ARRIVED when it was within 75 m of the incident for 30 s. */
class MovementTests {

    /** Where the vehicle is first, in metres from the incident. */
    private static final double YARD = 5_000;

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "99.8,  -,   ASSIGNED",
                "100.2, -,   EN_ROUTE",
                "149.8, 50,  ASSIGNED",
                "150.2, 50,  EN_ROUTE",
                "900,   900, ASSIGNED"
            })
    void setsOffWhenItIsAwayBeyondTheAccuracy(double meters, @Nullable Double accuracyMeters, SessionStatus status) {
        assertThat(status(follow(north(0, YARD, 5.0), north(60, YARD - meters, accuracyMeters))))
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"300, ARRIVED", "301, ASSIGNED"})
    void aLongSilenceShowsNoStay(int seconds, SessionStatus status) {
        assertThat(status(follow(north(0, 50, 5.0), north(seconds, 50, 5.0)))).isEqualTo(status);
    }

    @Test
    void jitterOfAParkedVehicleIsNoMovement() {
        LocationInput[] jitter = IntStream.range(0, 100)
                .mapToObj(i -> north(i, YARD + (i % 7 - 3) * 30, 90.0))
                .toArray(LocationInput[]::new);

        assertThat(status(follow(jitter))).isEqualTo(ASSIGNED);
    }

    @ParameterizedTest
    @CsvSource({"100, EN_ROUTE", "100.1, ASSIGNED"})
    void aVagueFirstFixIsNoPlaceToSetOutFrom(double accuracyMeters, SessionStatus status) {
        TrackingSession after = follow(north(0, YARD, accuracyMeters), north(60, YARD - 500, 5.0));

        assertThat(status(after)).isEqualTo(status);
        assertThat(status(follow(after, north(90, YARD - 700, 5.0)))).isEqualTo(EN_ROUTE);
    }

    @Test
    void setsOffOnlyOnce() {
        TrackingSession after = follow(
                north(0, YARD, 5.0), north(60, YARD - 500, 5.0), north(120, YARD, 5.0), north(180, YARD - 500, 5.0));

        assertThat(statuses(after)).containsExactly(ASSIGNED, EN_ROUTE);
    }

    @Test
    void arrivesOnceWhenItHasStayed() {
        TrackingSession near = follow(north(0, YARD, 5.0), north(100, 75.1, 5.0), north(110, 74.9, 5.0));
        TrackingSession almost = follow(near, north(139.9, 0, 5.0));
        TrackingSession after = follow(almost, north(140, 20, 5.0));

        assertThat(statuses(almost)).containsExactly(ASSIGNED, EN_ROUTE);
        assertThat(statuses(after)).containsExactly(ASSIGNED, EN_ROUTE, ARRIVED);
        assertThat(statuses(follow(after, north(200, YARD, 5.0), north(300, 0, 5.0), north(400, 0, 5.0))))
                .as("it leaves and comes back")
                .containsExactly(ASSIGNED, EN_ROUTE, ARRIVED);
    }

    @Test
    void staysAnewAfterItPassedBy() {
        TrackingSession passed = follow(enRoute(), north(100, 10, 4.0), north(110, 79.2, 4.0), north(135, 10, 4.0));

        assertThat(status(passed)).isEqualTo(EN_ROUTE);
        assertThat(status(follow(passed, north(164, 10, 4.0)))).isEqualTo(EN_ROUTE);
        assertThat(status(follow(passed, north(165, 10, 4.0)))).isEqualTo(ARRIVED);
    }

    @Test
    void aFixThatMayBeWithinTheRadiusDoesNotEndTheStay() {
        assertThat(status(follow(enRoute(), north(100, 10, 4.0), north(110, 104.8, 30.0), north(130, 10, 4.0))))
                .isEqualTo(ARRIVED);
        assertThat(status(follow(enRoute(), north(100, 10, 4.0), north(110, 105.2, 30.0), north(130, 10, 4.0))))
                .isEqualTo(EN_ROUTE);
    }

    @Test
    void vagueFixesDoNotBeginTheStay() {
        TrackingSession vague = follow(enRoute(), north(100, 0, 75.1), north(200, 0, 75.1), north(210, 0, 75.0));

        assertThat(status(vague)).isEqualTo(EN_ROUTE);
        assertThat(status(follow(vague, north(240, 0, 75.0)))).isEqualTo(ARRIVED);
    }

    @Test
    void vagueFixesDoNotShowThatItStayed() {
        TrackingSession vague = follow(enRoute(), north(100, 0, 5.0), north(150, 400, 500.0), north(151, 0, 80.0));

        assertThat(status(vague)).isEqualTo(EN_ROUTE);
        assertThat(status(follow(vague, north(160, 0, 5.0)))).isEqualTo(ARRIVED);
        assertThat(status(follow(vague, north(160, 1_000, 5.0)))).isEqualTo(EN_ROUTE);
    }

    @Test
    void bufferedFixesThatComeLateChangeNothing() {
        TrackingSession near = follow(enRoute(), north(200, 10, 5.0));
        LocationInput[] buffered = {north(190, 200, 5.0), north(150, 2_000, 5.0), north(180, 400, 5.0)};
        Judgement late = judge(near, buffered);

        assertThat(late.verdicts()).extracting(Verdict::outcome).containsExactly(LATE, LATE, LATE);
        assertThat(late.session().motion()).isEqualTo(near.motion());
        TrackingSession arrived = follow(late.session(), north(230, 10, 5.0));
        assertThat(statuses(arrived)).containsExactly(ASSIGNED, EN_ROUTE, ARRIVED);
        assertThat(statuses(follow(arrived, north(170, 600, 5.0)))).containsExactly(ASSIGNED, EN_ROUTE, ARRIVED);
    }

    @Test
    void aStayThatIsOnlyKnownLateIsNoArrival() {
        TrackingSession past = follow(enRoute(), north(300, 2_000, 5.0));

        assertThat(status(follow(past, north(200, 0, 5.0), north(240, 0, 5.0)))).isEqualTo(EN_ROUTE);
    }

    @Test
    void aJumpIsNoMovement() {
        TrackingSession parked = follow(north(0, YARD, 5.0));
        Judgement jump = judge(parked, north(1, 0, 5.0));

        assertThat(jump.verdicts()).extracting(Verdict::outcome).containsExactly(REJECTED);
        assertThat(status(follow(jump.session(), north(40, YARD, 5.0)))).isEqualTo(ASSIGNED);
    }

    @Test
    void aStepHasTheNumberAfterTheFixThatCausedIt() {
        Judgement judgement = judge(
                begun(),
                north(0, YARD, 5.0),
                north(60, 4_000, 5.0),
                north(200, 0, 5.0),
                north(230, 0, 5.0),
                north(240, 0, 5.0));

        assertThat(judgement.verdicts()).extracting(Verdict::sequence).containsExactly(2, 3, 5, 6, 8);
        assertThat(judgement.session().steps())
                .containsExactly(
                        new StatusChange(ASSIGNED, 1, at(0)),
                        new StatusChange(EN_ROUTE, 4, at(600)),
                        new StatusChange(ARRIVED, 7, at(600)));
        assertThat(judgement.session().sequence()).isEqualTo(8);
        assertThat(judgement.session().numbersGiven()).isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource(names = {"ARRIVED", "IN_SERVICE"})
    void doesNotUndoWhatSomebodySaid(SessionStatus said) {
        TrackingSession further = follow(north(0, YARD, 5.0)).in(said, at(30));
        TrackingSession after = follow(further, north(60, 3_000, 5.0), north(200, 0, 5.0), north(300, 0, 5.0));

        assertThat(statuses(after)).containsExactly(ASSIGNED, said);
    }

    @Test
    void isOffByDefault() {
        Judgement judgement = Drives.judge(begun(), north(0, YARD, 5.0), north(100, 0, 5.0), north(200, 0, 5.0));

        assertThat(statuses(judgement.session())).containsExactly(ASSIGNED);
        assertThat(judgement.session().motion())
                .extracting(Motion::origin, Motion::stay)
                .containsExactly(null, null);
    }

    private static TrackingSession enRoute() {
        return follow(north(0, YARD, 5.0), north(50, 2_000, 5.0));
    }

    private static TrackingSession follow(LocationInput... fixes) {
        return follow(begun(), fixes);
    }

    /** Follows the fixes in calls of their own. */
    private static TrackingSession follow(TrackingSession session, LocationInput... fixes) {
        TrackingSession after = session;
        for (LocationInput fix : fixes) {
            after = judge(after, fix).session();
        }
        return after;
    }

    private static Judgement judge(TrackingSession session, LocationInput... fixes) {
        return new Judge(session, List.of(), Drives.settings(true), Drives.ETAS, at(600)).judge(List.of(fixes));
    }

    private static SessionStatus status(TrackingSession session) {
        return session.status();
    }

    private static List<SessionStatus> statuses(TrackingSession session) {
        return session.steps().stream().map(StatusChange::status).toList();
    }
}
