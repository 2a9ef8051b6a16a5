package dev.towline.change;

import dev.towline.redis.Channel;
import dev.towline.store.Change;
import dev.towline.store.ChangeStages;
import dev.towline.store.EntityBytes;
import dev.towline.store.NumberedChanges;
import dev.towline.store.Table;
import dev.towline.store.VersionFloors;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Instances on one bus without threads: the test says when each one hears its next frame, when heartbeats are sent, and how time passes.
 * For one thread.
 */
public final class Fleet {

    /** The time between heartbeats. */
    public static final Duration BEAT = Duration.ofMillis(250);

    private static final CoherenceSettings SETTINGS =
            new CoherenceSettings(BEAT, BEAT.multipliedBy(4), Duration.ofMinutes(1));

    private final ManualTime time = new ManualTime();
    private final FakeRedis redis = new FakeRedis();
    private final ChangeMessages messages;
    private final List<Running> running = new ArrayList<>();
    private long lastId;

    /** Whether what is being sent does not reach anybody. */
    private boolean losing;

    public Fleet(List<Table<?>> tables) {
        messages = new ChangeMessages(new EntityBytes(tables));
    }

    public InstantSource clock() {
        return time;
    }

    /** Those that run, in the order of their starts. */
    public List<Running> running() {
        return List.copyOf(running);
    }

    /** Starts an instance whose numbers go there. */
    public Running start(NumberedChanges numbers) {
        Running instance = new Running(++lastId, numbers);
        running.add(instance);
        instance.line.subscribe(instance);
        return instance;
    }

    /** Lets time pass, in which those that run send heartbeats and look for silence; they do not hear anything by that alone. */
    public void pass(Duration duration) {
        for (Duration left = duration; left.isPositive(); left = left.minus(BEAT)) {
            time.pass(left.compareTo(BEAT) < 0 ? left : BEAT);
            running.forEach(instance -> instance.sending(instance.sender::heartbeat));
            running.forEach(instance -> instance.receiver.evaluate());
        }
    }

    /** Lets everybody hear everything. */
    public void hearAll() {
        while (running.stream().anyMatch(Running::hear)) {
            // there may be more
        }
    }

    /** One instance. */
    public final class Running implements Channel.Subscriber {

        private final FakeRedis.Line line = redis.line();
        private final Queue<Runnable> arriving = new ArrayDeque<>();
        private final Sender sender;
        private final Receiver receiver;
        private final Inbound inbound;
        private final long id;
        private boolean heard = true;

        private Running(long id, NumberedChanges numbers) {
            this.id = id;
            ProvenTime proof = new ProvenTime(time, SETTINGS);
            BusMetrics metrics = BusMetrics.in(new SimpleMeterRegistry(), proof::holds);
            sender = new Sender(id, new Sender.Dependencies(line, time, time, metrics));
            inbound = new Inbound(
                    messages,
                    new VersionFloors(Duration.ofMinutes(10), time),
                    new ChangeStages(List::of),
                    numbers,
                    List::of,
                    () -> send(List.of()));
            receiver = new Receiver(id, new Receiver.Dependencies(SETTINGS, time, time, proof, metrics, inbound));
        }

        /** Announces a write of this instance. */
        public void announce(List<Change> changes) {
            send(changes);
        }

        /** Hears the next frame. Returns false if there is none. */
        public boolean hear() {
            Runnable next = arriving.poll();
            if (next != null) {
                next.run();
            }
            return next != null;
        }

        /** Whether what it sends reaches anybody. */
        public void connect(boolean isHeard) {
            heard = isHeard;
        }

        /** Loses its subscription with everything that is on the way, and subscribes again. */
        public void subscribeAgain() {
            arriving.clear();
            line.subscribe(this);
        }

        /** Stops with a goodbye. */
        public void stop() {
            sending(sender::goodbye);
            kill();
        }

        /** Stops without a goodbye. */
        public void kill() {
            line.unsubscribe();
            running.remove(this);
        }

        @Override
        public void subscribed() {
            receiver.subscribed();
        }

        @Override
        public void received(byte[] message) {
            if (!losing) {
                arriving.add(() -> receiver.receive(message));
            }
        }

        @Override
        public String toString() {
            return "instance " + id;
        }

        private void send(List<Change> changes) {
            sending(() -> {
                var _ = sender.send(messages.encode(changes), number -> inbound.published(id, number, changes));
            });
        }

        private void sending(Runnable sends) {
            losing = !heard;
            sends.run();
            losing = false;
        }
    }
}
