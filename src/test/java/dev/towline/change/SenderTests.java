package dev.towline.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SenderTests {

    /** A channel that delays the first message, so that a second one could be sent before it. */
    private static final class Slow implements Function<byte[], CompletionStage<?>> {

        final List<Long> sequences = new CopyOnWriteArrayList<>();
        final CountDownLatch first = new CountDownLatch(1);
        private final CountDownLatch second = new CountDownLatch(1);

        @Override
        public CompletionStage<?> apply(byte[] message) {
            long sequence =
                    Frame.decode(message, Shards.ONE).orElseThrow().header().sequence();
            try {
                if (sequence == 1) {
                    first.countDown();
                    var _ = second.await(200, TimeUnit.MILLISECONDS);
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            sequences.add(sequence);
            second.countDown();
            return CompletableFuture.completedFuture(1);
        }
    }

    @Test
    void messagesKeepTheirOrder() throws InterruptedException {
        Slow channel = new Slow();
        ManualTime time = new ManualTime();
        BusMetrics metrics = BusMetrics.in(new SimpleMeterRegistry(), () -> true);
        List<Long> numbers = new CopyOnWriteArrayList<>();
        Sender sender = new Sender(1, new Sender.Dependencies(channel, Shards.ONE, time, time, metrics));
        Thread earlier = Thread.ofPlatform().start(() -> sender.send(new byte[0], numbers::add));
        channel.first.await();
        sender.send(new byte[0], numbers::add);
        earlier.join();

        assertThat(channel.sequences).containsExactly(1L, 2L);
        assertThat(numbers).containsExactly(1L, 2L);
    }
}
