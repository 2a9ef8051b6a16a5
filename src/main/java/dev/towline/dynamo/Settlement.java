package dev.towline.dynamo;

import dev.towline.store.Revision;
import org.jspecify.annotations.Nullable;

/** What the stored state of an entity says about a write to it whose outcome is in doubt. */
enum Settlement {
    /** The write happened. */
    APPLIED,
    /** It did not, and never will: the entity has moved on without it. */
    REFUSED,
    /** It did not yet, but a request that is still under way may apply it; or so much was written since that nobody remembers. */
    OPEN;

    /**
     * Judges by the stored state.
     *
     * @param written the revision that the write was to make
     * @param stored the revision that is, null if the entity does not exist
     * @param refused whether DynamoDB has said that the condition of the write failed
     * @param sentOnce whether the request was sent once only, so that it can't have met its own earlier attempt
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
        return remembers(stored, written.version()) ? REFUSED : OPEN;
    }

    private static boolean remembers(Revision stored, int version) {
        return version > stored.version() - stored.writeIds().size();
    }
}
