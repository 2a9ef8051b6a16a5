package dev.towline.edge.http;

import dev.towline.edge.RetryTimes;
import dev.towline.edge.Transport;
import dev.towline.problem.RateLimited;
import dev.towline.rate.OpenStreams;
import dev.towline.viewer.Viewer;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The open event streams. Thread-safe. */
@Component
class EventStreams implements Transport {

    private final Set<Open> open = ConcurrentHashMap.newKeySet();
    private final RetryTimes retryTimes;
    private final OpenStreams places;
    private volatile boolean ended;

    /** @param end completes when writing has ended */
    private record Open(EventStream stream, Runnable abort, CompletableFuture<Void> end) {}

    EventStreams(RetryTimes retryTimes, OpenStreams places) {
        this.retryTimes = retryTimes;
        this.places = places;
    }

    /** What a stream counts while it is open. */
    @FunctionalInterface
    interface Place {

        Place NONE = () -> {};

        /** Ends it. The second call does nothing. */
        void release();
    }

    /**
     * Counts a stream before it begins.
     *
     * @throws RateLimited if the address or the viewer has too many
     */
    Place open(@Nullable InetSocketAddress remote, @Nullable Viewer viewer) {
        OpenStreams.Place address = places.ofAddress(remote);
        if (viewer == null) {
            return address::release;
        }
        try {
            OpenStreams.Place ofViewer = places.ofViewer(viewer);
            return () -> {
                address.release();
                ofViewer.release();
            };
        } catch (RateLimited full) {
            address.release();
            throw full;
        }
    }

    /**
     * Registers a stream while it is written. Blocks as long as writing does.
     *
     * @param abort closes the connection, so that a thread that writes to it fails when it is interrupted
     */
    void during(EventStream stream, Runnable abort, Runnable writing) {
        Thread writer = Thread.currentThread();
        Runnable abortWriter = () -> {
            abort.run();
            writer.interrupt();
        };
        Open registered = new Open(stream, abortWriter, new CompletableFuture<>());
        open.add(registered);
        try {
            if (ended) {
                stream.cut(retryTimes.next());
            }
            writing.run();
        } finally {
            open.remove(registered);
            registered.end.complete(null);
        }
    }

    @Override
    public CompletableFuture<Void> drain() {
        ended = true;
        return CompletableFuture.allOf(open.stream().map(this::drain).toArray(CompletableFuture<?>[]::new));
    }

    private CompletableFuture<Void> drain(Open each) {
        each.stream.cut(retryTimes.next());
        return each.end
                .copy()
                .orTimeout(LAST_READ.toNanos(), TimeUnit.NANOSECONDS)
                .exceptionally(_ -> {
                    each.abort.run();
                    return null;
                });
    }
}
