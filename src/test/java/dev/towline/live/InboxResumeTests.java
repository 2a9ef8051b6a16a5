package dev.towline.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that continue after a message that the subscriber has, and what fills holes. */
class InboxResumeTests {

    private static final Duration TIMEOUT = Duration.ofMillis(200);

    @Test
    void deliversWhatCameAfterThatMessageAndNoSnapshot() {
        Inbox<Note> inbox = resuming(3);
        assertThat(Steps.of(inbox)).contains(new Step.ReadSnapshot<>(3));

        inbox.snapshot(List.of(Note.state(6).knowingFrom(4)));

        assertThat(Steps.delivered(inbox)).isEqualTo(Note.steps(4, 6));
    }

    @Test
    void readsAtOnceWhatTheStateDoesNotKnow() {
        Inbox<Note> inbox = resuming(3);
        Steps.of(inbox);
        inbox.snapshot(List.of(Note.state(8).knowingFrom(7)));
        assertThat(Steps.of(inbox)).containsExactly(new Step.ReadMissing<>(3), new Step.Idle<>());

        inbox.missing(Note.steps(4, 8));

        assertThat(Steps.delivered(inbox)).isEqualTo(Note.steps(4, 8));
    }

    @Test
    void readsInPartsAndOnlyWhenTheSubscriberHasThePartBefore() {
        Inbox<Note> inbox = new Inbox<>(Note.class, after(0), Limits.of(TIMEOUT, 3, 5, 4));
        Steps.of(inbox);
        inbox.snapshot(List.of(Note.state(40)));
        assertThat(Steps.of(inbox)).contains(new Step.ReadMissing<>(0));
        inbox.missing(Note.steps(1, 20));
        assertThat(Steps.of(inbox)).as("nobody asks").containsExactly(new Step.Idle<>());

        inbox.ask(25);
        List<Step<Note>> steps = Steps.of(inbox);
        assertThat(steps).hasSize(22).element(20).isEqualTo(new Step.ReadMissing<>(20));
        inbox.missing(Note.steps(21, 39));
        inbox.ask(Long.MAX_VALUE);

        assertThat(Steps.delivered(inbox)).isEqualTo(Note.steps(21, 40));
        assertThat(inbox.conflated())
                .as("nothing is dropped, however much it is")
                .isZero();
    }

    @Test
    void hasNothingToTellWhoHasTheLastMessage() {
        Inbox<Note> inbox = resuming(6);
        Steps.of(inbox);
        inbox.snapshot(List.of(Note.state(6)));
        assertThat(Steps.of(inbox)).containsExactly(new Step.Idle<>());

        inbox.offer(Note.step(7));
        assertThat(Steps.delivered(inbox)).containsExactly(Note.step(7));
    }

    @Test
    void completesAtOnceAfterTheFinalMessage() {
        Inbox<Note> inbox = resuming(6);
        Steps.of(inbox);
        inbox.snapshot(List.of(Note.state(6), Note.end(6)));

        assertThat(Steps.of(inbox)).containsExactly(new Step.Complete<>(), new Step.Closed<>());
    }

    @Test
    void deliversTheEndToWhoLacksIt() {
        Inbox<Note> inbox = resuming(5);
        Steps.of(inbox);
        inbox.snapshot(List.of(Note.state(6), Note.end(6)));

        assertThat(Steps.of(inbox))
                .containsExactly(new Step.Deliver<>(Note.end(6)), new Step.Complete<>(), new Step.Closed<>());
    }

    @Test
    void beginsWithASnapshotIfThatMessageLiesInTheFuture() {
        Inbox<Note> inbox = resuming(9);
        Steps.of(inbox);
        inbox.snapshot(List.of(Note.state(6)));
        inbox.offer(Note.step(7));

        assertThat(Steps.delivered(inbox)).containsExactly(Note.state(6), Note.step(7));
    }

    @Test
    void tellsAGapIfStorageLostSomeOfIt() {
        Inbox<Note> inbox = resuming(3);
        Steps.of(inbox);
        inbox.snapshot(List.of(Note.state(9).knowingFrom(7)));
        Steps.of(inbox);
        inbox.missing(Note.steps(6, 9));
        assertThat(Steps.of(inbox)).contains(new Step.ReadSnapshot<>(9));
        inbox.snapshot(List.of(Note.state(9).knowingFrom(7)));

        assertThat(Steps.delivered(inbox))
                .containsExactly(Note.gap(8).missing(5), Note.state(9).knowingFrom(7));
    }

    @Test
    void countsWhatAMessageAccountsForFromTheMessageThatTheSubscriberHas() {
        Inbox<Note> inbox = resuming(3);
        Steps.of(inbox);
        inbox.offer(Note.accounting(4, 6));
        inbox.snapshot(List.of(Note.state(6)));

        assertThat(Steps.delivered(inbox)).containsExactly(Note.accounting(4, 6).missing(2));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void aLaterMessageFillsAHoleWithoutAWait(int knownFrom) {
        Inbox<Note> inbox = resuming(1);
        Steps.of(inbox);
        inbox.snapshot(List.of(Note.state(1)));
        inbox.offer(Note.step(6).knowingFrom(knownFrom));

        List<Step<Note>> steps = Steps.of(inbox);
        if (knownFrom == 2) {
            assertThat(steps).hasSize(6).doesNotHaveAnyElementsOfTypes(Step.Await.class);
        } else {
            assertThat(steps).containsExactly(new Step.Await<>(2, TIMEOUT), new Step.Idle<>());
            inbox.offer(Note.step(2));
            List<Note> expected = new ArrayList<>(knownFrom == 3 ? Note.steps(2, 5) : Note.steps(2, 2));
            if (knownFrom == 3) {
                expected.add(Note.step(6).knowingFrom(3));
            }
            assertThat(Steps.delivered(inbox)).isEqualTo(expected);
        }
    }

    @Test
    void beginsAnewWithASnapshotOfLowerNumbers() {
        Inbox<Note> inbox = resuming(3);
        Steps.of(inbox);
        inbox.snapshot(List.of(Note.state(9).knowingFrom(4)));
        assertThat(Steps.delivered(inbox)).hasSize(6);

        inbox.restart();
        assertThat(Steps.of(inbox)).containsExactly(new Step.ReadSnapshot<>(0), new Step.Idle<>());
        inbox.snapshot(List.of(Note.state(2)));
        inbox.offer(Note.step(3));

        assertThat(Steps.delivered(inbox)).containsExactly(Note.state(2), Note.step(3));
    }

    @Test
    void ignoresWhatWasReadBeforeItBeganAnew() {
        Inbox<Note> inbox = resuming(3);
        Steps.of(inbox);
        inbox.restart();
        inbox.snapshot(List.of(Note.state(9).knowingFrom(4)));
        assertThat(Steps.of(inbox)).containsExactly(new Step.ReadSnapshot<>(0), new Step.Idle<>());

        inbox.snapshot(List.of(Note.state(2)));
        assertThat(Steps.delivered(inbox)).containsExactly(Note.state(2));
    }

    @Test
    void theErrorOfAReadFromBeforeItBeganAnewDoesNotEndIt() {
        Inbox<Note> inbox = resuming(3);
        Steps.of(inbox);
        inbox.restart();
        inbox.readFailed(new IllegalStateException("the table was empty, as the test wants it"));
        assertThat(Steps.of(inbox)).containsExactly(new Step.ReadSnapshot<>(0), new Step.Idle<>());

        inbox.snapshot(List.of(Note.state(2)));
        assertThat(Steps.delivered(inbox)).containsExactly(Note.state(2));
    }

    private static Inbox<Note> resuming(int after) {
        Inbox<Note> inbox = new Inbox<>(Note.class, after(after), Limits.of(TIMEOUT, 3, 5, 4));
        inbox.ask(Long.MAX_VALUE);
        return inbox;
    }

    private static StreamOptions<Note> after(int sequence) {
        return new StreamOptions<>(sequence, Duration.ZERO, (_, _) -> false);
    }
}
