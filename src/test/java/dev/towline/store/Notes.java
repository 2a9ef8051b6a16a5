package dev.towline.store;

import dev.towline.viewer.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Two tables as a feature might have them: notes that are listed by shelf, and the lines under a note. */
public final class Notes {

    public static final Tenant ACME = new Tenant("acme");
    public static final Tenant OTHER = new Tenant("other");

    public static final Index<Note> BY_SHELF = new Index<>(
            "shelf", Note::shelf, note -> note.text() + "#" + note.key().id());

    public static final Table<Note> NOTES =
            new Table<>("notes", "note", false, new NoteCodec(), List.of(BY_SHELF), null);

    public static final Table<Line> LINES =
            new Table<>("lines", "line", true, new LineCodec(), List.of(), _ -> Instant.parse("2999-01-01T00:00:00Z"));

    private Notes() {}

    public record NoteKey(Tenant tenant, String id) implements EntityKey {

        @Override
        public String entity() {
            return NOTES.entity();
        }
    }

    /** Its text also gives its place on the shelf. */
    public record Note(NoteKey key, Revision revision, String shelf, String text) implements Entity {

        public static Note first(String id, String shelf, String text) {
            return new Note(new NoteKey(ACME, id), Revision.first(), shelf, text);
        }

        public Note with(String newText) {
            return new Note(key, revision.next(), shelf, newText);
        }

        public Write<Note> write() {
            return new Write<>(NOTES, this);
        }
    }

    public record LineKey(Tenant tenant, String id, String sort) implements EntityKey {

        @Override
        public String entity() {
            return LINES.entity();
        }
    }

    public record Line(LineKey key, Revision revision, int number) implements Entity {

        public static Line first(Tenant tenant, String note, int number) {
            return new Line(new LineKey(tenant, note, "%04d".formatted(number)), Revision.first(), number);
        }

        public Write<Line> write() {
            return new Write<>(LINES, this);
        }
    }

    private record NoteCodec() implements ItemCodec<Note> {

        @Override
        public void write(Note note, ItemWriter item) {
            item.string("place", note.shelf()).string("text", note.text());
        }

        @Override
        public Note read(ItemReader item) {
            return new Note(
                    new NoteKey(item.tenant(), item.id()), item.revision(), item.string("place"), item.string("text"));
        }
    }

    private record LineCodec() implements ItemCodec<Line> {

        @Override
        public void write(Line line, ItemWriter item) {
            item.integer("number", line.number());
        }

        @Override
        public Line read(ItemReader item) {
            String sort = Objects.requireNonNull(item.sort());
            return new Line(new LineKey(item.tenant(), item.id(), sort), item.revision(), item.integer("number"));
        }
    }
}
