package dev.towline.rate;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.towline.rate.Bucket.Wish;
import dev.towline.redis.RedisDown;
import dev.towline.redis.TokenBuckets;
import dev.towline.redis.TokenBuckets.Filling;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Fetches leases from Redis in the background, and knows whether Redis answers. While it does not, one lease in each {@link #RETRY} tries
 * again. Thread-safe; does not block.
 */
final class Leases {

    /** How many leases may wait for Redis at the same time. Further ones are left out, and asked for again by the next request. */
    static final int MAX_WAITING = 64;

    static final Duration RETRY = Duration.ofMillis(500);

    private final TokenBuckets redis;
    private final InstanceCount instances;
    private final RateMetrics metrics;
    private final Executor threads;
    private final Ticker ticker;
    private final Semaphore free = new Semaphore(MAX_WAITING);
    private final AtomicLong retryAtNanos = new AtomicLong();
    private volatile boolean away;

    Leases(TokenBuckets redis, InstanceCount instances, RateMetrics metrics, Executor threads, Ticker ticker) {
        this.redis = redis;
        this.instances = instances;
        this.metrics = metrics;
        this.threads = threads;
        this.ticker = ticker;
    }

    /** Whether Redis did not answer the last time. */
    boolean isRedisAway() {
        return away;
    }

    /** Fetches a lease for a bucket, unless Redis was asked in vain just now. */
    void fetch(Bucket bucket, String name, Wish wish) {
        if (!mayAsk() || !free.tryAcquire()) {
            bucket.failed();
            return;
        }
        run(
                () -> {
                    try {
                        var lease = redis.lease(name, filling(bucket.rate()), wish.charge(), wish.wanted());
                        bucket.leased(wish, lease);
                        answered();
                        metrics.leased(lease.leased() > 0);
                    } catch (RedisDown e) {
                        bucket.failed();
                        failed();
                    }
                },
                bucket::failed);
    }

    /** Charges what was spent on credit, or gives back what was not spent. Best effort. */
    void settle(String name, Rate rate, long charge) {
        if (charge == 0 || away || !free.tryAcquire()) {
            return;
        }
        run(
                () -> {
                    try {
                        redis.lease(name, filling(rate), charge, 0);
                        answered();
                    } catch (RedisDown e) {
                        failed();
                    }
                },
                () -> {});
    }

    private void run(Runnable call, Runnable onRefusal) {
        try {
            threads.execute(() -> {
                try {
                    call.run();
                } finally {
                    free.release();
                }
            });
        } catch (RejectedExecutionException ends) {
            free.release();
            onRefusal.run();
        }
    }

    private boolean mayAsk() {
        if (!away) {
            return true;
        }
        long at = retryAtNanos.get();
        long now = ticker.read();
        return now - at >= 0 && retryAtNanos.compareAndSet(at, now + RETRY.toNanos());
    }

    private void answered() {
        instances.observe();
        away = false;
    }

    private void failed() {
        retryAtNanos.set(ticker.read() + RETRY.toNanos());
        away = true;
        metrics.failed();
    }

    private static Filling filling(Rate rate) {
        return new Filling(rate.burst(), rate.perSecond());
    }
}
