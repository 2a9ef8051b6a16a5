package dev.towline.dynamo;

import static dev.towline.store.Notes.ACME;
import static dev.towline.store.Notes.NOTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.towline.problem.Unavailable;
import dev.towline.store.Notes.Note;
import dev.towline.store.Notes.NoteKey;
import dev.towline.store.Store;
import dev.towline.store.VersionFloors;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads that lag behind version floors. */
class StoreFloorsIT {

    private StoreFixture fixture = StoreFixture.start();
    private Store store = fixture.store;

    @BeforeEach
    void lag() {
        Lagging.inFrontOf(fixture.faulty);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void readsCheaplyWhereNothingIsKnown() {
        store.getAll(NOTES, List.of(new NoteKey(ACME, "n1")));
        assertThat(batches()).containsExactly(false);
    }

    @Test
    void readsConsistentlyAfterAGap() {
        fixture.floors.doubt();
        store.getAll(NOTES, List.of(new NoteKey(ACME, "n1")));
        assertThat(batches()).containsExactly(true);
    }

    @Test
    void neverAnswersOlderThanItsOwnWrites() {
        Note first = Note.first("n1", "top", "a");
        store.write(first.write());
        assertThat(store.getAll(NOTES, List.of(first.key()))).isEqualTo(Map.of(first.key(), first));
        Note second = first.with("b");
        store.write(second.write());
        assertThat(store.getAll(NOTES, List.of(first.key()))).isEqualTo(Map.of(first.key(), second));
        assertThat(batches()).containsExactly(false, true, false, true);
    }

    @Test
    void readsAgainOnlyWhatCameOutOlder() {
        Note lagging = Note.first("n1", "top", "a");
        Note settled = Note.first("n2", "top", "a");
        store.write(settled.write());
        fixture.faulty.calm();
        Lagging.inFrontOf(fixture.faulty);
        store.write(lagging.write());

        assertThat(store.getAll(NOTES, List.of(lagging.key(), settled.key()))).hasSize(2);
        assertThat(fixture.faulty
                        .requests("BatchGetItem")
                        .getLast()
                        .body()
                        .findPath("Keys")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void answersWhatSomebodyHasSeenElsewhere() {
        Note first = Note.first("n1", "top", "a");
        Note second = first.with("b");
        store.write(first.write());
        store.write(second.write());
        Store elsewhere = fixture.elsewhere();
        assertThat(elsewhere.getAll(NOTES, List.of(first.key()))).containsValue(first);

        fixture.floorsElsewhere.claim(first.key().ref(), 2);
        assertThat(elsewhere.getAll(NOTES, List.of(first.key()))).containsValue(second);
    }

    @Test
    void looksOnceIntoAClaimThatIsWrong() {
        Note first = Note.first("n1", "top", "a");
        store.write(first.write());
        fixture.faulty.calm();
        fixture.floors.claim(first.key().ref(), 999);

        assertThat(store.getAll(NOTES, List.of(first.key()))).containsValue(first);
        assertThat(store.getAll(NOTES, List.of(first.key()))).containsValue(first);
        assertThat(batches()).containsExactly(false, true, false);
    }

    @Test
    void looksIntoAWriteThatMayHaveBeenApplied() {
        Note first = Note.first("n1", "top", "a");
        store.write(first.write());
        Note second = first.with("b");
        fixture.faulty.next("PutItem", Fault.answerLost(), Fault.requestLost(), Fault.requestLost());
        fixture.faulty.always("GetItem", Fault.requestLost());
        assertThatThrownBy(() -> store.write(second.write())).isInstanceOf(Unavailable.class);
        fixture.faulty.always("GetItem", Fault.none());

        assertThat(store.getAll(NOTES, List.of(first.key()))).containsValue(second);
        assertThat(fixture.doubts).containsExactly(first.key());
    }

    /** A reader that took the floor for granted must notice that it is gone. */
    @Test
    void readsConsistentlyIfFloorsWereDroppedDuringTheRead() {
        Note first = Note.first("n1", "top", "a");
        Note second = first.with("b");
        store.write(first.write());
        store.write(second.write());
        VersionFloors few = new VersionFloors(Duration.ofMinutes(10), InstantSource.system(), 1);
        few.raise(second.key().ref(), 2);
        Store overflowing = fixture.store(few, () -> {
            for (int i = 0; i < 1000; i++) {
                few.raise(new NoteKey(ACME, "other" + i).ref(), 1);
            }
        });

        assertThat(few.isIncomplete()).isFalse();
        assertThat(overflowing.getAll(NOTES, List.of(first.key()))).containsValue(second);
    }

    /** Of each batch read so far, whether it was consistent. */
    private List<Boolean> batches() {
        return fixture.faulty.requests("BatchGetItem").stream()
                .map(request -> request.body().findPath("ConsistentRead").asBoolean(false))
                .toList();
    }
}
