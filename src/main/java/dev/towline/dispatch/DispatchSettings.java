package dev.towline.dispatch;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the dispatch board's stream.
 *
 * @param logSize the maximum number of changed objects in the log of an instance, of all tenants together; 1 to 10,000,000
 * @param indexDelay how long lists may lack a change, because they come from indexes that follow the tables; at most 5 min
 */
@ConfigurationProperties("towline.dispatch")
record DispatchSettings(
        @DefaultValue("50000") int logSize,
        @DefaultValue("10s") Duration indexDelay) {

    private static final int MAX_LOG_SIZE = 10_000_000;
    private static final Duration MAX_INDEX_DELAY = Duration.ofMinutes(5);

    DispatchSettings {
        if (logSize < 1 || logSize > MAX_LOG_SIZE) {
            throw new IllegalArgumentException(
                    "towline.dispatch.log-size: must be between 1 and " + MAX_LOG_SIZE + ", not " + logSize);
        }
        if (indexDelay.isNegative() || indexDelay.compareTo(MAX_INDEX_DELAY) > 0) {
            throw new IllegalArgumentException(
                    "towline.dispatch.index-delay: must be between 0s and " + MAX_INDEX_DELAY + ", not " + indexDelay);
        }
    }
}
