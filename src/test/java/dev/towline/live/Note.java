package dev.towline.live;

import java.util.List;
import java.util.stream.IntStream;

/** The messages of these tests: states begin a stream, steps follow, droppable unless they are the end or weigh something. */
record Note(Kind kind, int sequence, int first, int missed) implements Sequenced {

    enum Kind {
        STATE,
        STEP,
        WEIGHTY,
        END
    }

    private Note(Kind kind, int sequence) {
        this(kind, sequence, sequence, 0);
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
        return new Note(Kind.STEP, sequence, first, 0);
    }

    /** This one, after so many that were not delivered. */
    @Override
    public Note missing(int count) {
        return new Note(kind, sequence, first, count);
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
