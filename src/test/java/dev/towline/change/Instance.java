package dev.towline.change;

import dev.towline.redis.Channel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** One instance without threads; the test triggers heartbeats and evaluations. */
final class Instance implements Channel.Subscriber {

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Notes notes = new Notes();
    final FakeRedis.Line line;
    final Sender sender;
    final Receiver receiver;
    private final ProvenTime proof;

    Instance(long id, FakeRedis redis, ManualTime time, CoherenceSettings settings) {
        proof = new ProvenTime(time, settings);
        BusMetrics metrics = BusMetrics.in(meters, proof::holds);
        line = redis.line();
        sender = new Sender(id, new Sender.Dependencies(line, time, time, metrics));
        receiver = new Receiver(id, new Receiver.Dependencies(settings, time, time, proof, metrics, notes));
        line.subscribe(this);
    }

    void publish(String text) {
        sender.send(Notes.payload(text), _ -> {}).toCompletableFuture().join();
    }

    boolean isProven() {
        return proof.holds();
    }

    /** How many messages became that. */
    double count(String kind) {
        return meters.get("towline.coherence.messages")
                .tag("kind", kind)
                .counter()
                .count();
    }

    @Override
    public void subscribed() {
        receiver.subscribed();
    }

    @Override
    public void received(byte[] message) {
        receiver.receive(message);
    }
}
