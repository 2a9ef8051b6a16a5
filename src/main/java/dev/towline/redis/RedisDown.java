package dev.towline.redis;

/** A fact: Redis did not do what it was asked, because it cannot be reached, is too slow or refused. */
public final class RedisDown extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RedisDown(Throwable cause) {
        super("Redis did not answer", cause, false, false);
    }
}
