package dev.towline.rate;

import dev.towline.problem.Limit;
import dev.towline.problem.RateLimited;
import java.time.Duration;

/**
 * The outcome of a check against one limit.
 *
 * @param limit the limit
 * @param rate what it allows
 * @param admitted whether the tokens were there
 * @param remaining about how many tokens are left, not negative
 * @param retryAfter if not admitted, the time after which a retry can succeed, in whole seconds and at least one; else zero
 */
public record RateCheck(LimitedBy limit, Rate rate, boolean admitted, long remaining, Duration retryAfter) {

    /** The time until the bucket is full, in whole seconds. */
    public Duration reset() {
        return Duration.ofSeconds(Math.ceilDiv(Math.max(0, rate.burst() - remaining), rate.perSecond()));
    }

    /**
     * Requires that the tokens were there.
     *
     * @throws RateLimited if they were not
     */
    public void require() {
        if (!admitted) {
            throw RateLimited.tooFast(
                    new Limit(limit.label(), rate.burst()),
                    "There are too many %s: at most %d at once, and %d a second."
                            .formatted(limit.counted(), rate.burst(), rate.perSecond()),
                    retryAfter);
        }
    }
}
