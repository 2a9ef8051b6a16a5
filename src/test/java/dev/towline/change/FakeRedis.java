package dev.towline.change;

import dev.towline.redis.ChannelSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Channels in memory. They deliver each message during the sender's call, unless a connection is cut. For one thread. */
final class FakeRedis {

    private final List<Line> lines = new ArrayList<>();

    Line line() {
        Line line = new Line();
        lines.add(line);
        return line;
    }

    /** Sends bytes that no instance sent, in the common shard. */
    void inject(byte[] bytes) {
        inject(Shards.COMMON, bytes);
    }

    private void inject(int channel, byte[] bytes) {
        lines.forEach(line -> line.hear(channel, bytes));
    }

    /** One instance's connection. */
    final class Line implements ChannelSet {

        boolean sends = true;
        boolean hears = true;

        /** The channels of which nothing arrives, although the connection holds. */
        final Set<Integer> cut = new HashSet<>();

        private Set<Integer> subscribed = Set.of();
        private @Nullable Subscriber subscriber;

        @Override
        public void subscribe(Set<Integer> channels, Subscriber newEar) {
            subscriber = newEar;
            subscribed = channels;
            channels.forEach(newEar::subscribed);
        }

        @Override
        public CompletionStage<?> send(int channel, byte[] message) {
            if (!sends) {
                return CompletableFuture.failedFuture(new IllegalStateException("not connected"));
            }
            inject(channel, message);
            return CompletableFuture.completedFuture(1);
        }

        @Override
        public String servers() {
            return "redis";
        }

        @Override
        public void unsubscribe() {
            subscriber = null;
        }

        private void hear(int channel, byte[] message) {
            if (subscriber != null && hears && subscribed.contains(channel) && !cut.contains(channel)) {
                subscriber.received(channel, message.clone());
            }
        }
    }
}
