package dev.towline.rate;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.towline.redis.TokenBuckets.Lease;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import io.github.bucket4j.local.LocalBucket;
import io.github.bucket4j.local.SynchronizationStrategy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * This instance's part of one shared bucket. It spends leased tokens. When there are none, it spends some on credit, as far as the
 * shared bucket can have them by what is known; the next lease charges them. Beside it, a local bucket with this instance's share of the rate
 * sees all that is spent. It says how much may be spent on credit, if that is more than the blocks that always may be, and decides alone while
 * Redis is away. Thread-safe, does not block.
 */
final class Bucket {

    private static final double NANOS_PER_SECOND = 1e9;

    /** After how long an empty shared bucket is asked again. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** A lease takes milliseconds, but retry times are whole seconds. */
    private static final Duration LEASE = Duration.ofSeconds(1);

    private final Rate rate;
    private final long credit;
    private final Ticker ticker;
    private final LocalBucket local;
    private long localCapacity;
    private int instances;

    /** Leased and not spent; if negative, spent and not charged. */
    private long balance;

    /** The tokens of the shared bucket as of {@link #sharedAtNanos}. */
    private long shared;

    private long sharedAtNanos;
    private boolean leasing;
    private long pausedUntilNanos;
    private boolean closed;

    /**
     * A request for a lease.
     *
     * @param charge what was spent on credit
     * @param wanted what to lease
     */
    record Wish(long charge, long wanted) {}

    /**
     * What was decided.
     *
     * @param retryAfter as in {@link RateCheck}
     * @param wish the lease to ask for, null if none is needed. There is no other one until {@link #leased} or {@link #failed}
     */
    record Decision(
            boolean admitted,
            long remaining,
            Duration retryAfter,
            @Nullable Wish wish) {}

    /** A bucket with a credit of one block. */
    Bucket(Rate rate, int instances, Ticker ticker) {
        this(rate, 1, instances, ticker);
    }

    /**
     * @param blocksOnCredit how many blocks may be spent before the answer to a lease, whatever this instance's share has left
     * @param instances how many instances share the rate
     */
    Bucket(Rate rate, int blocksOnCredit, int instances, Ticker ticker) {
        this.rate = rate;
        this.credit = blocksOnCredit * rate.block();
        this.ticker = ticker;
        this.instances = instances;
        this.localCapacity = capacity(rate, instances);
        this.local = io.github.bucket4j.Bucket.builder()
                .addLimit(bandwidth(rate, instances))
                .withCustomTimePrecision(new TickerMeter(ticker))
                .withSynchronizationStrategy(SynchronizationStrategy.NONE)
                .build();
        this.shared = rate.burst();
        this.sharedAtNanos = ticker.read();
        this.pausedUntilNanos = sharedAtNanos;
    }

    Rate rate() {
        return rate;
    }

    /**
     * Spends tokens that the shared bucket has or can have.
     *
     * @return null if this bucket is closed
     */
    synchronized @Nullable Decision spend(long tokens) {
        if (closed) {
            return null;
        }
        long now = ticker.read();
        // Whoever spends more at once than a block owes the rest.
        long needed = Math.min(tokens, rate.block());
        long known = known(now);
        long affordable = affordable(known);
        boolean admitted = affordable >= needed;
        if (admitted) {
            balance -= tokens;
            local.tryConsumeAsMuchAsPossible(tokens);
        }
        long remaining = Math.max(0, balance + known);
        Wish wish = wish(now);
        Duration wait = leasing && balance + known >= needed ? LEASE : timeFor(needed - affordable);
        return new Decision(admitted, remaining, admitted ? Duration.ZERO : wait, wish);
    }

    /**
     * Spends tokens of the local bucket only.
     *
     * @return null if this bucket is closed
     */
    synchronized @Nullable Decision spendLocally(long tokens, int among) {
        if (closed) {
            return null;
        }
        if (among != instances) {
            instances = among;
            localCapacity = capacity(rate, among);
            local.replaceConfiguration(
                    BucketConfiguration.builder()
                            .addLimit(bandwidth(rate, among))
                            .build(),
                    TokensInheritanceStrategy.PROPORTIONALLY);
        }
        var probe = local.tryConsumeAndReturnRemaining(Math.min(tokens, localCapacity));
        Duration wait = probe.isConsumed()
                ? Duration.ZERO
                : Duration.ofSeconds(Math.ceilDiv(probe.getNanosToWaitForRefill(), TimeUnit.SECONDS.toNanos(1)));
        return new Decision(probe.isConsumed(), probe.getRemainingTokens(), wait, wish(ticker.read()));
    }

    /** Whether there is a token. Spends none. Null if this bucket is closed. */
    synchronized @Nullable Decision look(boolean isRedisAway) {
        if (closed) {
            return null;
        }
        long now = ticker.read();
        long known = known(now);
        long left = isRedisAway ? local.getAvailableTokens() : affordable(known);
        long remaining = Math.max(0, isRedisAway ? left : balance + known);
        return left > 0
                ? new Decision(true, remaining, Duration.ZERO, wish(now))
                : new Decision(false, 0, timeFor(1 - left), wish(now));
    }

    /** Spends tokens whether or not they are there. Returns the lease to ask for, null if none is needed. */
    synchronized @Nullable Wish charge(long tokens) {
        balance -= tokens;
        local.tryConsumeAsMuchAsPossible(tokens);
        return wish(ticker.read());
    }

    /** The wish was fulfilled, as far as possible. */
    synchronized void leased(Wish wish, Lease lease) {
        leasing = false;
        balance += wish.charge + lease.leased();
        shared = lease.left();
        sharedAtNanos = ticker.read();
        pausedUntilNanos = lease.left() < 1 ? sharedAtNanos + PAUSE_NANOS : sharedAtNanos;
    }

    /** The wish was not fulfilled. */
    synchronized void failed() {
        leasing = false;
    }

    /** Ends the use of this bucket. Returns what has to be charged, or if negative given back. */
    synchronized long close() {
        closed = true;
        return -balance;
    }

    private @Nullable Wish wish(long now) {
        boolean isLow = balance <= rate.block() / 2;
        if (!isLow || leasing || now - pausedUntilNanos < 0) {
            return null;
        }
        leasing = true;
        return new Wish(Math.max(0, -balance), rate.block() - Math.max(0, balance));
    }

    /** What may be spent now, by what is known. Without the local bucket, a slow lease would refuse who has tokens. */
    private long affordable(long known) {
        long onCredit = balance + Math.max(0, Math.min(credit, known));
        return Math.max(onCredit, Math.min(balance + known, local.getAvailableTokens()));
    }

    /** The whole tokens that the shared bucket has, if nobody else has spent any since. */
    private long known(long now) {
        double since = (now - sharedAtNanos) / NANOS_PER_SECOND;
        return Math.min(rate.burst(), shared + (long) (since * rate.perSecond()));
    }

    private Duration timeFor(long missing) {
        // One more, because Redis tells whole tokens only.
        return Duration.ofSeconds(Math.max(1, Math.ceilDiv(missing + 1, rate.perSecond())));
    }

    private static long capacity(Rate rate, int instances) {
        return Math.max(1, rate.burst() / instances);
    }

    private static Bandwidth bandwidth(Rate rate, int instances) {
        return Bandwidth.builder()
                .capacity(capacity(rate, instances))
                .refillGreedy(rate.perSecond(), Duration.ofSeconds(instances))
                .build();
    }

    private record TickerMeter(Ticker ticker) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return ticker.read();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
