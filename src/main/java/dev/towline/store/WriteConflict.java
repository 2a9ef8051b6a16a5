package dev.towline.store;

import java.util.List;

/** A fact: a write was not applied, because a stored entity was not in the state that the write asked for. Read again and decide. */
public final class WriteConflict extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<EntityKey> keys;

    /** @param keys of the entities whose condition failed, at least one */
    public WriteConflict(List<EntityKey> keys) {
        super("not in the expected state: " + keys, null, false, false);
        this.keys = List.copyOf(keys);
    }

    /** The entities whose condition failed, at least one. */
    public List<EntityKey> keys() {
        return keys;
    }
}
