package dev.towline.edge.socket;

import dev.towline.edge.error.LimitMetrics;
import dev.towline.problem.Limit;
import dev.towline.problem.RateLimited;
import dev.towline.rate.OpenStreams;
import dev.towline.rate.RateCheck;
import dev.towline.rate.RateSettings;
import dev.towline.rate.Rates;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.local.SynchronizationStrategy;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The limits of WebSockets. Thread-safe, does not block. */
record SocketLimits(Rates rates, OpenStreams streams, RateSettings settings, LimitMetrics metrics) {

    private static final int BURST_SECONDS = 10;

    /**
     * Counts a connection attempt or an operation of an address.
     *
     * @throws RateLimited if it makes too many
     */
    void requireRate(@Nullable InetSocketAddress remote) {
        RateCheck check = rates.ofAddress(remote);
        if (check != null) {
            check.require();
        }
    }

    /**
     * Closes a connection that exceeds a limit.
     *
     * @param message what there is too much of, with the allowed value
     */
    void close(SocketLine line, int code, Limit limit, String message) {
        metrics.count(limit.name());
        line.close(SocketClose.exceeding(code, limit, message));
    }

    /** Whether so many operations of one connection are too many. */
    boolean areTooMany(int operations) {
        return settings.enabled() && operations > settings.socketOperations();
    }

    /** The bucket of one connection, with a token for each message; null if there are no limits. For one thread at a time. */
    @Nullable
    Bucket messages() {
        int perSecond = settings.socketMessagesPerSecond();
        return settings.enabled()
                ? Bucket.builder()
                        .addLimit(limit -> limit.capacity((long) perSecond * BURST_SECONDS)
                                .refillGreedy(perSecond, Duration.ofSeconds(1)))
                        .withSynchronizationStrategy(SynchronizationStrategy.NONE)
                        .build()
                : null;
    }
}
