package dev.towline.redis;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one place where failures of the client become {@link RedisDown}. */
final class Commands {

    private Commands() {}

    /**
     * Runs a command. Blocking.
     *
     * @param command calls the client and does nothing else
     * @throws RedisDown whatever the client throws: not all of it is a DataAccessException, least of all once it is closed
     */
    static <R> @Nullable R call(Supplier<@Nullable R> command) {
        try {
            return command.get();
        } catch (RuntimeException e) {
            throw new RedisDown(e);
        }
    }
}
