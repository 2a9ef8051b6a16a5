package dev.towline.edge.http;

import dev.towline.edge.RetryTimes;
import dev.towline.edge.Transport;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** The open event streams. Thread-safe. */
@Component
class EventStreams implements Transport {

    private final Set<Open> open = ConcurrentHashMap.newKeySet();
    private final RetryTimes retryTimes;
    private volatile boolean ended;

    /** @param end completes when writing has ended */
    private record Open(EventStream stream, Runnable abort, CompletableFuture<Void> end) {}

    EventStreams(RetryTimes retryTimes) {
        this.retryTimes = retryTimes;
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
