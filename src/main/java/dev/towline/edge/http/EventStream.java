package dev.towline.edge.http;

import graphql.ExecutionResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/**
 * Writes results as server-sent events. It requests the next result when the last one is written, so a slow client delays only itself. One
 * instance for each stream.
 *
 * @see <a href="https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md">GraphQL over SSE, distinct connections</a>
 */
final class EventStream extends BaseSubscriber<ExecutionResult> {

    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NEXT = "event: next\ndata: ".getBytes(StandardCharsets.UTF_8);
    private static final byte[] END_OF_EVENT = "\n\n".getBytes(StandardCharsets.UTF_8);

    /**
     * The event has data because an {@code EventSource} of a browser ignores events without. The data is JSON because Spring for GraphQL
     * parses it in every event.
     */
    private static final byte[] COMPLETE = "event: complete\ndata: {}\n\n".getBytes(StandardCharsets.UTF_8);

    private sealed interface Signal {}

    private record Next(ExecutionResult result) implements Signal {}

    private record Failed(Throwable failure) implements Signal {}

    private record Complete() implements Signal {}

    private record Cut(Duration retryAfter) implements Signal {}

    private record Ended(Throwable reason) implements Signal {}

    // It has at most five elements: one result, because one is requested at a time, its end, two cuts, and the end
    // of the credentials.
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();

    private volatile @Nullable Ended ended;

    private final Function<ExecutionResult, byte[]> encode;
    private final Function<Throwable, ExecutionResult> explain;

    /**
     * @param encode encodes a result as JSON in one line
     * @param explain converts an exception to the result for the client
     */
    EventStream(Function<ExecutionResult, byte[]> encode, Function<Throwable, ExecutionResult> explain) {
        this.encode = encode;
        this.explain = explain;
    }

    /**
     * Writes all results and then {@code complete}. Blocks until then, or until the stream is cut or the client has gone.
     *
     * @param silence the time without a result after which a comment is written
     */
    void write(Publisher<ExecutionResult> results, OutputStream out, Duration silence) {
        try {
            out.flush(); // the headers, at once
            results.subscribe(this);
            while (step(out, signals.poll(silence.toMillis(), TimeUnit.MILLISECONDS))) {
                out.flush();
            }
            out.flush();
        } catch (IOException gone) {
            // The client has gone.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            cancel();
        }
    }

    /**
     * Ends the stream without {@code complete}, so that the client reconnects. Before, it writes what is there already: a stream with the
     * result of a query or mutation ends as usual.
     *
     * @param retryAfter the time after which the client is asked to reconnect
     */
    void cut(Duration retryAfter) {
        signals.add(new Cut(retryAfter));
    }

    /**
     * Ends the stream with an error and {@code complete}. Results that wait to be written are dropped.
     *
     * @param reason why the client gets no more results
     */
    void end(Throwable reason) {
        ended = new Ended(reason);
        signals.add(ended);
    }

    private boolean step(OutputStream out, @Nullable Signal first) throws IOException {
        Signal signal = ended == null ? first : ended;
        switch (signal) {
            case null -> out.write(COMMENT);
            case Next next -> {
                byte[] result;
                try {
                    result = encode.apply(next.result);
                } catch (RuntimeException unwritable) {
                    return end(out, unwritable);
                }
                writeNext(out, result);
                request(1);
            }
            case Failed failed -> {
                return end(out, failed.failure);
            }
            case Complete _ -> {
                out.write(COMPLETE);
                return false;
            }
            case Cut cut -> {
                return cut(out, cut);
            }
            case Ended end -> {
                return end(out, end.reason);
            }
        }
        return true;
    }

    private boolean cut(OutputStream out, Cut cut) throws IOException {
        for (Signal waiting = signals.poll(); waiting != null; waiting = signals.poll()) {
            if (!(waiting instanceof Cut) && !step(out, waiting)) {
                return false;
            }
        }
        out.write("retry: %d\n\n".formatted(cut.retryAfter.toMillis()).getBytes(StandardCharsets.UTF_8));
        return false;
    }

    private boolean end(OutputStream out, Throwable failure) throws IOException {
        writeNext(out, encode.apply(explain.apply(failure)));
        out.write(COMPLETE);
        return false;
    }

    private void writeNext(OutputStream out, byte[] result) throws IOException {
        out.write(NEXT);
        out.write(result);
        out.write(END_OF_EVENT);
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        subscription.request(1);
    }

    @Override
    protected void hookOnNext(ExecutionResult result) {
        signals.add(new Next(result));
    }

    @Override
    protected void hookOnError(Throwable failure) {
        signals.add(new Failed(failure));
    }

    @Override
    protected void hookOnComplete() {
        signals.add(new Complete());
    }
}
