package dev.towline.live;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The storage of a topic. It records its reads as {@code snapshot} or {@code 3..5}. Thread-safe. */
final class StoredNotes implements TopicSource<Note> {

    final List<String> asked = new CopyOnWriteArrayList<>();
    private final NavigableMap<Integer, Note> notes = new ConcurrentSkipListMap<>();

    /** A hook that runs when the state is read, null for none. */
    volatile @Nullable RuntimeException failure;

    /** Stores what the topic has so far: steps up to {@code sequence}. */
    static StoredNotes upTo(int sequence) {
        StoredNotes stored = new StoredNotes();
        Note.steps(1, sequence).forEach(stored::store);
        return stored;
    }

    void store(Note note) {
        notes.put(note.sequence(), note);
    }

    void lose(int sequence) {
        notes.remove(sequence);
    }

    @Override
    public List<Note> snapshot() {
        asked.add("snapshot");
        RuntimeException thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
        if (notes.isEmpty()) {
            return List.of(Note.state(0));
        }
        Note newest = notes.lastEntry().getValue();
        Note state = Note.state(newest.sequence());
        return newest.last() ? List.of(state, newest) : List.of(state);
    }

    @Override
    public List<Note> between(int afterSequence, int upToSequence) {
        asked.add((afterSequence + 1) + ".." + upToSequence);
        return new ArrayList<>(
                notes.subMap(afterSequence, false, upToSequence, true).values());
    }
}
