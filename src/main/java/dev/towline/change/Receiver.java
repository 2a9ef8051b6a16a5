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

/**
 * Handles the received frames of one shard: passes payloads to the listener, detects gaps and extends the {@link ProvenTime}. The description
 * of this package explains both. Not thread-safe; blocks as long as the listener does.
 */
final class Receiver {

    /** @param shards the number of shards that publishers must have, too */
    record Dependencies(
            Shards shards,
            CoherenceSettings settings,
            LongSupplier nanos,
            InstantSource clock,
            BusMetrics metrics,
            BusListener listener) {

        /** Reports a gap. */
        void miss(Reason reason) {
            metrics.missed().increment();
            listener.missed(reason);
        }
    }

    private final int shard;
    private final long self;
    private final ProvenTime proof;
    private final Dependencies dependencies;
    private final Map<Long, Publisher> publishers = new HashMap<>();
    private final long silenceNanos;
    private final long forgetAfterNanos;

    private volatile long echoNanos;

    private volatile int others;

    /** When the current subscription began. */
    private volatile long listeningNanos = Long.MAX_VALUE;

    /** @param self the id of this instance among the publishers of the shard */
    Receiver(int shard, long self, ProvenTime proof, Dependencies dependencies) {
        this.shard = shard;
        this.self = self;
        this.proof = proof;
        this.dependencies = dependencies;
        silenceNanos = dependencies.settings.silence().toNanos();
        forgetAfterNanos = dependencies.settings.forgetAfter().toNanos();
        echoNanos = -silenceNanos;
    }

    /** Notes the acknowledgement of a subscription or of its renewal. The caller reports the gap. */
    void subscribed() {
        listeningNanos = dependencies.nanos.getAsLong();
    }

    /** Handles a received frame. */
    void receive(Frame frame) {
        if (frame.header().instance() == self) {
            receiveOwn(frame);
        } else {
            receiveOther(frame);
        }
    }

    /** Finds publishers that have become lost, and returns whether there are any. The caller reports the gap. */
    boolean findLost() {
        long now = dependencies.nanos.getAsLong();
        boolean isAny = false;
        for (Iterator<Map.Entry<Long, Publisher>> each = publishers.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<Long, Publisher> entry = each.next();
            Publisher publisher = entry.getValue();
            long silent = now - publisher.lastFrameNanos();
            if (silent >= 2 * silenceNanos) {
                if (publisher.lose()) {
                    dependencies.listener.lost(entry.getKey());
                    isAny = true;
                }
                if (silent >= forgetAfterNanos) {
                    each.remove();
                }
            }
        }
        return isAny;
    }

    /**
     * Counts the other instances, and computes until when the shard is proven. Call it regularly, after all gaps were reported.
     *
     * @param canBeProven whether it can be proven at all at the moment
     */
    void prove(boolean canBeProven) {
        long now = dependencies.nanos.getAsLong();
        long reach = echoNanos;
        int alive = 0;
        for (Publisher publisher : publishers.values()) {
            alive += now - publisher.lastFrameNanos() < 2 * silenceNanos ? 1 : 0;
            reach = Math.min(reach, publisher.lastFrameNanos());
        }
        others = alive;
        if (canBeProven) {
            proof.reaches(reach);
        }
    }

    /** Ends the proof at once. */
    void doubt() {
        proof.ends();
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

    private void receiveOther(Frame frame) {
        Frame.Header header = frame.header();
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
            dependencies.miss(reason);
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
        dependencies.listener.received(shard, frame.header(), frame.payload());
    }
}
