package dev.towline.tracking;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits on the time at which a fix was recorded.
 *
 * @param maxAhead the maximum time that a device's clock may be ahead of the service's clock
 * @param maxBeforeStart how long before the start of its session a fix may be recorded, because a driver may leave before the dispatcher enters the job
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
