package dev.towline.redis;

/** Token buckets that all instances share, on the clock of Redis. Blocking, thread-safe; every method throws {@link RedisDown}. */
public interface TokenBuckets {

    /**
     * How a bucket fills.
     *
     * @param burst the most tokens that it holds, at least 1; a bucket that is used for the first time is full
     * @param perSecond the tokens that it gets each second, at least 1
     */
    record Filling(long burst, long perSecond) {}

    /**
     * The result of a lease.
     *
     * @param leased the tokens that were taken out of the bucket for the caller, at most as many as wanted
     * @param left the tokens that are left, negative if the bucket owes tokens
     */
    record Lease(long leased, long left) {}

    /**
     * Charges tokens that were spent, and then leases tokens to spend. The charge is always taken. A lease is at most half of what is left.
     * One round trip.
     *
     * @param bucket its name
     * @param charge tokens that were spent before they were leased; negative to give back tokens that were not spent
     * @param wanted not negative
     */
    Lease lease(String bucket, Filling filling, long charge, long wanted);
}
