package dev.towline.dynamo;

import dev.towline.store.Revision;
import org.jspecify.annotations.Nullable;

/** The outcome of a write whose answer was lost, as far as the stored state of its entity shows it, see {@link Writes}. */
enum Settlement {
    /** The write was applied. */
    APPLIED,
    /** The write was not applied and cannot be applied any more. */
    REFUSED,
    /** Unknown: a request that is still under way may apply the write, or its id was displaced by later writes. */
    OPEN;

    /**
     * Determines the outcome.
     *
     * @param written the revision that the write should produce
     * @param stored the stored revision, null if the entity does not exist
     * @param refused whether DynamoDB reported that the condition of the write failed
     * @param sentOnce whether the request was sent only once, so that no earlier attempt of it can have caused the failed condition
     */
    static Settlement of(Revision written, @Nullable Revision stored, boolean refused, boolean sentOnce) {
        if (stored != null && stored.includes(written)) {
            return APPLIED;
        }
        if (refused && sentOnce) {
            return REFUSED;
        }
        if (stored == null) {
            return refused || written.version() > 1 ? REFUSED : OPEN;
        }
        if (stored.version() < written.version()) {
            return refused ? REFUSED : OPEN;
        }
        return hasWriteIdOf(stored, written.version()) ? REFUSED : OPEN;
    }

    private static boolean hasWriteIdOf(Revision stored, int version) {
        return version > stored.version() - stored.writeIds().size();
    }
}
