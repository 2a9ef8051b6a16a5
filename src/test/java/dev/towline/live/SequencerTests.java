package dev.towline.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SequencerTests {

    private final Sequencer<Note> sequencer = new Sequencer<>(3);
    private final List<Note> ready = new ArrayList<>();

    @Test
    void keepsWhatComesBeforeItBeginsAndDropsWhatItBeganWith() {
        offer(1, 3, 2);
        assertThat(ready).isEmpty();

        sequencer.continueAfter(2, ready::add);

        assertThat(ready).containsExactly(Note.step(3));
    }

    @Test
    void ordersWhatComesAheadAndPassesEachOnOnce() {
        sequencer.continueAfter(0, ready::add);

        offer(2, 3, 2, 1, 1, 3, 4);

        assertThat(ready).isEqualTo(Note.steps(1, 4));
        assertThat(sequencer.hasHole()).isFalse();
    }

    @Test
    void tellsWhatIsMissing() {
        sequencer.continueAfter(4, ready::add);

        offer(5, 8, 9);

        assertThat(sequencer.hasHole()).isTrue();
        assertThat(sequencer.next()).isEqualTo(6);
        assertThat(sequencer.missingUpTo()).isEqualTo(7);
    }

    @Test
    void letsTheHighestGoWhenTooManyAreHeldAndCountsThemAsMissing() {
        sequencer.continueAfter(0, ready::add);

        offer(6, 5, 4, 3, 2, 1);

        assertThat(ready).isEqualTo(Note.steps(1, 4));
        assertThat(sequencer.hasHole()).isTrue();
        assertThat(sequencer.missingUpTo()).isEqualTo(6);
    }

    @Test
    void losesNoHeldMessageWhenTheMissingOneArrivesAtFullCapacity() {
        sequencer.continueAfter(0, ready::add);

        offer(2, 3, 4, 1);

        assertThat(ready).isEqualTo(Note.steps(1, 4));
    }

    @Test
    void aMessageAccountsForNumbersThatNobodyTellsAnyMore() {
        sequencer.continueAfter(4, ready::add);

        sequencer.offer(Note.accounting(5, 7), ready::add);
        sequencer.offer(Note.step(6), ready::add);
        sequencer.offer(Note.step(8), ready::add);

        assertThat(ready).containsExactly(Note.accounting(5, 7), Note.step(8));
        assertThat(sequencer.hasHole()).isFalse();
    }

    @Test
    void aMessageDoesNotAccountForWhatComesBeforeItsFirstNumber() {
        sequencer.continueAfter(4, ready::add);

        sequencer.offer(Note.accounting(7, 9), ready::add);

        assertThat(ready).isEmpty();
        assertThat(sequencer.missingUpTo()).isEqualTo(6);
        offer(5, 6);
        assertThat(ready).containsExactly(Note.step(5), Note.step(6), Note.accounting(7, 9));
    }

    /** An instance that lacks the chunk of a batch knows of its last update only that it exists. */
    @Test
    void ofTwoCopiesTheOneThatAccountsForMoreCounts() {
        sequencer.continueAfter(4, ready::add);

        offer(7);
        sequencer.offer(Note.accounting(5, 7), ready::add);

        assertThat(ready).containsExactly(Note.accounting(5, 7));
    }

    private void offer(int... sequences) {
        for (int sequence : sequences) {
            sequencer.offer(Note.step(sequence), ready::add);
        }
    }
}
