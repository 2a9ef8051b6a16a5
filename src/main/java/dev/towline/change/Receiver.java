package dev.towline.change;

import dev.towline.store.ChangeEvent.Reason;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one instance makes of all that it hears: tells its listeners, and says how far the {@link ProvenTime} reaches. Not thread-safe; blocks
 * as its listeners do.
 *
 * <p>The proof reaches to when the last heartbeat of its own that came back was sent: Redis hands everything on in one order, so by now
 * all that it took before has been told to the listeners, however long it lay somewhere. It reaches no further than the last sign of
 * life of any other publisher, whose messages may have got lost on their way into Redis; a lost one holds it back until it is forgotten.
 */
final class Receiver {

    /** What it works with. */
    record Surroundings(
            CoherenceSettings settings,
            LongSupplier nanos,
            InstantSource clock,
            ProvenTime proof,
            BusMetrics metrics,
            BusListener listener) {}

    private static final String UNKNOWN = "unknown";

    private final long self;
    private final Surroundings surroundings;
    private final Map<Long, Publisher> publishers = new HashMap<>();
    private final long silenceNanos;
    private final long forgetAfterNanos;

    private volatile long echoNanos;

    private volatile int others;

    /** When it last began to listen; at first, never. */
    private volatile long listeningNanos = Long.MAX_VALUE;

    /** What it was last known to be served by; at first nothing, and unknown if that was not found out before it was gone. */
    private @Nullable String servers;

    private boolean listening;

    /** @param self this instance among publishers */
    Receiver(long self, Surroundings surroundings) {
        this.self = self;
        this.surroundings = surroundings;
        silenceNanos = surroundings.settings.silence().toNanos();
        forgetAfterNanos = surroundings.settings.forgetAfter().toNanos();
        echoNanos = -silenceNanos;
    }

    /** Begins to listen, or again after a while: what was said before is unknown. */
    void subscribed() {
        if (listening && servers == null) {
            servers = UNKNOWN;
        }
        Reason reason = listening ? Reason.LOST : Reason.BEFORE;
        listening = true;
        listeningNanos = surroundings.nanos.getAsLong();
        miss(reason);
    }

    /** Redis consists of these servers now. */
    void servedBy(String now) {
        if (servers != null && !servers.equals(now)) {
            miss(Reason.REDIS_CHANGED);
        }
        servers = now;
    }

    /** These bytes came. */
    void hear(byte[] bytes) {
        Frame.decode(bytes).ifPresentOrElse(this::hear, this::missUnreadable);
        judge();
    }

    /** Time has passed. */
    void judge() {
        long now = surroundings.nanos.getAsLong();
        long reach = echoNanos;
        int alive = 0;
        for (Iterator<Publisher> each = publishers.values().iterator(); each.hasNext(); ) {
            Publisher publisher = each.next();
            long silent = now - publisher.heardNanos();
            if (silent < 2 * silenceNanos) {
                alive++;
            } else if (publisher.lose()) {
                miss(Reason.SILENCE);
            }
            if (silent >= 2 * silenceNanos && silent >= forgetAfterNanos) {
                each.remove();
            } else {
                reach = Math.min(reach, publisher.heardNanos());
            }
        }
        others = alive;
        surroundings.proof.reaches(reach);
    }

    /** When the last heartbeat of this instance that came back was sent; negative if none did. For any thread. */
    long echoNanos() {
        return echoNanos;
    }

    /** Whether it has listened long enough to have heard every publisher that is not silent. For any thread. */
    boolean hasHeardAll() {
        return surroundings.nanos.getAsLong() - listeningNanos >= silenceNanos;
    }

    /** How many other publishers are heard, without those that are lost. For any thread. */
    int others() {
        return others;
    }

    private void hear(Frame frame) {
        Frame.Header header = frame.header();
        if (header.instance() == self) {
            hearOwn(frame);
            return;
        }
        Reason reason = publishers.containsKey(header.instance()) ? Reason.LOST : Reason.BEFORE;
        Publisher publisher = publishers.computeIfAbsent(header.instance(), _ -> new Publisher());
        publisher.lives(surroundings.nanos.getAsLong());
        long sequence = header.sequence();
        switch (header.kind()) {
            case MESSAGE -> {
                missIf(publisher.advanceTo(sequence - 1), reason);
                if (publisher.advanceTo(sequence)) {
                    pass(frame);
                }
            }
            case HEARTBEAT -> missIf(publisher.advanceTo(sequence), reason);
            case GOODBYE -> {
                missIf(publisher.advanceTo(sequence), reason);
                publishers.remove(header.instance());
            }
        }
    }

    private void hearOwn(Frame frame) {
        if (frame.header().kind() == Frame.Kind.HEARTBEAT) {
            echoNanos = Math.max(echoNanos, frame.sentAtNanos());
        }
    }

    private void pass(Frame frame) {
        surroundings.metrics.heard().increment();
        long nowMicros = ChronoUnit.MICROS.between(Instant.EPOCH, surroundings.clock.instant());
        surroundings
                .metrics
                .propagation()
                .record(Math.max(0, nowMicros - frame.header().sentAtMicros()), TimeUnit.MICROSECONDS);
        surroundings.listener.heard(frame.payload());
    }

    private void missUnreadable() {
        surroundings.metrics.malformed().increment();
        miss(Reason.LOST);
    }

    private void missIf(boolean gap, Reason reason) {
        if (gap) {
            miss(reason);
        }
    }

    private void miss(Reason reason) {
        surroundings.metrics.missed().increment();
        surroundings.listener.missed(reason);
    }
}
