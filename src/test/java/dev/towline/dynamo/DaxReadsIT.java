package dev.towline.dynamo;

import static dev.towline.store.Notes.NOTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.store.Notes.Note;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;

/** Losing DAX costs time, never an answer. */
class DaxReadsIT {

    @Test
    void readsFromDynamoWhenNothingListensAtItsUrl() throws IOException {
        try (var fixture = StoreFixture.start("dax-url", "dax://127.0.0.1:" + closedPort())) {
            Note note = Note.first("n1", "top", "a");
            fixture.store.write(note.write());

            assertThat(fixture.store.getAll(NOTES, List.of(note.key())).values())
                    .containsExactly(note);
            assertThat(fixture.calls("path", "dax", "operation", "BatchGetItem", "outcome", "ok"))
                    .isZero();
            assertThat(fixture.calls("path", "dax", "operation", "BatchGetItem"))
                    .isPositive();
            assertThat(fixture.calls("path", "dynamodb", "operation", "BatchGetItem", "outcome", "ok"))
                    .isPositive();
        }
    }

    static Stream<Supplier<CompletableFuture<BatchGetItemResponse>>> failures() {
        return Stream.of(
                CompletableFuture::new,
                () -> CompletableFuture.failedFuture(new IOException("broken")),
                () -> CompletableFuture.completedFuture(null),
                () -> {
                    throw new IllegalStateException("closed");
                });
    }

    @ParameterizedTest
    @MethodSource("failures")
    void readsFromDynamoHoweverItFails(Supplier<CompletableFuture<BatchGetItemResponse>> answer) {
        try (var fixture = StoreFixture.start()) {
            Reads fallback = (_, keys) -> Map.of(keys.iterator().next(), Map.of());
            Calls calls = new Calls(ObservationRegistry.NOOP);
            BatchGet batches =
                    new BatchGet(fixture.names(), new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)), 2, calls);
            DaxReads reads = new DaxReads(answering(answer), Duration.ofMillis(100), batches, fallback, calls);
            ItemKey key = new ItemKey("acme#n1", null);
            long start = System.nanoTime();

            assertThat(reads.items(NOTES, List.of(key))).containsOnlyKeys(key);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    private static DynamoDbAsyncClient answering(Supplier<CompletableFuture<BatchGetItemResponse>> answer) {
        return new DynamoDbAsyncClient() {
            @Override
            public CompletableFuture<BatchGetItemResponse> batchGetItem(BatchGetItemRequest request) {
                return answer.get();
            }

            @Override
            public String serviceName() {
                return "dax";
            }

            @Override
            public void close() {}
        };
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
