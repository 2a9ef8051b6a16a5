package dev.towline.cache.shared;

import dev.towline.redis.RedisDown;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The generation of all shared values: an id in Redis, which each shared value carries. An instance uses only the values of the present
 * generation.
 *
 * <p>An instance that may have missed a change ends the generation: it uses no shared value until it has replaced the id by another one.
 * Values with the old id are then useless to every instance, whatever they contain. An instance that has just started uses no shared
 * value for longer than the lease of the id. By then every other instance has noticed what happened before the start, and has replaced the
 * id if it had to. The id expires with its lease, soon after the last instance that could have noticed a missed change has gone. Decision
 * 0009 has the argument. Thread-safe.
 */
final class Generation {

    private static final String NAME = "cache:generation";

    /** The length of an id, in hexadecimal digits. */
    static final int ID_LENGTH = 16;

    private final SecureRandom random = new SecureRandom();
    private final Holder holder;
    private final BooleanSupplier proven;
    private final InstantSource clock;
    private final Duration lease;

    private volatile @Nullable Held held;
    private @Nullable Instant openFrom;
    private @Nullable Instant heldLast;
    private boolean ended;
    private long endings;

    private record Held(String id, Instant since) {}

    /** Holds the id in Redis: {@link dev.towline.redis.SharedValues#hold}. */
    @FunctionalInterface
    interface Holder {

        String hold(String name, String proposed, boolean isAnew, Duration keptFor);
    }

    /**
     * @param proven whether messages of other instances provably arrive here
     * @param lease the time for which Redis keeps an id that no instance holds; longer than it takes to notice the loss of an instance
     */
    Generation(Holder holder, BooleanSupplier proven, InstantSource clock, Duration lease) {
        this.holder = holder;
        this.proven = proven;
        this.clock = clock;
        this.lease = lease;
    }

    /** The present id, null if no shared value may be used now. Does not block. */
    @Nullable
    String id() {
        Held now = held;
        return now != null && proven.getAsBoolean() && clock.instant().isBefore(now.since.plus(lease)) ? now.id : null;
    }

    /**
     * Ends the generation, because a shared value may be older than a change. The next {@link #hold} replaces the id, even an id that
     * another instance has just created: that may have happened before the change that this instance has noticed. Does not block.
     */
    synchronized void end() {
        endings++;
        ended = true;
        held = null;
    }

    /**
     * Renews the lease of the id, or replaces the id if the generation has ended. An instance that has just started replaces it, too, for
     * the others. Call it much more often than once in a lease. Blocks as long as a command to Redis may.
     *
     * @throws RedisDown if Redis does not answer; then the lease is not renewed
     */
    void hold() {
        Instant now = clock.instant();
        if (!proven.getAsBoolean()) {
            return;
        }
        boolean isOpen;
        boolean isAnew;
        long before;
        synchronized (this) {
            isOpen = isOpen(now);
            isAnew = ended;
            before = endings;
        }
        if (!isOpen && !isAnew) {
            return;
        }
        String id = holder.hold(NAME, HexFormat.of().toHexDigits(random.nextLong()), isAnew, lease);
        synchronized (this) {
            if (before == endings) {
                ended = false;
                held = isOpen ? new Held(id, now) : null;
            }
            if (isOpen) {
                heldLast = now;
            }
        }
    }

    /** Whether this instance has run for long enough. If its lease has expired, it counts as just started. */
    private boolean isOpen(Instant now) {
        Instant last = heldLast;
        if (last != null && !now.isBefore(last.plus(lease))) {
            heldLast = null;
            openFrom = null;
        }
        Instant open = openFrom;
        if (open == null) {
            open = now.plus(lease).plus(lease.dividedBy(3));
            openFrom = open;
        }
        return !now.isBefore(open);
    }
}
