package dev.towline.tracking;

import static dev.towline.tracking.Drives.at;
import static dev.towline.tracking.Drives.begun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.store.Change;
import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeEvent.Origin;
import dev.towline.store.ChangeEvent.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KnownSessionsTests {

    private final KnownSessions known = new KnownSessions();
    private final TrackingSession first = begun();
    private final TrackingSession second = first.in(SessionStatus.EN_ROUTE, at(10));
    private final TrackingSession third = second.in(SessionStatus.ARRIVED, at(20));

    @ParameterizedTest
    @EnumSource
    void takesChangesOverWhoeverMadeThem(Origin origin) {
        known.put(first);
        known.pass(changed(third, origin));
        known.pass(changed(second, origin));

        assertThat(known.get(first.key())).as("they may come out of order").isEqualTo(third);
    }

    @Test
    void ignoresSessionsWhoseFixesItDoesNotTake() {
        known.pass(changed(first, Origin.REMOTE));
        assertThat(known.get(first.key())).isNull();
    }

    @Test
    void forgetsASessionAfterAWriteOfUnknownOutcome() {
        known.put(first);
        known.pass(new ChangeEvent.Doubt(List.of(first.key())));
        assertThat(known.get(first.key())).isNull();
    }

    /** There, a version may be another state, so the condition of a write would hold. */
    @ParameterizedTest
    @EnumSource
    void forgetsEverythingWhenTablesWereReplacedAndNothingAfterAnotherGap(Reason reason) {
        known.put(first);
        known.pass(new ChangeEvent.Gap(reason));
        assertThat(known.get(first.key()) == null).isEqualTo(reason == Reason.TABLES_REPLACED);
    }

    @Test
    void keepsTheNewestOfItsOwn() {
        known.put(second);
        known.put(first);
        assertThat(known.get(first.key())).isEqualTo(second);
    }

    private static ChangeEvent changed(TrackingSession session, Origin origin) {
        return new ChangeEvent.Applied(List.of(new Change(session, null)), origin);
    }
}
