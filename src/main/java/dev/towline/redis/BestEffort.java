package dev.towline.redis;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs commands that a request can do without: a failure is counted and never thrown. Redis that does not answer is no news for the log,
 * any other failure is. Thread-safe, blocks as the commands do.
 *
 * @param failures gets the name of each operation that failed
 */
public record BestEffort(Consumer<String> failures) {

    private static final Logger LOG = LoggerFactory.getLogger(BestEffort.class);

    /** Runs the commands. Returns whether they succeeded. */
    public boolean run(String operation, Runnable commands) {
        try {
            commands.run();
            return true;
        } catch (RuntimeException e) {
            failures.accept(operation);
            if (!(e instanceof RedisDown)) {
                LOG.error("{} in Redis failed", operation, e);
            }
            return false;
        }
    }
}
