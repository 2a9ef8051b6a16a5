package dev.towline.tracking;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A change of the status of a session.
 *
 * @param status the new status
 * @param sequence the number of the change in the session
 * @param at the time of the change, in milliseconds
 */
record StatusChange(SessionStatus status, int sequence, Instant at) {

    StatusChange {
        at = at.truncatedTo(ChronoUnit.MILLIS);
    }
}
