package dev.towline.rate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.towline.rate.Bucket.Decision;
import dev.towline.rate.Bucket.Wish;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One limit, with a bucket for each subject. A subject that is idle for {@link #IDLE} is forgotten, and its unspent tokens are given back.
 * Thread-safe, does not block.
 *
 * @param <K> what identifies a subject
 */
final class RateLimit<K> {

    static final Duration IDLE = Duration.ofSeconds(5);

    private final LimitedBy limit;
    private final Leases leases;
    private final InstanceCount instances;
    private final RateMetrics metrics;
    private final Ticker ticker;
    private final Function<K, String> name;
    private final Cache<K, Bucket> subjects;

    /** What all limits share. */
    record Parts(Leases leases, InstanceCount instances, RateMetrics metrics, Ticker ticker) {}

    /**
     * @param name the name of a subject in Redis
     * @param maxSubjects how many subjects are remembered at most
     */
    RateLimit(LimitedBy limit, Parts parts, Function<K, String> name, int maxSubjects) {
        this.limit = limit;
        this.leases = parts.leases;
        this.instances = parts.instances;
        this.metrics = parts.metrics;
        this.ticker = parts.ticker;
        this.name = name;
        this.subjects = Caffeine.newBuilder()
                .maximumSize(maxSubjects)
                .expireAfterAccess(IDLE)
                .ticker(ticker)
                .scheduler(Scheduler.systemScheduler())
                // What is done with a removed one does not block.
                .executor(Runnable::run)
                .removalListener(this::settle)
                .build();
    }

    /**
     * Spends tokens of a subject, if it has them.
     *
     * @param rate what the subject may do; the same for each call with this subject
     */
    RateCheck spend(K subject, Rate rate, long tokens) {
        while (true) {
            Bucket bucket = bucket(subject, rate);
            Decision decision =
                    leases.isRedisAway() ? bucket.spendLocally(tokens, instances.get()) : bucket.spend(tokens);
            if (decision != null) {
                fetch(bucket, subject, decision.wish());
                metrics.checked(limit, decision.admitted());
                return new RateCheck(limit, rate, decision.admitted(), decision.remaining(), decision.retryAfter());
            }
        }
    }

    /** Whether a subject has a token. Spends none. */
    RateCheck look(K subject, Rate rate) {
        while (true) {
            Bucket bucket = bucket(subject, rate);
            Decision decision = bucket.look(leases.isRedisAway());
            if (decision != null) {
                fetch(bucket, subject, decision.wish());
                metrics.checked(limit, decision.admitted());
                return new RateCheck(limit, rate, decision.admitted(), decision.remaining(), decision.retryAfter());
            }
        }
    }

    /** Spends tokens of a subject whether or not it has them. */
    void charge(K subject, Rate rate, long tokens) {
        Bucket bucket = bucket(subject, rate);
        fetch(bucket, subject, bucket.charge(tokens));
    }

    /** About how many subjects are remembered. */
    long size() {
        return subjects.estimatedSize();
    }

    /** Forgets all subjects that are idle or too many. */
    void cleanUp() {
        subjects.cleanUp();
    }

    private Bucket bucket(K subject, Rate rate) {
        return subjects.get(subject, _ -> new Bucket(rate, limit.blocksOnCredit(), instances.get(), ticker));
    }

    private void fetch(Bucket bucket, K subject, @Nullable Wish wish) {
        if (wish != null) {
            leases.fetch(bucket, redisName(subject), wish);
        }
    }

    private void settle(@Nullable K subject, @Nullable Bucket removed, RemovalCause cause) {
        if (subject != null && removed != null) {
            leases.settle(redisName(subject), removed.rate(), removed.close());
        }
    }

    private String redisName(K subject) {
        return limit.label() + ':' + name.apply(subject);
    }
}
