package dev.towline.store;

import java.util.List;

/** A write was not applied, because a stored entity did not have the expected version. The caller should read again and decide. */
public final class WriteConflict extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<EntityKey> keys;

    /** @param keys the entities whose condition failed, at least one */
    public WriteConflict(List<EntityKey> keys) {
        super("not in the expected state: " + keys, null, false, false);
        this.keys = List.copyOf(keys);
    }

    /** The entities whose condition failed, at least one. */
    public List<EntityKey> keys() {
        return keys;
    }
}
