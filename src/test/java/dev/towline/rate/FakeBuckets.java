package dev.towline.rate;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.towline.redis.TokenBuckets;
import java.util.HashMap;
import java.util.Map;

/** Shared buckets in memory, by the same rules as the script in Redis. For one thread. */
final class FakeBuckets implements TokenBuckets {

    private final Ticker ticker;
    private final Map<String, Bucket> buckets = new HashMap<>();

    /** How often it was asked. */
    int calls;

    private record Bucket(double tokens, long atNanos) {}

    FakeBuckets(Ticker ticker) {
        this.ticker = ticker;
    }

    @Override
    public Lease lease(String name, Filling filling, long charge, long wanted) {
        calls++;
        double tokens = Math.min((double) filling.burst(), tokens(name, filling) - charge);
        long leased = Math.max(0, Math.min(wanted, Math.ceilDiv((long) Math.floor(tokens), 2)));
        buckets.put(name, new Bucket(tokens - leased, ticker.read()));
        return new Lease(leased, (long) Math.floor(tokens - leased));
    }

    /** The tokens of a bucket now. */
    double tokens(String name, Filling filling) {
        Bucket last = buckets.getOrDefault(name, new Bucket(filling.burst(), ticker.read()));
        return Math.min(
                (double) filling.burst(), last.tokens + (ticker.read() - last.atNanos) * filling.perSecond() / 1e9);
    }
}
