package dev.towline.edge.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.edge.RetryTimes;
import dev.towline.rate.TestRates;
import graphql.ExecutionResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;

@Timeout(20)
class EventStreamTests {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final EventStreams streams = new EventStreams(
            new RetryTimes(new Random(), Duration.ofSeconds(9)), TestRates.streams(TestRates.settings(Map.of())));

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private final EventStream stream =
            new EventStream(result -> result.toSpecification().toString().getBytes(UTF_8), failure -> result("failed"));

    @Test
    void writesEachResultAndComplete() {
        stream.write(Flux.just(result("a"), result("b")), out, LONG);

        assertThat(out.toString(UTF_8)).isEqualTo("""
            event: next
            data: {data={is=a}}

            event: next
            data: {data={is=b}}

            event: complete
            data: {}

            """);
    }

    @Test
    void writesAFailureAndComplete() {
        stream.write(Flux.concat(Flux.just(result("a")), Flux.error(new IllegalStateException())), out, LONG);

        assertThat(out.toString(UTF_8))
                .endsWith("{data={is=a}}\n\nevent: next\ndata: {data={is=failed}}\n\nevent: complete\ndata: {}\n\n");
    }

    @Test
    void writesAnErrorForAResultThatCannotBeEncoded() {
        EventStream failing = new EventStream(
                result -> {
                    String text = result.toSpecification().toString();
                    if (text.contains("unwritable")) {
                        throw new IllegalStateException("java.secret");
                    }
                    return text.getBytes(UTF_8);
                },
                failure -> result("failed"));

        failing.write(Flux.just(result("unwritable"), result("b")), out, LONG);

        assertThat(out.toString(UTF_8))
                .isEqualTo("event: next\ndata: {data={is=failed}}\n\nevent: complete\ndata: {}\n\n");
    }

    @Test
    void writesACommentAfterALongSilence() {
        Thread writing = Thread.startVirtualThread(() -> stream.write(Flux.never(), out, Duration.ofMillis(10)));

        await().atMost(Duration.ofSeconds(10)).until(() -> out.toString(UTF_8).startsWith(":\n\n:\n\n:\n\n"));
        stream.cut(Duration.ZERO);
        await().atMost(Duration.ofSeconds(10)).until(() -> !writing.isAlive());
    }

    @Test
    void requestsAResultOnlyAfterTheLastOneIsWritten() {
        List<String> order = new CopyOnWriteArrayList<>();
        Flux<ExecutionResult> results = Flux.range(1, 2)
                .map(number -> result("r" + number))
                .doOnRequest(count -> order.add("asked for " + count));
        OutputStream recording = new OutputStream() {
            @Override
            public void write(int oneByte) {
                throw new AssertionError("byte by byte");
            }

            @Override
            public void write(byte[] bytes) {
                String text = new String(bytes, UTF_8);
                if (text.startsWith("{")) {
                    order.add("written");
                }
            }
        };

        stream.write(results, recording, LONG);

        assertThat(order).containsExactly("asked for 1", "written", "asked for 1", "written");
    }

    @Test
    void cancelsWhenTheClientHasGone() {
        AtomicBoolean left = new AtomicBoolean();
        OutputStream broken = new OutputStream() {
            private final List<Integer> written = new ArrayList<>();

            @Override
            public void write(int oneByte) throws IOException {
                written.add(oneByte);
                if (written.size() > 10) {
                    throw new IOException("broken pipe");
                }
            }
        };

        stream.write(Flux.<ExecutionResult>never().doOnCancel(() -> left.set(true)), broken, Duration.ofMillis(5));

        assertThat(left).isTrue();
    }

    @Test
    void endsWithATimeAndWithoutCompleteAtShutdown() {
        AtomicBoolean left = new AtomicBoolean();
        Flux<ExecutionResult> results = Flux.concat(Flux.just(result("a")), Flux.<ExecutionResult>never())
                .doOnCancel(() -> left.set(true));
        write(stream, results, out);
        await().atMost(PATIENCE).until(() -> out.size() > 0);

        assertThat(streams.drain()).succeedsWithin(PATIENCE);

        assertThat(left).isTrue();
        assertThat(out.toString(UTF_8)).matches("event: next\ndata: \\{data=\\{is=a}}\n\nretry: \\d{1,4}\n\n");
    }

    @Test
    void endsWithAnErrorAndCompleteAndWithoutWaitingResults() {
        AtomicBoolean left = new AtomicBoolean();
        Flux<ExecutionResult> results = Flux.concat(
                        Flux.just(result("a")),
                        Flux.just(result("b")).doOnComplete(() -> stream.end(new IllegalStateException())),
                        Flux.never())
                .doOnCancel(() -> left.set(true));

        stream.write(results, out, LONG);

        assertThat(left).isTrue();
        assertThat(out.toString(UTF_8)).isEqualTo("""
            event: next
            data: {data={is=a}}

            event: next
            data: {data={is=failed}}

            event: complete
            data: {}

            """);
    }

    @Test
    void cutsAStreamThatBeginsDuringShutdown() {
        assertThat(streams.drain()).isCompleted();

        streams.during(stream, () -> {}, () -> stream.write(Flux.never(), out, LONG));

        assertThat(out.toString(UTF_8)).matches("retry: \\d{1,4}\n\n");
    }

    @Test
    void endsAStreamOfOneResultAsUsualDuringShutdown() {
        assertThat(streams.drain()).isCompleted();

        streams.during(stream, () -> {}, () -> stream.write(Flux.just(result("a")), out, LONG));

        assertThat(out.toString(UTF_8)).isEqualTo("event: next\ndata: {data={is=a}}\n\nevent: complete\ndata: {}\n\n");
    }

    @Test
    void abortsAStreamAtShutdownIfTheClientDoesNotRead() {
        CountDownLatch aborted = new CountDownLatch(1);
        CountDownLatch writing = new CountDownLatch(1);
        OutputStream full = new OutputStream() {
            @Override
            public void write(int oneByte) throws IOException {
                writing.countDown();
                try {
                    aborted.await();
                } catch (InterruptedException interrupted) {
                    // Tomcat does not end either before the connection is closed.
                    assertThat(aborted.getCount()).isZero();
                }
                throw new IOException("closed");
            }
        };
        CompletableFuture<Void> slow = CompletableFuture.runAsync(
                () -> streams.during(
                        stream, aborted::countDown, () -> stream.write(Flux.just(result("a")), full, LONG)),
                Thread::startVirtualThread);
        assertThat(CompletableFuture.runAsync(() -> awaitUnchecked(writing))).succeedsWithin(PATIENCE);

        assertThat(streams.drain()).succeedsWithin(PATIENCE);

        assertThat(aborted.getCount()).isZero();
        assertThat(slow).succeedsWithin(PATIENCE);
    }

    private void write(EventStream each, Flux<ExecutionResult> results, OutputStream to) {
        Thread.startVirtualThread(() -> streams.during(each, () -> {}, () -> each.write(results, to, LONG)));
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ExecutionResult result(String text) {
        return ExecutionResult.newExecutionResult().data(Map.of("is", text)).build();
    }
}
