package dev.towline.live;

import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The storage of a topic. It records its reads as {@code snapshot} or {@code 3..}. Thread-safe. */
final class StoredNotes implements TopicSource<Note> {

    final List<String> asked = new CopyOnWriteArrayList<>();
    private final NavigableMap<Integer, Note> notes = new ConcurrentSkipListMap<>();

    /** What reads throw, null for nothing. */
    volatile @Nullable RuntimeException failure;

    /** How many messages a read returns at most. */
    volatile int mostOfARead = Integer.MAX_VALUE;

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
    public List<Note> snapshot(int atLeast) {
        asked.add("snapshot");
        failIfWanted();
        if (notes.isEmpty()) {
            return List.of(Note.state(0));
        }
        Note newest = notes.lastEntry().getValue();
        Note state = Note.state(newest.sequence());
        return newest.last() ? List.of(state, newest) : List.of(state);
    }

    void replaceWithStepsUpTo(int sequence) {
        notes.clear();
        Note.steps(1, sequence).forEach(this::store);
    }

    @Override
    public List<Note> since(int afterSequence) {
        asked.add((afterSequence + 1) + "..");
        failIfWanted();
        return notes.tailMap(afterSequence, false).values().stream()
                .limit(mostOfARead)
                .toList();
    }

    private void failIfWanted() {
        RuntimeException thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
    }
}
