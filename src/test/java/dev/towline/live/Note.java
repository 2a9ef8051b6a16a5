package dev.towline.live;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The messages of these tests: states begin a stream, steps follow, droppable unless they are the end or weigh something. */
record Note(Kind kind, int sequence, int first, int missed, int knownFrom) implements Sequenced {

    enum Kind {
        STATE,
        STEP,
        WEIGHTY,
        GAP,
        END
    }

    private Note(Kind kind, int sequence) {
        this(kind, sequence, sequence, 0, sequence);
    }

    static Note state(int sequence) {
        return new Note(Kind.STATE, sequence);
    }

    static Note step(int sequence) {
        return new Note(Kind.STEP, sequence);
    }

    static Note weighty(int sequence) {
        return new Note(Kind.WEIGHTY, sequence);
    }

    static Note end(int sequence) {
        return new Note(Kind.END, sequence);
    }

    /** A step that accounts for the numbers before it, too, from the first one on. */
    static Note accounting(int first, int sequence) {
        return new Note(Kind.STEP, sequence, first, 0, sequence);
    }

    static Note gap(int sequence) {
        return new Note(Kind.GAP, sequence);
    }

    /** This one, after so many that were not delivered. */
    Note missing(int count) {
        return new Note(kind, sequence, first, count, knownFrom);
    }

    /** This one, knowing all steps from that number on. */
    Note knowingFrom(int number) {
        return new Note(kind, sequence, first, missed, number);
    }

    /** Unless it says otherwise, a note knows nothing but itself. */
    @Override
    public List<Note> since(int afterSequence) {
        Note own = kind == Kind.STATE ? step(sequence) : this;
        return Stream.concat(steps(knownFrom, sequence - 1).stream(), Stream.of(own))
                .filter(note -> note.sequence() > afterSequence)
                .toList();
    }

    @Override
    public Note gapBefore() {
        return gap(sequence - 1);
    }

    @Override
    public boolean isGap() {
        return kind == Kind.GAP;
    }

    @Override
    public Note following(@Nullable Sequenced previous, int count) {
        return missing(count);
    }

    /** Steps from {@code first} to {@code last}, both included. */
    static List<Note> steps(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(Note::step).toList();
    }

    @Override
    public boolean last() {
        return kind == Kind.END;
    }

    /** The end says that it may be dropped, to see that it is not. */
    @Override
    public boolean droppable() {
        return kind == Kind.STEP || kind == Kind.END;
    }
}
