package dev.towline.dynamo;

import static dev.towline.store.Notes.NOTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.towline.problem.Unavailable;
import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeStage;
import dev.towline.store.ChangeStages;
import dev.towline.store.EntityKey;
import dev.towline.store.ItemCodec;
import dev.towline.store.ItemReader;
import dev.towline.store.ItemWriter;
import dev.towline.store.Notes.Note;
import dev.towline.store.Store;
import dev.towline.store.Table;
import dev.towline.store.VersionFloors;
import dev.towline.store.Write;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

/** Every exception of the client is translated to the same problem; exceptions of this service are not. */
class ClientFailuresTests {

    private static final TableNames NAMES = new TableNames("t-");

    private final Calls calls = new Calls(ObservationRegistry.NOOP, new SimpleMeterRegistry());
    private final Backoff backoff = new Backoff(Duration.ofMillis(1), Duration.ofMillis(2));
    private final FailingClient dynamo = new FailingClient();
    private final StraightReads reads =
            new StraightReads(dynamo, NAMES, new BatchGet(NAMES, backoff, 3, calls), calls, true);
    private final Writes writes = new Writes(dynamo, new WriteRequests(NAMES), reads, backoff, calls);
    private final Note stored = Note.first("n1", "top", "stored");
    private final Note next = stored.with("next");

    static Stream<RuntimeException> failures() {
        return Stream.of(
                SdkClientException.create("no connection"),
                AbortedException.create("interrupted"),
                ApiCallTimeoutException.create(1),
                ProvisionedThroughputExceededException.builder().build(),
                new CancellationException(),
                new IllegalStateException("Connection pool shut down"),
                new UncheckedIOException(new InterruptedIOException()),
                new CompletionException(new TimeoutException()),
                new RejectedExecutionException());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isUnavailableWhateverARequestToReadMeets(RuntimeException thrown) {
        dynamo.onGet = _ -> {
            throw thrown;
        };

        assertThatThrownBy(() -> reads.item(NOTES, ItemKey.of(NOTES, stored.key())))
                .isInstanceOf(Unavailable.class)
                .hasRootCause(root(thrown));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void settlesAWriteByReadingBackWhateverItMet(RuntimeException thrown) {
        dynamo.item = Items.item(NOTES, stored);
        dynamo.onPut = request -> {
            dynamo.item = request.item();
            throw thrown;
        };

        writes.apply(List.of(next.write()));

        assertThat(Items.entity(NOTES, dynamo.item)).isEqualTo(next);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void leavesAWriteInDoubtThatMayStillBeOnItsWay(RuntimeException thrown) {
        dynamo.item = Items.item(NOTES, stored);
        dynamo.onPut = _ -> {
            throw thrown;
        };

        assertThatThrownBy(() -> writes.apply(List.of(next.write())))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("Read the data before you try again");
    }

    @Test
    void passesTheDoubtToTheStages() {
        dynamo.item = Items.item(NOTES, stored);
        dynamo.onPut = _ -> {
            throw new CancellationException();
        };
        List<EntityKey> doubts = new ArrayList<>();
        ChangeStage stage = new ChangeStage() {
            @Override
            public Stage stage() {
                return Stage.LOCAL;
            }

            @Override
            public void pass(ChangeEvent event) {
                doubts.addAll(((ChangeEvent.Doubt) event).keys());
            }
        };
        Store store = DynamoConfiguration.assemble(
                StoreFixture.settings("http://127.0.0.1:1", "t-", Map.of()),
                dynamo,
                null,
                List.of(NOTES),
                new VersionFloors(Duration.ofMinutes(10), java.time.InstantSource.system()),
                new ChangeStages(() -> List.of(stage)),
                ObservationRegistry.NOOP,
                new SimpleMeterRegistry());

        assertThatThrownBy(() -> store.write(next.write())).isInstanceOf(Unavailable.class);
        assertThat(doubts).containsExactly(next.key());
    }

    @Test
    void staysAFaultOfThisServiceWhatDynamoDbWillNeverAccept() {
        dynamo.onGet = _ -> {
            throw DynamoDbException.builder()
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode("ValidationException")
                            .build())
                    .build();
        };

        assertThatThrownBy(() -> reads.item(NOTES, ItemKey.of(NOTES, stored.key())))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void staysAFaultOfThisServiceWhatACodecThrows() {
        NullPointerException fault = new NullPointerException();
        Table<Note> broken = new Table<>("notes", "note", false, new BrokenCodec(fault), List.of(), null);

        assertThatThrownBy(() -> writes.apply(List.of(new Write<>(broken, next))))
                .isSameAs(fault);
        assertThatThrownBy(() -> writes.apply(List.of(new Write<>(broken, next), stored.write())))
                .isSameAs(fault);
        assertThatThrownBy(() -> Items.entity(broken, Items.item(NOTES, stored)))
                .isSameAs(fault);
    }

    private static Throwable root(Throwable thrown) {
        return thrown.getCause() == null ? thrown : root(thrown.getCause());
    }

    private record BrokenCodec(RuntimeException fault) implements ItemCodec<Note> {

        @Override
        public void write(Note note, ItemWriter item) {
            throw fault;
        }

        @Override
        public Note read(ItemReader item) {
            throw fault;
        }
    }

    /** Has one item. */
    private static final class FailingClient implements DynamoDbClient {

        private Map<String, AttributeValue> item = Map.of();
        private Consumer<GetItemRequest> onGet = _ -> {};
        private Consumer<PutItemRequest> onPut = _ -> {};

        @Override
        public GetItemResponse getItem(GetItemRequest request) {
            onGet.accept(request);
            return GetItemResponse.builder().item(item).build();
        }

        @Override
        public PutItemResponse putItem(PutItemRequest request) {
            onPut.accept(request);
            return PutItemResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
