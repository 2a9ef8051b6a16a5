package dev.towline.tracking;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The accepted times of fixes.
 *
 * @param maxAhead the maximum time that a device's clock may be ahead of the service's clock
 * @param maxBeforeStart the maximum time of a fix before the start of its session: a driver may leave before the assignment is entered
 */
@ConfigurationProperties("towline.intake")
record IntakeSettings(
        @DefaultValue("1m") Duration maxAhead,
        @DefaultValue("15m") Duration maxBeforeStart) {

    IntakeSettings {
        if (maxAhead.isNegative()) {
            throw new IllegalArgumentException("towline.intake.max-ahead: must not be negative");
        }
        if (maxBeforeStart.isNegative()) {
            throw new IllegalArgumentException("towline.intake.max-before-start: must not be negative");
        }
    }
}
