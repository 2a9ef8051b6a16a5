package dev.towline.redis;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Translates failures of the Redis client to {@link RedisDown}. */
final class Commands {

    private Commands() {}

    /**
     * Runs a command. Blocking.
     *
     * @param command calls only the client
     * @throws RedisDown for every exception: the client also throws others than DataAccessException, especially after it was closed
     */
    static <R> @Nullable R call(Supplier<@Nullable R> command) {
        try {
            return command.get();
        } catch (RuntimeException e) {
            throw new RedisDown(e);
        }
    }
}
