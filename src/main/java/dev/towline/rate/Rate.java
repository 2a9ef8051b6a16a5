package dev.towline.rate;

/**
 * A token bucket: how much at once, and how much in the long run.
 *
 * @param perSecond the tokens that it gets each second
 * @param burst the most tokens that it holds
 */
public record Rate(long perSecond, long burst) {

    /** The greatest value, so that a sum of some is still exact in Redis. */
    static final long MOST = 1_000_000_000_000L;

    /** The part of a bucket that an instance leases at once: one of so many. */
    private static final long BLOCKS = 20;

    /**
     * The same for small buckets, up to this many tokens. They are empty soon, and a lease that comes a moment late must not refuse what the
     * shared bucket has.
     */
    private static final long SMALL_BLOCKS = 4;

    private static final long SMALL_BLOCK = 50;

    /** @throws IllegalArgumentException if a value is not between 1 and 10^12 */
    public Rate {
        require("per-second", perSecond);
        require("burst", burst);
    }

    private static void require(String name, long value) {
        if (value < 1 || value > MOST) {
            throw new IllegalArgumentException("%s must be between 1 and %d, but is %d".formatted(name, MOST, value));
        }
    }

    /** The tokens that an instance leases at once, and may spend before it knows whether the shared bucket has them. */
    long block() {
        return Math.max(1, Math.max(burst / BLOCKS, Math.min(burst / SMALL_BLOCKS, SMALL_BLOCK)));
    }
}
