package dev.towline.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/** Streams of subscribers that want fewer messages. */
class InboxThinningTests {

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    @Test
    void deliversTheNewestWhenTheIntervalIsOverAndCountsTheOthers() {
        Inbox<Note> inbox = begun(INTERVAL, (_, _) -> false);
        Note.steps(2, 5).forEach(inbox::offer);
        assertThat(Steps.of(inbox)).containsExactly(new Step.Idle<>());
        assertThat(inbox.thinned()).isEqualTo(3);

        inbox.intervalOver(1);

        assertThat(Steps.of(inbox))
                .containsExactly(
                        new Step.Deliver<>(Note.step(5).missing(3)), new Step.Pause<>(2, INTERVAL), new Step.Idle<>());
        assertThat(inbox.conflated()).as("it is not slow").isZero();
    }

    @Test
    void deliversAtOnceIfTheIntervalIsOver() {
        Inbox<Note> inbox = begun(INTERVAL, (_, _) -> false);
        inbox.intervalOver(1);
        assertThat(Steps.of(inbox)).containsExactly(new Step.Idle<>());
        inbox.offer(Note.step(2));

        assertThat(Steps.delivered(inbox)).containsExactly(Note.step(2));
    }

    /** Its timer ran out just before the next message was delivered. */
    @Test
    void theEndOfAnEarlierIntervalDoesNotEndThisOne() {
        Inbox<Note> inbox = begun(INTERVAL, (_, _) -> false);
        inbox.offer(Note.weighty(2));
        assertThat(Steps.delivered(inbox)).containsExactly(Note.weighty(2));
        inbox.intervalOver(1);
        inbox.offer(Note.step(3));
        assertThat(Steps.delivered(inbox)).isEmpty();

        inbox.intervalOver(2);
        assertThat(Steps.delivered(inbox)).containsExactly(Note.step(3));
    }

    @Test
    void whatMayNotBeDroppedPassesAndTellsWhatWasSkipped() {
        Inbox<Note> inbox = begun(INTERVAL, (_, _) -> true);
        inbox.offer(Note.step(2));
        inbox.offer(Note.weighty(3));
        inbox.offer(Note.step(4));
        inbox.offer(Note.end(5));

        assertThat(Steps.delivered(inbox))
                .containsExactly(Note.weighty(3).missing(1), Note.end(5).missing(1));
    }

    @Test
    void aHoleIsFilledDuringTheIntervalBecauseSomethingMayPass() {
        Inbox<Note> inbox = begun(INTERVAL, (_, _) -> false);
        inbox.offer(Note.step(2));
        inbox.offer(Note.weighty(4));
        Steps.of(inbox);
        inbox.overdue(3);
        assertThat(Steps.of(inbox)).contains(new Step.ReadMissing<>(2));
        inbox.missing(Note.steps(3, 3));

        assertThat(Steps.delivered(inbox)).containsExactly(Note.weighty(4).missing(2));
    }

    @Test
    void skipsWhatIsTooNearToTheMessageDeliveredBefore() {
        BiPredicate<Note, Note> isTooNear = (one, other) -> other.sequence() - one.sequence() < 3;
        Inbox<Note> inbox = begun(Duration.ZERO, isTooNear);
        Note.steps(2, 9).forEach(inbox::offer);

        assertThat(Steps.delivered(inbox))
                .containsExactly(Note.step(4).missing(2), Note.step(7).missing(2));
        assertThat(inbox.thinned()).isEqualTo(6);
    }

    @Test
    void thinsWhatIsDeliveredAfterwardsToo() {
        Inbox<Note> inbox = new Inbox<>(
                Note.class,
                new StreamOptions<>(0, INTERVAL, (_, _) -> false),
                Limits.of(Duration.ofMillis(200), 3, 50, 4));
        inbox.ask(Long.MAX_VALUE);
        Steps.of(inbox);
        inbox.snapshot(List.of(Note.state(30).knowingFrom(1)));

        assertThat(Steps.delivered(inbox)).containsExactly(Note.step(1));
        inbox.intervalOver(1);
        assertThat(Steps.delivered(inbox)).containsExactly(Note.step(30).missing(28));
    }

    private static Inbox<Note> begun(Duration minInterval, BiPredicate<Note, Note> isTooNear) {
        Inbox<Note> inbox = new Inbox<>(
                Note.class,
                new StreamOptions<>(null, minInterval, isTooNear),
                Limits.of(Duration.ofMillis(200), 3, 50, 4));
        inbox.ask(Long.MAX_VALUE);
        Steps.of(inbox);
        inbox.snapshot(List.of(Note.state(1)));
        assertThat(Steps.delivered(inbox)).containsExactly(Note.state(1));
        return inbox;
    }
}
