package dev.towline.edge.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import graphql.ExecutionResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import reactor.core.publisher.Flux;

@Timeout(20)
class EventStreamTests {

    private static final Duration LONG = Duration.ofMinutes(1);

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
        stream.cut();
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
    void endsWithoutCompleteAtShutdown() {
        AtomicBoolean left = new AtomicBoolean();
        AtomicBoolean watched = new AtomicBoolean();
        Flux<ExecutionResult> results = Flux.<ExecutionResult>never()
                .doOnRequest(_ -> watched.set(true))
                .doOnCancel(() -> left.set(true));
        Thread writing;
        try (var context = new AnnotationConfigApplicationContext(EventStreams.class)) {
            var streams = context.getBean(EventStreams.class);
            writing = Thread.startVirtualThread(() -> streams.during(stream, () -> stream.write(results, out, LONG)));
            await().atMost(Duration.ofSeconds(10)).untilTrue(watched);
        }

        await().atMost(Duration.ofSeconds(10)).until(() -> !writing.isAlive());
        assertThat(left).isTrue();
        assertThat(out.size()).isZero();
    }

    private static ExecutionResult result(String text) {
        return ExecutionResult.newExecutionResult().data(Map.of("is", text)).build();
    }
}
