package dev.towline.redis;

/** Makes what only this package can make. */
public final class RedisDowns {

    private RedisDowns() {}

    /** A Redis that does not answer. */
    public static RedisDown any() {
        return new RedisDown(new IllegalStateException("by the test"));
    }
}
