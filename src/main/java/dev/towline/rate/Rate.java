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

    /** The least tokens in a lease, so that callers with a small bucket do not wait for Redis either. */
    private static final long LEAST_BLOCK = 10;

    /** The part of a bucket that an instance leases at once: one of so many. */
    private static final long BLOCKS = 20;

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
        return Math.min(burst, Math.max(LEAST_BLOCK, burst / BLOCKS));
    }
}
