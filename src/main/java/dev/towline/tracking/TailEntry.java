package dev.towline.tracking;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A fix in the tail of a session or in its trail. */
sealed interface TailEntry {

    /** The time at which the device recorded the fix, unique within the session. */
    Instant recordedAt();

    /** The number of the change in the session, null for a LATE fix. */
    @Nullable
    Integer sequence();

    /** A fix with a place in the trail. */
    record Stored(TrackedLocation location) implements TailEntry {

        @Override
        public Instant recordedAt() {
            return location.recordedAt();
        }

        @Override
        public @Nullable Integer sequence() {
            return location.sequence();
        }
    }

    /** A LIVE_ONLY fix. Only its time is kept, to recognise a repetition. */
    record LiveOnly(Instant recordedAt, Integer sequence) implements TailEntry {}
}
