package dev.towline.tracking;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The decision about some fixes of one session.
 *
 * @param verdicts one for each fix, in the same order
 * @param session the session after the fixes; the same object as before if there is nothing to write
 */
record Judgement(List<Verdict> verdicts, TrackingSession session) {

    Judgement {
        verdicts = List.copyOf(verdicts);
    }

    /** The decision about one fix. */
    record Verdict(
            LocationOutcome outcome,
            @Nullable Integer sequence,
            @Nullable String reason) {

        static Verdict rejected(String reason) {
            return new Verdict(LocationOutcome.REJECTED, null, reason);
        }
    }
}
