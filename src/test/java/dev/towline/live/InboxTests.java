package dev.towline.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.problem.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InboxTests {

    private static final Duration TIMEOUT = Duration.ofMillis(200);

    private final Inbox<Note> inbox = inbox(StreamOptions.all());

    private static Inbox<Note> inbox(StreamOptions<Note> options) {
        return new Inbox<>(Note.class, options, Limits.of(TIMEOUT, 3, 5, 4));
    }

    @Test
    void readsASnapshotFirstAndOnce() {
        assertThat(steps()).containsExactly(readSnapshot(0), idle());
        assertThat(steps()).containsExactly(idle());
    }

    @Test
    void givesTheSnapshotAndWhatCameMeanwhileIfItIsNewer() {
        inbox.ask(10);
        offer(3, 2, 4);
        inbox.snapshot(List.of(Note.state(3)));

        assertThat(steps()).containsExactly(deliver(Note.state(3)), deliver(Note.step(4)), idle());
    }

    @Test
    void givesTheEndThatComesWithASnapshotAndNothingAfterIt() {
        inbox.ask(10);
        offer(3, 4);
        inbox.snapshot(List.of(Note.state(3), Note.end(3)));

        assertThat(steps())
                .containsExactly(deliver(Note.state(3)), deliver(Note.end(3)), new Step.Complete<>(), closed());
    }

    @Test
    void completesOnlyAfterTheLastWasTaken() {
        begin(1);
        inbox.offer(Note.end(2));
        assertThat(steps()).containsExactly(idle());

        inbox.ask(1);

        assertThat(steps()).containsExactly(deliver(Note.end(2)), new Step.Complete<>(), closed());
    }

    @Test
    void givesAHoleTimeThenReadsWhatIsMissing() {
        begin(1);
        inbox.ask(10);
        offer(4, 5);
        assertThat(steps()).containsExactly(await(2, TIMEOUT), idle());

        inbox.overdue(2);
        assertThat(steps()).containsExactly(readMissing(1), idle());
        inbox.missing(Note.steps(2, 3));

        assertThat(steps()).isEqualTo(deliveries(Note.steps(2, 5)));
    }

    @Test
    void doesNotReadForAHoleThatClosedInTime() {
        begin(1);
        inbox.ask(10);
        offer(3);
        assertThat(steps()).containsExactly(await(2, TIMEOUT), idle());
        offer(2);
        inbox.overdue(2);

        assertThat(steps()).isEqualTo(deliveries(Note.steps(2, 3)));
    }

    @Test
    void givesEachHoleItsOwnTime() {
        begin(1);
        inbox.ask(10);
        offer(3);
        assertThat(steps()).contains(await(2, TIMEOUT));
        offer(2, 5);
        inbox.overdue(2);

        assertThat(steps()).containsExactly(deliver(Note.step(2)), deliver(Note.step(3)), await(4, TIMEOUT), idle());
    }

    @Test
    void deliversEachOnceThoughItIsReadAndPublished() {
        begin(1);
        inbox.ask(10);
        offer(4);
        waitUntilOverdue(2);
        offer(3, 2);
        inbox.missing(Note.steps(2, 3));
        offer(2, 3, 4);

        assertThat(steps()).isEqualTo(deliveries(Note.steps(2, 4)));
    }

    @Test
    void goesOnFromASnapshotIfStorageDoesNotHaveWhatIsMissing() {
        begin(1);
        inbox.ask(10);
        offer(4, 6);
        waitUntilOverdue(2);
        inbox.missing(Note.steps(2, 2));
        assertThat(steps()).containsExactly(deliver(Note.step(2)), readMissing(2), idle());
        inbox.missing(Note.steps(4, 6));
        assertThat(steps()).containsExactly(readSnapshot(6), idle());

        inbox.snapshot(List.of(Note.state(5)));

        assertThat(steps())
                .containsExactly(
                        deliver(Note.gap(4).missing(2)), deliver(Note.state(5)), deliver(Note.step(6)), idle());
    }

    @Test
    void doesNotJumpToASnapshotIfTheHoleClosedMeanwhile() {
        begin(1);
        inbox.ask(10);
        offer(3);
        waitUntilOverdue(2);
        inbox.missing(List.of());
        assertThat(steps()).contains(readSnapshot(3));
        offer(2);
        inbox.snapshot(List.of(Note.state(5)));

        assertThat(steps()).containsExactly(deliver(Note.step(2)), deliver(Note.step(3)), await(4, TIMEOUT), idle());
    }

    @Test
    void neverStepsBackToAnOlderSnapshotAndAsksStorageLessAndLess() {
        begin(4);
        inbox.ask(10);
        offer(6);
        waitUntilOverdue(5);
        Duration patience = TIMEOUT;
        for (int attempt = 0; attempt < 7; attempt++) {
            inbox.missing(List.of());
            assertThat(steps()).containsExactly(readSnapshot(6), idle());
            inbox.snapshot(List.of(Note.state(3)));
            patience = attempt < 5 ? patience.multipliedBy(2) : patience;
            assertThat(steps()).containsExactly(await(5, patience), idle());
            inbox.overdue(5);
            assertThat(steps()).containsExactly(readMissing(4), idle());
        }
    }

    @Test
    void readsMessagesAgainThatItCouldNotHold() {
        begin(1);
        inbox.ask(10);
        offer(8, 7, 6, 5, 4, 3);
        waitUntilOverdue(2);
        inbox.missing(Note.steps(2, 2));
        assertThat(steps()).contains(deliver(Note.step(6)), await(7, TIMEOUT));
        inbox.overdue(7);

        assertThat(steps()).containsExactly(readMissing(6), idle());
    }

    @Test
    void endsAtOnceWithTheFirstError() {
        begin(1);
        offer(2);
        IllegalStateException error = new IllegalStateException();
        inbox.fail(error);
        inbox.fail(new IllegalArgumentException());

        assertThat(steps()).containsExactly(new Step.Fail<>(error), closed());
    }

    @Test
    void endsASubscriberThatIsTooFarBehind() {
        begin(1);
        for (int sequence = 2; sequence <= 5; sequence++) {
            inbox.offer(Note.weighty(sequence));
        }

        assertThat(inbox.next())
                .isInstanceOfSatisfying(
                        Step.Fail.class, fail -> assertThat(fail.error()).isInstanceOf(Unavailable.class));
    }

    @Test
    void countsWhatASlowSubscriberMisses() {
        begin(1);
        offer(2, 3, 4, 5, 6);

        assertThat(inbox.conflated()).isEqualTo(2);
    }

    @Test
    void givesNothingMoreAfterTheSubscriberLeft() {
        begin(1);
        inbox.ask(10);
        offer(2, 4);
        inbox.close();

        assertThat(steps()).containsExactly(closed());
    }

    @Test
    void keepsNothingAfterTheSubscriberLeft() {
        begin(1);
        offer(2, 4);
        assertThat(inbox.isEmpty()).isFalse();

        inbox.close();
        assertThat(inbox.isEmpty()).isTrue();
        offer(6);
        inbox.snapshot(List.of(Note.state(7)));
        inbox.missing(Note.steps(2, 3));
        assertThat(inbox.isEmpty()).isTrue();
    }

    private void begin(int sequence) {
        inbox.ask(1);
        inbox.snapshot(List.of(Note.state(sequence)));
        assertThat(steps()).containsExactly(deliver(Note.state(sequence)), idle());
    }

    private void offer(int... sequences) {
        for (int sequence : sequences) {
            inbox.offer(Note.step(sequence));
        }
    }

    private void waitUntilOverdue(int sequence) {
        assertThat(steps()).contains(await(sequence, TIMEOUT));
        inbox.overdue(sequence);
        assertThat(steps()).hasAtLeastOneElementOfType(Step.ReadMissing.class);
    }

    private List<Step<Note>> steps() {
        List<Step<Note>> steps = new ArrayList<>();
        do {
            assertThat(steps).hasSizeLessThan(100);
            steps.add(inbox.next());
        } while (!steps.getLast().equals(idle()) && !steps.getLast().equals(closed()));
        return steps;
    }

    private static List<Step<Note>> deliveries(List<Note> notes) {
        List<Step<Note>> steps = new ArrayList<>();
        notes.forEach(note -> steps.add(deliver(note)));
        steps.add(idle());
        return steps;
    }

    private static Step<Note> deliver(Note note) {
        return new Step.Deliver<>(note);
    }

    private static Step<Note> readSnapshot(int atLeast) {
        return new Step.ReadSnapshot<>(atLeast);
    }

    private static Step<Note> readMissing(int after) {
        return new Step.ReadMissing<>(after);
    }

    private static Step<Note> await(int sequence, Duration delay) {
        return new Step.Await<>(sequence, delay);
    }

    private static Step<Note> idle() {
        return new Step.Idle<>();
    }

    private static Step<Note> closed() {
        return new Step.Closed<>();
    }
}
