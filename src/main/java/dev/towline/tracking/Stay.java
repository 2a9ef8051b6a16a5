package dev.towline.tracking;

import java.time.Duration;
import java.time.Instant;

/**
 * A vehicle's stay near the incident, by the recorded times of fixes.
 *
 * @param since the first fix that showed it
 * @param until the last fix that showed it
 */
record Stay(Instant since, Instant until) {

    Duration length() {
        return Duration.between(since, until);
    }
}
