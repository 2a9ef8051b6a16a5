package dev.towline.problem;

import java.time.Duration;

/** The caller has sent too much in too short a time. Nothing of the request was executed. */
public final class RateLimited extends Problem {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;
    private final boolean byTime;

    private RateLimited(Limit limit, String message, Duration retryAfter, boolean byTime) {
        super(ProblemCode.RATE_LIMITED, null, limit, message, null);
        this.retryAfter = retryAfter;
        this.byTime = byTime;
    }

    /**
     * There were too many in a time.
     *
     * @param message what there is too much of, with the allowed value
     * @param retryAfter the time after which a retry can succeed, at least a second
     */
    public static RateLimited tooFast(Limit limit, String message, Duration retryAfter) {
        return new RateLimited(limit, message, retryAfter, true);
    }

    /**
     * There are too many at once. A retry succeeds when one of them has ended.
     *
     * @param message what there is too much of, with the allowed value
     * @param retryAfter the time after which to try again, at least a second
     */
    public static RateLimited tooMany(Limit limit, String message, Duration retryAfter) {
        return new RateLimited(limit, message, retryAfter, false);
    }

    /** Whether a retry succeeds after some time, whatever the caller does. */
    public boolean isByTime() {
        return byTime;
    }

    /** The delay before a retry, in whole seconds, at least one. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
