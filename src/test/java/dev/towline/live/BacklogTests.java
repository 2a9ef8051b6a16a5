package dev.towline.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BacklogTests {

    private final Backlog<Note> backlog = new Backlog<>(3, 5);

    @Test
    void givesAsManyAsWereAskedFor() {
        add(Note.step(1), Note.step(2), Note.step(3));
        assertThat(backlog.peek()).isNull();

        backlog.ask(2);

        assertThat(takeAll()).isEqualTo(Note.steps(1, 2));
    }

    @Test
    void dropsTheOldestDroppableForTheNewest() {
        add(Note.state(1), Note.step(2), Note.weighty(3), Note.step(4), Note.step(5));

        assertThat(backlog.conflated()).isEqualTo(2);
        backlog.ask(10);
        assertThat(takeAll()).containsExactly(Note.state(1), Note.weighty(3), Note.step(5));
    }

    @Test
    void neverDropsTheLast() {
        add(Note.end(1), Note.weighty(2), Note.weighty(3));

        assertThat(backlog.add(Note.weighty(4))).isFalse();
        assertThat(backlog.conflated()).isZero();
    }

    @Test
    void hasNoRoomIfNothingMayBeDropped() {
        add(Note.state(1), Note.weighty(2), Note.weighty(3));

        assertThat(backlog.add(Note.step(4))).isFalse();
    }

    @Test
    void keepsABurstForWhoAskedForItAndNoMore() {
        backlog.ask(Long.MAX_VALUE);
        Note.steps(1, 9).forEach(this::add);

        assertThat(backlog.conflated()).isEqualTo(1);
        assertThat(takeAll()).isEqualTo(Note.steps(2, 9));
    }

    @Test
    void askingForMoreThanThereIsANumberForMeansAll() {
        backlog.ask(Long.MAX_VALUE - 1);
        backlog.ask(Long.MAX_VALUE - 1);
        add(Note.step(1), Note.step(2));

        assertThat(takeAll()).isEqualTo(Note.steps(1, 2));
    }

    @Test
    void neverDropsWhatWasReadFromStorageAndHasRoomBesidesIt() {
        Note.steps(1, 9).forEach(backlog::addStored);
        add(Note.step(10), Note.step(11), Note.step(12), Note.step(13));
        assertThat(backlog.conflated()).as("three fit").isEqualTo(1);
        assertThat(backlog.stored()).isEqualTo(9);

        backlog.ask(20);
        List<Note> expected = new ArrayList<>(Note.steps(1, 9));
        expected.addAll(Note.steps(11, 13));
        assertThat(takeAll()).isEqualTo(expected);
        assertThat(backlog.stored()).isZero();
    }

    @Test
    void skippingUsesUpNoDemand() {
        backlog.ask(1);
        add(Note.step(1), Note.step(2));
        backlog.skip();

        assertThat(takeAll()).containsExactly(Note.step(2));
    }

    private void add(Note... notes) {
        for (Note note : notes) {
            assertThat(backlog.add(note)).isTrue();
        }
    }

    private List<Note> takeAll() {
        List<Note> taken = new ArrayList<>();
        for (Note note = backlog.peek(); note != null; note = backlog.peek()) {
            backlog.take();
            taken.add(note);
        }
        return taken;
    }
}
