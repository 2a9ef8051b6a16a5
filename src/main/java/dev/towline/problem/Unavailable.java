package dev.towline.problem;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A system that the service depends on did not answer in time. The request may or may not have been carried out. */
public final class Unavailable extends Problem {

    private static final long serialVersionUID = 1L;

    private static final int SOONEST_RETRY_SECONDS = 1;

    /** A database call with all its attempts takes at most 4 s, so the calls that caused the failure have ended by then. */
    private static final int LATEST_RETRY_SECONDS = 5;

    /**
     * @param message what failed and what the caller can do
     * @param cause logged, never sent to the caller
     */
    public Unavailable(String message, @Nullable Throwable cause) {
        super(ProblemCode.UNAVAILABLE, null, message, cause);
    }

    private Unavailable(Limit limit, String message) {
        super(ProblemCode.UNAVAILABLE, null, limit, message, null);
    }

    /**
     * The request takes longer than a limit.
     *
     * @param message what the caller can do
     */
    public static Unavailable tooSlow(Limit limit, String message) {
        return new Unavailable(limit, message);
    }

    /**
     * The delay before a retry, in whole seconds. Each call returns another random value, so that the callers that shared one failed call
     * do not all retry at once.
     */
    public Duration retryAfter() {
        return Duration.ofSeconds(ThreadLocalRandom.current().nextInt(SOONEST_RETRY_SECONDS, LATEST_RETRY_SECONDS + 1));
    }
}
