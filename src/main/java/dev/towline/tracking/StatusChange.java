package dev.towline.tracking;

import java.time.Instant;

/**
 * A step of a session.
 *
 * @param status the state that began
 * @param sequence the number of the change in the session
 * @param at when
 */
record StatusChange(SessionStatus status, int sequence, Instant at) {}
