package dev.towline.live;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The reads of the snapshot of one topic. Streams that want it at the same time share one read: after a restart, all watchers of a session
 * come at once.
 *
 * <p>A stream listens before it asks, so it receives what is published from then on. It may join a read that began before it listened only if
 * nothing was published between: such a message is neither in the snapshot for certain, nor does the stream receive it. Thread-safe, does not
 * block.
 */
final class SnapshotReads {

    private final AtomicLong published = new AtomicLong();
    private final AtomicReference<@Nullable Read> latest = new AtomicReference<>();

    /**
     * A read, in flight or done.
     *
     * @param published how many messages had been published when it began
     */
    private record Read(long published, CompletableFuture<List<? extends Sequenced>> result) {}

    /** Notes that a message was published in the topic, or that storage has more than was published. Call it before streams are told. */
    void published() {
        published.incrementAndGet();
    }

    /**
     * The snapshot: of the read in flight, if nothing was published since it began, otherwise of a new one.
     *
     * @param source reads the snapshot; may block
     * @param threads runs the read
     */
    CompletableFuture<List<? extends Sequenced>> read(
            Supplier<? extends List<? extends Sequenced>> source, Executor threads) {
        Read own = new Read(published.get(), new CompletableFuture<>());
        Read read = Objects.requireNonNull(latest.updateAndGet(present -> isJoinable(present, own) ? present : own));
        if (own.equals(read)) {
            threads.execute(() -> {
                try {
                    own.result.complete(source.get());
                } catch (Throwable error) { // also errors: the subscribers must not wait for ever
                    own.result.completeExceptionally(error);
                }
            });
        }
        return read.result;
    }

    private static boolean isJoinable(@Nullable Read present, Read own) {
        return present != null && present.published == own.published && !present.result.isDone();
    }
}
