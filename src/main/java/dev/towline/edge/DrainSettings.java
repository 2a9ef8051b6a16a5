package dev.towline.edge;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the shutdown.
 *
 * @param delay the time for which a stopping service still works as usual but is not ready, so that a load balancer notices
 * @param retrySpread the longest time after which a client of a closed connection is asked to come back. Each client gets a random time up to
 *     this one
 */
@ConfigurationProperties("towline.drain")
record DrainSettings(
        @DefaultValue("5s") Duration delay,
        @DefaultValue("10s") Duration retrySpread) {

    DrainSettings {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("towline.drain.delay must not be negative, but is " + delay);
        }
        if (!retrySpread.isPositive()) {
            throw new IllegalArgumentException("towline.drain.retry-spread must be more than 0, not " + retrySpread);
        }
    }
}
