package dev.towline.change;

import dev.towline.redis.ChannelSet;
import dev.towline.store.Change;
import dev.towline.store.NumberedChanges;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One shard of a bus, in which the instance is a publisher of its own.
 *
 * @param number the number of the shard, from 0
 * @param self the id of this instance among the publishers of the shard: a random number of the order of the shard
 * @param listener learns of the messages that are numbered here
 */
record BusShard(int number, long self, Sender sender, ProvenTime proof, BusListener listener) {

    private static final SecureRandom RANDOM = new SecureRandom();

    static BusShard of(int number, ChannelSet channels, Receiver.Dependencies with) {
        long self = NumberedChanges.publisher(number, RANDOM.nextLong());
        Sender.Dependencies sending = new Sender.Dependencies(
                message -> channels.send(number, message), with.shards(), with.nanos(), with.clock(), with.metrics());
        return new BusShard(
                number,
                self,
                new Sender(self, sending),
                new ProvenTime(with.nanos(), with.settings()),
                with.listener());
    }

    CompletableFuture<?> send(byte[] payload, List<Change> write) {
        return sender.send(payload, sequence -> listener.published(number, self, sequence, write))
                .toCompletableFuture();
    }

    /** A receiver that knows nothing yet. */
    Receiver receiver(Receiver.Dependencies with) {
        return new Receiver(number, self, proof, with);
    }
}
