package dev.towline.tracking;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which fixes are believed.
 *
 * @param maxAhead how far a device's clock may be ahead of the service's
 * @param maxBeforeStart how long before its session a fix may have been taken: a driver may be on the way before the assignment is entered
 */
@ConfigurationProperties("towline.intake")
record IntakeSettings(
        @DefaultValue("1m") Duration maxAhead,
        @DefaultValue("15m") Duration maxBeforeStart) {

    IntakeSettings {
        if (maxAhead.isNegative()) {
            throw new IllegalArgumentException("towline.intake.max-ahead: not negative");
        }
        if (maxBeforeStart.isNegative()) {
            throw new IllegalArgumentException("towline.intake.max-before-start: not negative");
        }
    }
}
