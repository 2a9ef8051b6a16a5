package dev.towline.store;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The version of an entity, and the ids of the last writes. If the answer of a write is lost, its id among them proves that it was applied,
 * even if further writes followed (decision 0003).
 *
 * @param version 1 for the first state, incremented by each write
 * @param writeIds ids of the last writes, newest first, never empty
 */
public record Revision(int version, List<String> writeIds) {

    private static final int REMEMBERED_WRITES = 8;
    private static final int WRITE_ID_BYTES = 9;
    private static final SecureRandom RANDOM = new SecureRandom();

    public Revision {
        writeIds = List.copyOf(writeIds);
    }

    /** The revision of a new entity, with a new write id. */
    public static Revision first() {
        return new Revision(1, List.of(newWriteId()));
    }

    /** The revision after the next write, with a new write id. */
    public Revision next() {
        List<String> ids = new ArrayList<>(REMEMBERED_WRITES);
        ids.add(newWriteId());
        ids.addAll(writeIds.subList(0, Math.min(writeIds.size(), REMEMBERED_WRITES - 1)));
        return new Revision(version + 1, ids);
    }

    /** The id of the write that produces this state. */
    public String writeId() {
        return writeIds.getFirst();
    }

    /** Whether the write of the other revision is among the last writes that led to this state. */
    public boolean includes(Revision other) {
        return writeIds.contains(other.writeId());
    }

    private static String newWriteId() {
        byte[] bytes = new byte[WRITE_ID_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }
}
