package dev.towline.change;

import dev.towline.redis.ChannelSet;
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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;

/**
 * Instances on one bus without threads: the test says when each one hears its next frame, when heartbeats are sent, and how time passes.
 * Shards have no common order, as in a cluster. For one thread.
 */
public final class Fleet {

    /** The time between heartbeats. */
    public static final Duration BEAT = Duration.ofMillis(250);

    private final CoherenceSettings settings;
    private final Shards shards;

    private final ManualTime time = new ManualTime();
    private final FakeRedis redis = new FakeRedis();
    private final ChangeMessages messages;
    private final List<Running> running = new ArrayList<>();
    private final Random random = new Random(1);
    private long lastId;

    /** Whether what is being sent does not reach anybody. */
    private boolean losing;

    /** A fleet on a bus with so many shards. */
    public Fleet(List<Table<?>> tables, int shards) {
        messages = new ChangeMessages(new EntityBytes(tables));
        settings = new CoherenceSettings(BEAT, BEAT.multipliedBy(4), Duration.ofMinutes(1), shards);
        this.shards = settings.sharding();
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
        instance.line.subscribe(shards.all(), instance);
        return instance;
    }

    /** Lets time pass, in which those that run send heartbeats and look for silence; they do not hear anything by that alone. */
    public void pass(Duration duration) {
        for (Duration left = duration; left.isPositive(); left = left.minus(BEAT)) {
            time.pass(left.compareTo(BEAT) < 0 ? left : BEAT);
            running.forEach(instance -> instance.sending(
                    () -> instance.parts.values().forEach(part -> part.sender().heartbeat())));
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
    public final class Running implements ChannelSet.Subscriber {

        private final FakeRedis.Line line = redis.line();
        private final Map<Integer, Queue<Runnable>> arriving = new TreeMap<>();
        private final Map<Integer, BusShard> parts = new TreeMap<>();
        private final Receivers receiver;
        private final long id;
        private boolean heard = true;

        private Running(long id, NumberedChanges numbers) {
            this.id = id;
            BusMetrics metrics = BusMetrics.in(new SimpleMeterRegistry(), () -> true);
            Inbound inbound = new Inbound(
                    shards,
                    messages,
                    new VersionFloors(Duration.ofMinutes(10), time),
                    new ChangeStages(List::of),
                    numbers,
                    List::of,
                    () -> send(shards.all(), List.of()));
            Receiver.Dependencies dependencies =
                    new Receiver.Dependencies(shards, settings, time, time, metrics, inbound);
            Map<Integer, Receiver> receivers = new TreeMap<>();
            for (int shard : shards.all()) {
                long self = NumberedChanges.publisher(shard, id * NumberedChanges.MAX_ORDERS);
                arriving.put(shard, new ArrayDeque<>());
                Sender sender = new Sender(
                        self,
                        new Sender.Dependencies(message -> line.send(shard, message), shards, time, time, metrics));
                BusShard part = new BusShard(shard, self, sender, new ProvenTime(time, settings), inbound);
                parts.put(shard, part);
                receivers.put(shard, part.receiver(dependencies));
            }
            receiver = new Receivers(receivers, dependencies);
        }

        /** Announces a write of this instance. */
        public void announce(List<Change> changes) {
            send(shards.of(changes), changes);
        }

        /** Hears the next frame of any shard that has one. Returns false if none has. */
        public boolean hear() {
            List<Queue<Runnable>> waiting =
                    arriving.values().stream().filter(queue -> !queue.isEmpty()).toList();
            if (waiting.isEmpty()) {
                return false;
            }
            waiting.get(random.nextInt(waiting.size())).remove().run();
            return true;
        }

        /** Whether what it sends reaches anybody. */
        public void connect(boolean isHeard) {
            heard = isHeard;
        }

        /** Loses its subscription with everything that is on the way, and subscribes again. */
        public void subscribeAgain() {
            arriving.values().forEach(Queue::clear);
            line.subscribe(shards.all(), this);
        }

        /** Stops with a goodbye. */
        public void stop() {
            sending(() -> parts.values().forEach(part -> part.sender().goodbye()));
            kill();
        }

        /** Stops without a goodbye. */
        public void kill() {
            line.unsubscribe();
            running.remove(this);
        }

        @Override
        public void subscribed(int shard) {
            receiver.subscribed(shard);
        }

        @Override
        public void received(int shard, byte[] message) {
            if (!losing) {
                Objects.requireNonNull(arriving.get(shard)).add(() -> receiver.receive(shard, message));
            }
        }

        @Override
        public String toString() {
            return "instance " + id;
        }

        private void send(Collection<Integer> to, List<Change> changes) {
            sending(() -> to.forEach(shard -> {
                var _ = Objects.requireNonNull(parts.get(shard)).send(messages.encode(changes), changes);
            }));
        }

        private void sending(Runnable sends) {
            losing = !heard;
            sends.run();
            losing = false;
        }
    }
}
