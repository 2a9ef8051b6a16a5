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
 * The word that all shared values of use carry. Where something may have changed that nobody was told of, whoever notices has another word
 * take its place, and what carries the old one is of no use any more, to nobody.
 *
 * <p>The word is gone soon after the last instance that could have noticed anything, and one that has just begun to listen uses
 * nothing until the others must have noticed what happened before. Thread-safe.
 */
final class Generation {

    private static final String NAME = "cache:generation";

    /** In hexadecimal digits. */
    static final int WORD_LENGTH = 16;

    private final SecureRandom random = new SecureRandom();
    private final Words words;
    private final BooleanSupplier proven;
    private final InstantSource clock;
    private final Duration lease;

    private volatile @Nullable MemorySize held;
    private @Nullable Instant openFrom;
    private @Nullable Instant heldLast;
    private boolean ended;
    private long endings;

    private record MemorySize(String word, Instant since) {}

    /** Where the word is: {@link dev.towline.redis.SharedValues#hold}. */
    @FunctionalInterface
    interface Words {

        String hold(String name, String proposed, boolean isAnew, Duration keptFor);
    }

    /**
     * @param proven whether what other instances tell arrives here
     * @param lease how long the word lives without being held: longer than it takes to notice that an instance is gone
     */
    Generation(Words words, BooleanSupplier proven, InstantSource clock, Duration lease) {
        this.words = words;
        this.proven = proven;
        this.clock = clock;
        this.lease = lease;
    }

    /** The present word; null while no shared value may be used. Never blocks. */
    @Nullable
    String word() {
        MemorySize now = held;
        return now != null && proven.getAsBoolean() && clock.instant().isBefore(now.since.plus(lease))
                ? now.word
                : null;
    }

    /**
     * What is shared may be old: until another word has taken the place of whatever is there, nothing is of use here. Also of one that
     * somebody else has just begun, which may be from before what this instance has noticed. Never blocks.
     */
    synchronized void end() {
        endings++;
        ended = true;
        held = null;
    }

    /**
     * Holds the word for another while, or has another one take its place, which also one that has just begun does for the others; to be
     * called much more often than the lease takes. Blocks as long as a command to Redis may.
     *
     * @throws RedisDown if Redis does not answer; then it was not held
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
        String word = words.hold(NAME, HexFormat.of().toHexDigits(random.nextLong()), isAnew, lease);
        synchronized (this) {
            if (before == endings) {
                ended = false;
                held = isOpen ? new MemorySize(word, now) : null;
            }
            if (isOpen) {
                heldLast = now;
            }
        }
    }

    /** One that has not held the word for so long that it may be another's knows no more than one that has just begun. */
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
