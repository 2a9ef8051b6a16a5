package dev.towline.dynamo;

import static dev.towline.dynamo.Settlement.APPLIED;
import static dev.towline.dynamo.Settlement.OPEN;
import static dev.towline.dynamo.Settlement.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.store.Revision;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The decision about the outcome of writes. The names of the tests give the inputs: refused or not, sent once or not, the stored state. */
class SettlementTests {

    private final Revision previous = Revision.first();
    private final Revision written = previous.next();

    @Test
    void isAppliedIfTheStoredStateHasBeenThroughIt() {
        assertThat(Settlement.of(written, written, false, false)).isEqualTo(APPLIED);
        assertThat(Settlement.of(written, later(written, 3), true, false)).isEqualTo(APPLIED);
        assertThat(Settlement.of(written, written, true, true)).isEqualTo(APPLIED);
    }

    @Test
    void isRefusedIfAnotherTookItsPlace() {
        assertThat(Settlement.of(written, previous.next(), false, false)).isEqualTo(REFUSED);
        assertThat(Settlement.of(written, later(previous, 5), true, false)).isEqualTo(REFUSED);
        assertThat(Settlement.of(Revision.first(), Revision.first(), false, false))
                .isEqualTo(REFUSED);
    }

    @Test
    void isOpenIfTheRequestMayStillArrive() {
        assertThat(Settlement.of(written, previous, false, false)).isEqualTo(OPEN);
        assertThat(Settlement.of(Revision.first(), null, false, false)).isEqualTo(OPEN);
    }

    @Test
    void isRefusedIfTheConditionHasFailedForGood() {
        assertThat(Settlement.of(written, previous, true, false)).isEqualTo(REFUSED);
        assertThat(Settlement.of(Revision.first(), null, true, false)).isEqualTo(REFUSED);
    }

    @Test
    void isRefusedIfWhatItChangesDoesNotExist() {
        assertThat(Settlement.of(written, null, false, false)).isEqualTo(REFUSED);
    }

    @Test
    void isOpenIfNobodyRemembersThatFarBack() {
        assertThat(Settlement.of(written, later(previous, 8), true, false)).isEqualTo(REFUSED);
        assertThat(Settlement.of(written, later(previous, 9), true, false)).isEqualTo(OPEN);
    }

    @Test
    void needsNoMemoryIfItWasSentOnceAndRefused() {
        assertThat(Settlement.of(written, later(previous, 50), true, true)).isEqualTo(REFUSED);
    }

    private static Revision later(Revision revision, int writes) {
        return Stream.iterate(revision, Revision::next).skip(writes).findFirst().orElseThrow();
    }
}
