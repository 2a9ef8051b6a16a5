package dev.towline.dynamo;

import static dev.towline.store.Notes.ACME;
import static dev.towline.store.Notes.BY_SHELF;
import static dev.towline.store.Notes.LINES;
import static dev.towline.store.Notes.NOTES;
import static dev.towline.store.Notes.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.towline.problem.Unavailable;
import dev.towline.store.Change;
import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeStage;
import dev.towline.store.IndexRow;
import dev.towline.store.Notes.Line;
import dev.towline.store.Notes.Note;
import dev.towline.store.Notes.NoteKey;
import dev.towline.store.Order;
import dev.towline.store.Revision;
import dev.towline.store.Store;
import dev.towline.store.Write;
import dev.towline.store.WriteConflict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The guarantees of the store without faults. */
class StoreIT {

    private final StoreFixture fixture = open();

    /** Of the way to DynamoDB. */
    StoreFixture open() {
        return StoreFixture.start();
    }

    private final Store store = fixture.store;

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void readsWhatWasWritten() {
        Note note = Note.first("n1", "top", "hello");
        store.write(note.write());
        Note next = note.with("bye");
        store.write(next.write());

        assertThat(store.getConsistently(NOTES, note.key())).isEqualTo(next);
        assertThat(store.getAll(NOTES, List.of(note.key()))).containsExactlyEntriesOf(Map.of(note.key(), next));
        assertThat(store.getConsistently(NOTES, new NoteKey(ACME, "n2"))).isNull();
    }

    @Test
    void splitsLargeBatchesAndAsksForEachKeyOnce() {
        List<Note> notes = IntStream.range(0, 205)
                .mapToObj(i -> Note.first("n" + i, "top", "note " + i))
                .toList();
        for (int from = 0; from < notes.size(); from += 100) {
            store.write(notes.subList(from, Math.min(notes.size(), from + 100)).stream()
                    .<Write<?>>map(Note::write)
                    .toList());
        }
        List<NoteKey> keys = new ArrayList<>();
        notes.forEach(note -> Collections.addAll(keys, note.key(), note.key()));
        keys.add(new NoteKey(ACME, "missing"));

        assertThat(store.getAll(NOTES, keys).values()).containsExactlyElementsOf(notes);
        assertThat(fixture.faulty.requests("BatchGetItem")).hasSize(3);
    }

    @Test
    void takesAnIdThatCannotBeStoredForMissing() {
        Note note = Note.first("n1", "top", "a");
        store.write(note.write());
        String endless = "ü".repeat(1100);

        assertThat(store.getAll(NOTES, List.of(new NoteKey(ACME, endless), note.key(), new NoteKey(ACME, "")))
                        .values())
                .containsExactly(note);
        assertThat(store.getConsistently(NOTES, new NoteKey(ACME, endless))).isNull();
        assertThat(store.rows(LINES, ACME, endless, null, null, Order.ASCENDING, 1))
                .isEmpty();
    }

    @Test
    void keepsTenantsApart() {
        Note ours = Note.first("n1", "top", "ours");
        Note theirs = new Note(new NoteKey(OTHER, "n1"), Revision.first(), "top", "theirs");
        store.write(ours.write(), theirs.write());
        store.write(
                Line.first(ACME, "n1", 1).write(), Line.first(OTHER, "n1", 2).write());

        assertThat(store.getAll(NOTES, List.of(ours.key())).values()).containsExactly(ours);
        assertThat(store.getConsistently(NOTES, theirs.key())).isEqualTo(theirs);
        assertThat(store.list(NOTES, BY_SHELF, OTHER, List.of("top"), null, 10))
                .containsExactly(new IndexRow("n1", "theirs#n1"));
        assertThat(store.rows(LINES, ACME, "n1", null, null, Order.ASCENDING, 10))
                .extracting(Line::number)
                .containsExactly(1);
    }

    @Test
    void refusesAWriteThatDoesNotFollowTheStoredState() {
        Note note = Note.first("n1", "top", "a");
        store.write(note.write());
        Note next = note.with("b");
        store.write(next.write());

        assertThatThrownBy(() -> store.write(Note.first("n1", "top", "again").write()))
                .isInstanceOf(WriteConflict.class);
        assertThatThrownBy(() -> store.write(note.with("c").write())).isInstanceOf(WriteConflict.class);
        assertThatThrownBy(() -> store.write(
                        Note.first("n2", "top", "never created").with("d").write()))
                .isInstanceOf(WriteConflict.class);
        assertThat(store.getConsistently(NOTES, note.key())).isEqualTo(next);
        assertThat(fixture.heard).extracting(change -> change.value().version()).containsExactly(1, 2);
    }

    @Test
    void takesTheSameWriteAgainAsDone() {
        Note note = Note.first("n1", "top", "a");
        Note beside = Note.first("n2", "top", "b");
        store.write(note.write());
        store.write(note.write());
        Note next = note.with("c");
        store.write(next.write(), beside.write());
        store.write(next.write(), beside.write());

        assertThat(store.getConsistently(NOTES, note.key())).isEqualTo(next);
        assertThat(store.getConsistently(NOTES, beside.key())).isEqualTo(beside);
    }

    @Test
    void appliesAllOfATransactionOrNothing() {
        Note taken = Note.first("n1", "top", "taken");
        store.write(taken.write());
        Note free = Note.first("n2", "top", "free");

        WriteConflict conflict = catchThrowableOfType(
                WriteConflict.class,
                () -> store.write(free.write(), Note.first("n1", "top", "mine").write()));

        assertThat(conflict.keys()).containsExactly(taken.key());
        assertThat(store.getConsistently(NOTES, free.key())).isNull();
        assertThat(store.getConsistently(NOTES, taken.key())).isEqualTo(taken);
    }

    @Test
    void passesAWriteOnceAndInOrder() {
        Note note = Note.first("n1", "top", "a");
        Line line = Line.first(ACME, "n1", 1);
        store.write(note.write(), line.write());

        assertThat(fixture.heard).containsExactly(new Change(note, null), new Change(line, null));
    }

    @Test
    void goesOnWhenAStageFails() {
        fixture.stages.addFirst(new ChangeStage() {
            @Override
            public Stage stage() {
                return Stage.INDEX;
            }

            @Override
            public void pass(ChangeEvent event) {
                throw new IllegalStateException("a stage that fails, as the test wants it");
            }
        });
        store.write(Note.first("n1", "top", "a").write());

        assertThat(fixture.heard).hasSize(1);
    }

    @Test
    void takesNoWritesForAnEasyJobAndTooManyForAMistake() {
        store.write(List.of());
        List<Write<?>> tooMany =
                Collections.nCopies(101, Note.first("n1", "top", "a").write());

        assertThatThrownBy(() -> store.write(tooMany)).isInstanceOf(IllegalArgumentException.class);
        assertThat(fixture.faulty.requests()).isEmpty();
        assertThat(fixture.heard).isEmpty();
    }

    @Test
    void takesWhatDynamoNeverAcceptsForAMistakeOfItsOwn() {
        Note tooLarge = Note.first("n1", "top", "x".repeat(500_000));

        assertThatThrownBy(() -> store.write(tooLarge.write()))
                .isInstanceOf(IllegalStateException.class)
                .isNotInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> store.write(
                        tooLarge.write(), Note.first("n2", "top", "small").write()))
                .isInstanceOf(IllegalStateException.class);
        assertThat(fixture.faulty.requests()).hasSize(2);
    }

    @Test
    void decidesAgainAfterAConflict() {
        AtomicInteger attempts = new AtomicInteger();
        String result = store.retryingConflicts(() -> {
            if (attempts.incrementAndGet() < 3) {
                throw new WriteConflict(List.of(new NoteKey(ACME, "n1")));
            }
            return "done";
        });

        assertThat(result).isEqualTo("done");
    }

    @Test
    void givesUpDecidingWhenThereIsAlwaysAConflict() {
        AtomicInteger attempts = new AtomicInteger();

        assertThatThrownBy(() -> store.retryingConflicts(() -> {
                    attempts.incrementAndGet();
                    throw new WriteConflict(List.of(new NoteKey(ACME, "n1")));
                }))
                .isInstanceOf(Unavailable.class);
        assertThat(attempts).hasValue(10);
    }

    @Test
    void timesEveryCall() {
        Note note = Note.first("n1", "top", "a");
        store.write(note.write());
        store.write(note.with("b").write(), Line.first(ACME, "n1", 1).write());
        assertThatThrownBy(() -> store.write(Note.first("n1", "top", "again").write()))
                .isInstanceOf(WriteConflict.class);
        store.getAll(NOTES, List.of(note.key()));

        assertThat(fixture.calls("table", "notes", "operation", "PutItem", "path", "dynamodb", "outcome", "ok"))
                .isEqualTo(1);
        assertThat(fixture.calls("table", "notes", "operation", "PutItem", "outcome", "conflict"))
                .isEqualTo(1);
        assertThat(fixture.calls("table", "lines+notes", "operation", "TransactWriteItems", "outcome", "ok"))
                .isEqualTo(1);
        assertThat(fixture.calls("table", "notes", "operation", "BatchGetItem", "path", path(), "outcome", "ok"))
                .isEqualTo(1);
    }

    /** Of reads by key, in metrics. */
    String path() {
        return "dynamodb";
    }
}
