package dev.towline.change;

import dev.towline.redis.ChannelSet;
import dev.towline.store.Change;
import dev.towline.store.EntityKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** One instance without threads; the test triggers heartbeats and evaluations. */
final class Instance implements ChannelSet.Subscriber {

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Notes notes = new Notes();
    final FakeRedis.Line line;
    final Receivers receiver;
    private final Shards shards;
    private final TreeMap<Integer, BusShard> parts = new TreeMap<>();

    /** An instance that listens to every shard. */
    Instance(long id, FakeRedis redis, ManualTime time, CoherenceSettings settings) {
        this(id, redis, time, settings, settings.sharding().all());
    }

    /** @param id its id in the common shard; in each other one it is 100 more than in the one before */
    Instance(long id, FakeRedis redis, ManualTime time, CoherenceSettings settings, Set<Integer> heard) {
        shards = settings.sharding();
        line = redis.line();
        BusMetrics metrics = BusMetrics.in(meters, this::isProven);
        Receiver.Dependencies dependencies = new Receiver.Dependencies(shards, settings, time, time, metrics, notes);
        TreeMap<Integer, Receiver> receivers = new TreeMap<>();
        for (int shard : shards.all()) {
            long self = id + 100L * shard;
            Sender sender = new Sender(
                    self, new Sender.Dependencies(message -> line.send(shard, message), shards, time, time, metrics));
            BusShard part = new BusShard(shard, self, sender, new ProvenTime(time, settings), notes);
            parts.put(shard, part);
            if (heard.contains(shard)) {
                receivers.put(shard, part.receiver(dependencies));
            }
        }
        receiver = new Receivers(receivers, dependencies);
        line.subscribe(heard, this);
    }

    void publish(String text) {
        part(Shards.COMMON).send(Notes.payload(text), List.of()).join();
    }

    /** Publishes a text as the message of a write. */
    void publish(String text, List<Change> write) {
        shards.of(write)
                .forEach(shard -> part(shard).send(Notes.payload(text), write).join());
    }

    void heartbeat() {
        parts.values().forEach(part -> part.sender().heartbeat());
    }

    void goodbye() {
        parts.values().forEach(part -> part.sender().goodbye());
    }

    boolean isProven() {
        return parts.values().stream().allMatch(part -> part.proof().holds());
    }

    boolean isProven(EntityKey entity) {
        return part(shards.of(entity)).proof().holds();
    }

    /** How many messages became that. */
    double count(String kind) {
        return meters.get("towline.coherence.messages")
                .tag("kind", kind)
                .counter()
                .count();
    }

    @Override
    public void subscribed(int shard) {
        receiver.subscribed(shard);
    }

    @Override
    public void received(int shard, byte[] message) {
        receiver.receive(shard, message);
    }

    private BusShard part(int shard) {
        return Objects.requireNonNull(parts.get(shard));
    }
}
