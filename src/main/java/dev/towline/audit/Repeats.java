package dev.towline.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Limits a log to one line each second for each kind of event, and counts the others. Events after the last line are counted when the same
 * kind occurs again, so no timer is needed. Thread-safe.
 *
 * @param <K> the kind of event. There must be few: each is kept
 */
public final class Repeats<K> {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final ConcurrentMap<K, Line> lastLines = new ConcurrentHashMap<>();

    public Repeats(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * The last line of a kind.
     *
     * @param at the time when it was written
     * @param more the part about events without a line before it; may be empty
     * @param unlogged the number of events without a line since
     */
    private record Line(Instant at, String more, long unlogged) {

        static Line next(@Nullable Line last, Instant now) {
            if (last == null) {
                return new Line(now, "", 0);
            }
            if (Duration.between(last.at, now).abs().compareTo(INTERVAL) < 0) {
                return new Line(last.at, last.more, last.unlogged + 1);
            }
            return new Line(
                    now, last.unlogged == 0 ? "" : " and %d more since %s".formatted(last.unlogged, last.at), 0);
        }
    }

    /**
     * Counts an event.
     *
     * @return null if it gets no line, else the part of the line about events before it that got none; may be empty
     */
    public @Nullable String count(K kind) {
        Instant now = clock.instant();
        Line line = lastLines.compute(kind, (_, last) -> Line.next(last, now));
        return line.unlogged == 0 ? line.more : null;
    }
}
