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
 * Handles received frames: passes payloads to the listener, detects gaps and extends the {@link ProvenTime}. The description of this
 * package explains both. Not thread-safe; blocks as long as the listener does.
 */
final class Receiver {

    record Dependencies(
            CoherenceSettings settings,
            LongSupplier nanos,
            InstantSource clock,
            ProvenTime proof,
            BusMetrics metrics,
            BusListener listener) {}

    private static final String UNKNOWN = "unknown";

    private final long self;
    private final Dependencies dependencies;
    private final Map<Long, Publisher> publishers = new HashMap<>();
    private final long silenceNanos;
    private final long forgetAfterNanos;

    private volatile long echoNanos;

    private volatile int others;

    /** When the current subscription began. */
    private volatile long listeningNanos = Long.MAX_VALUE;

    /** The ids of the Redis processes at the last check. Null before it; {@link #UNKNOWN} if the subscription was renewed before it. */
    private @Nullable String servers;

    private boolean listening;

    /** @param self the id of this instance among publishers */
    Receiver(long self, Dependencies dependencies) {
        this.self = self;
        this.dependencies = dependencies;
        silenceNanos = dependencies.settings.silence().toNanos();
        forgetAfterNanos = dependencies.settings.forgetAfter().toNanos();
        echoNanos = -silenceNanos;
    }

    /** Handles the acknowledgement of a subscription or of its renewal: earlier messages may be lost. */
    void subscribed() {
        if (listening && servers == null) {
            servers = UNKNOWN;
        }
        Reason reason = listening ? Reason.LOST : Reason.BEFORE;
        listening = true;
        listeningNanos = dependencies.nanos.getAsLong();
        miss(reason);
    }

    /** Handles the result of a check of the server processes of Redis. */
    void servedBy(String now) {
        if (servers != null && !servers.equals(now)) {
            miss(Reason.REDIS_CHANGED);
        }
        servers = now;
    }

    /** Handles a received frame. */
    void receive(byte[] bytes) {
        Frame.decode(bytes).ifPresentOrElse(this::receive, this::missUnreadable);
        evaluate();
    }

    /** Finds lost publishers, and computes until when the bus is proven. Call it regularly. */
    void evaluate() {
        long now = dependencies.nanos.getAsLong();
        long reach = echoNanos;
        int alive = 0;
        for (Iterator<Map.Entry<Long, Publisher>> each = publishers.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<Long, Publisher> entry = each.next();
            Publisher publisher = entry.getValue();
            long silent = now - publisher.lastFrameNanos();
            if (silent < 2 * silenceNanos) {
                alive++;
            } else if (publisher.lose()) {
                dependencies.listener.lost(entry.getKey());
                miss(Reason.SILENCE);
            }
            if (silent >= 2 * silenceNanos && silent >= forgetAfterNanos) {
                each.remove();
            } else {
                reach = Math.min(reach, publisher.lastFrameNanos());
            }
        }
        others = alive;
        dependencies.proof.reaches(reach);
    }

    /** The sending time of the last own heartbeat that came back; negative if none did. Thread-safe. */
    long echoNanos() {
        return echoNanos;
    }

    /** Whether the subscription is old enough to have received a frame of every live publisher. Thread-safe. */
    boolean hasHeardAll() {
        return dependencies.nanos.getAsLong() - listeningNanos >= silenceNanos;
    }

    /** The number of other publishers that are not lost. Thread-safe. */
    int others() {
        return others;
    }

    private void receive(Frame frame) {
        Frame.Header header = frame.header();
        if (header.instance() == self) {
            receiveOwn(frame);
            return;
        }
        Reason reason = publishers.containsKey(header.instance()) ? Reason.LOST : Reason.BEFORE;
        Publisher publisher = publishers.computeIfAbsent(header.instance(), _ -> new Publisher());
        publisher.frameArrived(dependencies.nanos.getAsLong());
        long sequence = header.sequence();
        boolean isMessage = header.kind() == Frame.Kind.MESSAGE;
        long before = isMessage ? sequence - 1 : sequence;
        boolean gap = publisher.advanceTo(before);
        if (gap || !isMessage) {
            dependencies.listener.reached(header.instance(), before);
        }
        if (gap) {
            miss(reason);
        }
        switch (header.kind()) {
            case MESSAGE -> {
                if (publisher.advanceTo(sequence)) {
                    pass(frame);
                }
            }
            case HEARTBEAT -> {}
            case GOODBYE -> {
                publishers.remove(header.instance());
                dependencies.listener.left(header.instance());
            }
        }
    }

    private void receiveOwn(Frame frame) {
        if (frame.header().kind() == Frame.Kind.HEARTBEAT) {
            echoNanos = Math.max(echoNanos, frame.sentAtNanos());
        }
    }

    private void pass(Frame frame) {
        dependencies.metrics.received().increment();
        long nowMicros = ChronoUnit.MICROS.between(Instant.EPOCH, dependencies.clock.instant());
        dependencies
                .metrics
                .propagation()
                .record(Math.max(0, nowMicros - frame.header().sentAtMicros()), TimeUnit.MICROSECONDS);
        dependencies.listener.received(frame.header(), frame.payload());
    }

    private void missUnreadable() {
        dependencies.metrics.malformed().increment();
        miss(Reason.LOST);
    }

    private void miss(Reason reason) {
        dependencies.metrics.missed().increment();
        dependencies.listener.missed(reason);
    }
}
