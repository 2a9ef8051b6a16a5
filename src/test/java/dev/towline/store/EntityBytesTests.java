package dev.towline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.towline.store.Notes.Line;
import dev.towline.store.Notes.Note;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EntityBytesTests {

    private final EntityBytes bytes = new EntityBytes(List.of(Notes.NOTES, Notes.LINES));

    @Test
    void bringsBackWhatWasEncoded() {
        Note note = Note.first("n1", "top", "ü".repeat(70_000)).with("ende");
        Line line = Line.first(Notes.OTHER, "n1", 17);
        assertThat(bytes.decode(bytes.encode(note))).contains(note);
        assertThat(bytes.decode(bytes.encode(line))).contains(line);
        Note endless = Note.first("n2", "top", "ü".repeat(70_000));
        assertThat(bytes.decode(bytes.encode(endless))).contains(endless);
    }

    @Test
    void doesNotReadALayoutOfAnotherTime() {
        byte[] encoded = bytes.encode(Note.first("n1", "top", "a"));
        encoded[0]++;
        assertThat(bytes.decode(encoded)).isEmpty();
    }

    @Test
    void doesNotReadAKindOfEntityThatItDoesNotKnow() {
        byte[] encoded = bytes.encode(Line.first(Notes.ACME, "n1", 17));
        assertThat(new EntityBytes(List.of(Notes.NOTES)).decode(encoded)).isEmpty();
    }

    @Test
    void refusesBytesThatEndTooEarly() {
        byte[] encoded = bytes.encode(Note.first("n1", "top", "a"));
        byte[] half = Arrays.copyOf(encoded, encoded.length / 2);
        assertThatThrownBy(() -> bytes.decode(half)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void encodesAnEntityOnceForAllWhoNeedItWithinAMoment() {
        Note note = Note.first("n1", "top", "a");
        assertThat(bytes.encode(note)).isSameAs(bytes.encode(note));
        assertThat(bytes.encode(Note.first("n1", "top", "a")))
                .as("another object")
                .isNotSameAs(bytes.encode(note));
    }

    @Test
    void givesNobodyTheBytesOfAnother() {
        List<Note> notes = IntStream.range(0, 3 * RecentBytes.PLACES)
                .mapToObj(i -> Note.first("n" + i, "top", "a"))
                .toList();
        notes.forEach(bytes::encode);
        assertThat(notes)
                .allSatisfy(note -> assertThat(bytes.decode(bytes.encode(note))).contains(note));
    }

    @Test
    void isCompact() {
        Note note = Note.first("n1", "top", "a");
        assertThat(bytes.encode(note)).hasSizeLessThan(80);
    }
}
