package dev.towline.redis;

/** A Redis command failed, because Redis is unreachable, too slow or rejected it. */
public final class RedisDown extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RedisDown(Throwable cause) {
        super("the Redis command failed", cause, false, false);
    }
}
