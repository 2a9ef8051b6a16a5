package dev.towline.problem;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Something the service needs did not answer in time. The request may or may not have been carried out. */
public final class Unavailable extends Problem {

    private static final long serialVersionUID = 1L;

    private static final int SOONEST_RETRY_SECONDS = 1;

    /** A call to the database with all its attempts takes 4 s: by then, what was in the way has been answered or given up. */
    private static final int LATEST_RETRY_SECONDS = 5;

    /**
     * @param message what the caller can do
     * @param cause for the log only
     */
    public Unavailable(String message, @Nullable Throwable cause) {
        super(ProblemCode.UNAVAILABLE, null, message, cause);
    }

    /**
     * After how long to try again, in whole seconds. Another random time each time it is asked: many callers may have waited for the one
     * call that failed, and are not to come back all at once.
     */
    public Duration retryAfter() {
        return Duration.ofSeconds(ThreadLocalRandom.current().nextInt(SOONEST_RETRY_SECONDS, LATEST_RETRY_SECONDS + 1));
    }
}
