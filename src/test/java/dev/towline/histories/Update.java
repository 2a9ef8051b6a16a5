package dev.towline.histories;

import java.time.Duration;

/**
 * One update that a watcher received.
 *
 * @param kind SNAPSHOT, LOCATION, STATUS, GAP or ENDED
 * @param missed as the update says; 0 for null
 * @param status of the session as of this update
 * @param latitude of the location as of this update, as text; empty without one
 * @param epoch of the sequence
 * @param sessionSequence of the session as of now
 */
record Update(
        Duration at,
        String kind,
        int sequence,
        int missed,
        String status,
        String latitude,
        String epoch,
        int sessionSequence) {}
