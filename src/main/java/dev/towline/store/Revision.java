package dev.towline.store;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * One state in the life of an entity: its version, and the ids of the writes that led there. A write whose answer was lost is
 * settled by looking for its id here: so an entity remembers the last few, in case others wrote in the meantime.
 *
 * @param version 1 for the first state, one more with each write
 * @param writeIds ids of the last writes, newest first, never empty
 */
public record Revision(int version, List<String> writeIds) {

    private static final int REMEMBERED_WRITES = 8;
    private static final int WRITE_ID_BYTES = 9;
    private static final SecureRandom RANDOM = new SecureRandom();

    public Revision {
        writeIds = List.copyOf(writeIds);
    }

    /** The revision of an entity that is about to be written for the first time. */
    public static Revision first() {
        return new Revision(1, List.of(newWriteId()));
    }

    /** The revision that a new write of this entity would make, with a new write id. */
    public Revision next() {
        List<String> ids = new ArrayList<>(REMEMBERED_WRITES);
        ids.add(newWriteId());
        ids.addAll(writeIds.subList(0, Math.min(writeIds.size(), REMEMBERED_WRITES - 1)));
        return new Revision(version + 1, ids);
    }

    /** The id of the write that makes, or made, this state. */
    public String writeId() {
        return writeIds.getFirst();
    }

    /** Whether the entity in this state has been through the other's write. */
    public boolean includes(Revision other) {
        return writeIds.contains(other.writeId());
    }

    private static String newWriteId() {
        byte[] bytes = new byte[WRITE_ID_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }
}
