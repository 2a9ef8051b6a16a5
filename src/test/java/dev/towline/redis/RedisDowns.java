package dev.towline.redis;

/** Makes instances of {@link RedisDown} for tests of other packages. */
public final class RedisDowns {

    private RedisDowns() {}

    /** A Redis that does not answer. */
    public static RedisDown any() {
        return new RedisDown(new IllegalStateException("by the test"));
    }
}
