package dev.towline.change;

import dev.towline.store.ChangeEvent.Reason;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Handles what comes from the shards that this instance listens to. What may have been missed at one moment is one gap, however many shards
 * it concerns. Not thread-safe; blocks as long as the listener does.
 */
final class Receivers {

    private static final String UNKNOWN = "unknown";

    private final Map<Integer, Receiver> heard;
    private final Receiver.Dependencies dependencies;

    /** The shards that were acknowledged, while others of the same subscription were not. */
    private final Set<Integer> acknowledged = new HashSet<>();

    /** The ids of the Redis processes at the last check. Null before it; {@link #UNKNOWN} if the subscription was renewed before it. */
    private @Nullable String servers;

    private boolean listening;

    /** Whether frames come that cannot be read. Nobody knows who sends them, or of which shards they tell. */
    private boolean unreadable;

    private long lastUnreadableNanos;

    /** @param heard the receivers by their shards */
    Receivers(Map<Integer, Receiver> heard, Receiver.Dependencies dependencies) {
        this.heard = new TreeMap<>(heard);
        this.dependencies = dependencies;
    }

    /** The shards that this instance listens to. Thread-safe. */
    Set<Integer> shards() {
        return heard.keySet();
    }

    /** Handles the acknowledgement of a subscription or of its renewal: earlier messages may be lost. */
    void subscribed(int shard) {
        receiver(shard).subscribed();
        acknowledged.add(shard);
        if (acknowledged.size() == heard.size()) {
            missEarlier();
        }
    }

    /** Handles the result of a check of the server processes of Redis. */
    void servedBy(String now) {
        missEarlier();
        if (servers != null && !servers.equals(now)) {
            dependencies.miss(Reason.REDIS_CHANGED);
        }
        servers = now;
    }

    /** Handles a received frame. */
    void receive(int shard, byte[] bytes) {
        missEarlier();
        Frame frame = Frame.decode(bytes, dependencies.shards()).orElse(null);
        if (frame == null) {
            missUnreadable();
            return;
        }
        Receiver receiver = receiver(shard);
        receiver.receive(frame);
        if (frame.header().kind() != Frame.Kind.MESSAGE) {
            receiver.prove(!unreadable);
        }
    }

    /** Finds lost publishers, and computes until when the shards are proven. Call it regularly. */
    void evaluate() {
        missEarlier();
        boolean isAnyLost = false;
        for (Receiver receiver : heard.values()) {
            isAnyLost |= receiver.findLost();
        }
        if (isAnyLost) {
            dependencies.miss(Reason.SILENCE);
        }
        long silence = dependencies.settings().silence().toNanos();
        if (unreadable && dependencies.nanos().getAsLong() - lastUnreadableNanos >= silence) {
            dependencies.miss(Reason.LOST);
            unreadable = false;
        }
        heard.values().forEach(receiver -> receiver.prove(!unreadable));
    }

    /** The lowest sending time, over all shards, of the last own heartbeats that came back; negative if one of them did not. Thread-safe. */
    long echoNanos() {
        return heard.values().stream().mapToLong(Receiver::echoNanos).min().orElseThrow();
    }

    /** Whether the subscription is old enough to have received a frame of every live publisher. Thread-safe. */
    boolean hasHeardAll() {
        return heard.values().stream().allMatch(Receiver::hasHeardAll);
    }

    /** The number of other instances that are not lost. Thread-safe. */
    int others() {
        return receiver(Shards.COMMON).others();
    }

    /** Reports the gap of acknowledged subscriptions before anything else is handled. */
    private void missEarlier() {
        if (acknowledged.isEmpty()) {
            return;
        }
        acknowledged.clear();
        if (listening && servers == null) {
            servers = UNKNOWN;
        }
        Reason reason = listening ? Reason.LOST : Reason.BEFORE;
        listening = true;
        dependencies.miss(reason);
    }

    /** One gap stands for all such frames until none has come for a while, because a gap is itself told to the other instances. */
    private void missUnreadable() {
        dependencies.metrics().malformed().increment();
        lastUnreadableNanos = dependencies.nanos().getAsLong();
        heard.values().forEach(Receiver::doubt);
        if (!unreadable) {
            unreadable = true;
            dependencies.miss(Reason.LOST);
        }
    }

    private Receiver receiver(int shard) {
        Receiver receiver = heard.get(shard);
        if (receiver == null) {
            throw new IllegalStateException("this instance does not listen to shard " + shard);
        }
        return receiver;
    }
}
