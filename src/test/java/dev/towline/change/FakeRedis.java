package dev.towline.change;

import dev.towline.redis.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One channel in memory. It delivers each message during the sender's call, unless a connection is cut. For one thread. */
final class FakeRedis {

    private final List<Line> lines = new ArrayList<>();

    Line line() {
        Line line = new Line();
        lines.add(line);
        return line;
    }

    /** Sends bytes that no instance sent. */
    void inject(byte[] bytes) {
        lines.forEach(line -> line.hear(bytes));
    }

    /** One instance's connection. */
    final class Line implements Channel {

        boolean sends = true;
        boolean hears = true;
        private @Nullable Subscriber subscriber;

        @Override
        public void subscribe(Subscriber newEar) {
            subscriber = newEar;
            newEar.subscribed();
        }

        @Override
        public CompletionStage<?> send(byte[] message) {
            if (!sends) {
                return CompletableFuture.failedFuture(new IllegalStateException("not connected"));
            }
            inject(message);
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

        private void hear(byte[] message) {
            if (subscriber != null && hears) {
                subscriber.received(message.clone());
            }
        }
    }
}
