package dev.towline.live;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The reads of the snapshot of one topic. Streams that want it while a read is in flight share the next one: after a restart, all watchers of
 * a session come at once. Nobody joins a read that began before it asked, because a change that the subscriber already knows of may be
 * missing in it. Thread-safe, does not block.
 */
final class SnapshotReads {

    private @Nullable Read inFlight;
    private @Nullable Read next;

    private record Read(
            Supplier<? extends List<? extends Sequenced>> source,
            Executor threads,
            CompletableFuture<List<? extends Sequenced>> result) {}

    /**
     * The snapshot, of a read that begins after this call.
     *
     * @param source reads the snapshot; may block
     * @param threads runs the read
     */
    CompletableFuture<List<? extends Sequenced>> read(
            Supplier<? extends List<? extends Sequenced>> source, Executor threads) {
        Read read;
        synchronized (this) {
            if (inFlight != null) {
                if (next == null) {
                    next = new Read(source, threads, new CompletableFuture<>());
                }
                return next.result;
            }
            read = new Read(source, threads, new CompletableFuture<>());
            inFlight = read;
        }
        start(read);
        return read.result;
    }

    private void start(Read read) {
        try {
            read.threads.execute(() -> run(read));
        } catch (RuntimeException rejected) {
            ended();
            read.result.completeExceptionally(rejected);
        }
    }

    private void run(Read read) {
        try {
            List<? extends Sequenced> snapshot = read.source.get();
            ended();
            read.result.complete(snapshot);
        } catch (Throwable error) { // also errors: the subscribers must not wait for ever
            ended();
            read.result.completeExceptionally(error);
        }
    }

    private void ended() {
        Read following;
        synchronized (this) {
            following = next;
            inFlight = following;
            next = null;
        }
        if (following != null) {
            start(following);
        }
    }
}
