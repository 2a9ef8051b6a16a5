package dev.towline.dynamo;

import static dev.towline.store.Notes.LINES;
import static dev.towline.store.Notes.NOTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.store.ReadPath.Bypass;
import dev.towline.store.VersionFloors;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Losing DAX costs time, never an answer; and DAX is not read while it may be older than is known. */
class DaxReadsTests {

    private static final Duration LAG = Duration.ofMinutes(5).plus(VersionFloors.LAG);
    private static final ItemKey KEY = new ItemKey("acme#n1", null);
    private static final Map<ItemKey, Map<String, AttributeValue>> FROM_DYNAMO =
            Map.of(KEY, Map.of("pk", AttributeValue.fromS("acme#n1")));

    private final Map<URI, FakeDax> clients = new HashMap<>();
    private final List<URI> connected = new CopyOnWriteArrayList<>();
    private final AtomicInteger readsOfDynamo = new AtomicInteger();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final VersionFloors floors = new VersionFloors(Duration.ofMinutes(10), () -> now);
    private volatile boolean isProven = true;

    private DaxReads reads(Map<String, String> more) {
        Map<String, String> named =
                new HashMap<>(Map.of("urls", "dax://a:8111,dax://b:8111", "tables", "notes", "time-limit", "100ms"));
        named.putAll(more);
        DaxSettings settings = StoreFixture.bindDax(named);
        Calls calls = new Calls(ObservationRegistry.NOOP, meters);
        TableNames names = new TableNames("t-");
        DaxCluster cluster = new DaxCluster(
                settings,
                names,
                List.of(NOTES, LINES),
                seed -> {
                    connected.add(seed);
                    FakeDax client = new FakeDax();
                    clients.put(seed, client);
                    return client;
                },
                calls);
        Backoff brief = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1));
        return new DaxReads(
                new DaxPath(cluster, settings.lag(), floors, () -> isProven),
                settings.tables(),
                new BatchGet(names, brief, 2, calls),
                (_, _) -> {
                    readsOfDynamo.incrementAndGet();
                    return FROM_DYNAMO;
                },
                meters);
    }

    private FakeDax first() {
        return Objects.requireNonNull(clients.get(URI.create("dax://a:8111")));
    }

    private double bypassed(String reason) {
        var counter = meters.find(DaxReads.BYPASSED).tag("reason", reason).counter();
        return counter == null ? 0 : counter.count();
    }

    @Test
    void readsOnlyItsTablesThroughDax() {
        DaxReads reads = reads(Map.of());

        assertThat(reads.items(NOTES, List.of(KEY))).isEmpty();
        assertThat(readsOfDynamo).hasValue(0);
        assertThat(reads.path().bypass()).isNull();

        reads.items(LINES, List.of(new ItemKey("acme#n1", "1")));
        assertThat(readsOfDynamo).hasValue(1);
        assertThat(first().requests).hasValue(1);
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
    void asksDynamoHoweverDaxFailsAndStopsAskingDax(Supplier<CompletableFuture<BatchGetItemResponse>> failure) {
        DaxReads reads = reads(Map.of("retry-after", "1h"));
        first().answer = failure;

        for (int i = 0; i < 20; i++) {
            assertThat(reads.items(NOTES, List.of(KEY))).isEqualTo(FROM_DYNAMO);
        }

        assertThat(first().requests).hasValue(5);
        assertThat(bypassed("failed")).isEqualTo(5);
        assertThat(bypassed("unavailable")).isEqualTo(15);
        assertThat(reads.path().bypass()).isEqualTo(Bypass.UNAVAILABLE);
    }

    @Test
    void stopsAskingADaxThatIsSlow() {
        DaxReads reads = reads(Map.of("retry-after", "1h", "slow-call", "1ms", "time-limit", "10s"));
        first().answer = () -> FakeDax.NOTHING_FOUND
                .get()
                .thenApplyAsync(
                        found -> found,
                        CompletableFuture.delayedExecutor(20, java.util.concurrent.TimeUnit.MILLISECONDS));

        for (int i = 0; i < 10; i++) {
            reads.items(NOTES, List.of(KEY));
        }

        assertThat(first().requests).hasValue(5);
        assertThat(readsOfDynamo).hasValue(5);
    }

    @Test
    void comesBackByItself() {
        DaxReads reads = reads(Map.of("retry-after", "50ms"));
        first().answer = () -> CompletableFuture.failedFuture(new IOException("broken"));
        for (int i = 0; i < 5; i++) {
            reads.items(NOTES, List.of(KEY));
        }
        assertThat(reads.path().bypass()).isEqualTo(Bypass.UNAVAILABLE);
        first().answer = FakeDax.NOTHING_FOUND;

        await().atMost(Duration.ofSeconds(10))
                .until(() -> reads.items(NOTES, List.of(KEY)).isEmpty());
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            reads.items(NOTES, List.of(KEY));
            return reads.path().bypass() == null;
        });
        assertThat(connected).as("the client was not replaced").hasSize(1);
    }

    @Test
    void takesTheNextSeedIfTheClientStaysUseless() {
        DaxReads reads = reads(Map.of("retry-after", "50ms"));
        FakeDax lost = first();
        lost.answer = CompletableFuture::new;

        await().atMost(Duration.ofSeconds(20)).until(() -> {
            reads.items(NOTES, List.of(KEY));
            return reads.path().bypass() == null && connected.size() > 1;
        });

        assertThat(connected.get(1)).isEqualTo(URI.create("dax://b:8111"));
        assertThat(lost.isClosed).isTrue();
    }

    @Test
    void callsThatNeverEndTakeNoMoreThanTheBound() {
        DaxReads reads = reads(Map.of("max-calls", "3", "retry-after", "1h"));
        first().answer = CompletableFuture::new;

        for (int i = 0; i < 10; i++) {
            assertThat(reads.items(NOTES, List.of(KEY))).isEqualTo(FROM_DYNAMO);
        }

        assertThat(first().requests).hasValue(3);
        assertThat(bypassed("busy")).isEqualTo(7);
    }

    /** Too few fail for the circuit breaker, but in the end they have taken all permits. */
    @Test
    void replacesAClientThatCallsNeverComeBackFrom() {
        DaxReads reads = reads(Map.of("max-calls", "3", "retry-after", "1h", "time-limit", "30ms"));
        FakeDax lost = first();
        AtomicInteger calls = new AtomicInteger();
        lost.answer = () -> calls.incrementAndGet() % 4 == 0 ? new CompletableFuture<>() : FakeDax.NOTHING_FOUND.get();

        await().atMost(Duration.ofSeconds(20)).until(() -> {
            reads.items(NOTES, List.of(KEY));
            return lost.isClosed;
        });

        assertThat(connected).hasSize(2);
        await().until(() -> reads.items(NOTES, List.of(KEY)).isEmpty());
    }

    /** The request is wrong, or an item; that is no reason to do without DAX. */
    @Test
    void aRejectedRequestSaysNothingOfDax() {
        DaxReads reads = reads(Map.of("retry-after", "1h"));
        first().answer = () -> CompletableFuture.failedFuture(DynamoDbException.builder()
                .awsErrorDetails(software.amazon.awssdk.awscore.exception.AwsErrorDetails.builder()
                        .errorCode("ValidationException")
                        .build())
                .build());

        for (int i = 0; i < 10; i++) {
            reads.items(NOTES, List.of(KEY));
        }

        assertThat(first().requests).hasValue(10);
        assertThat(reads.path().bypass()).isNull();
    }

    @Test
    void readsPastDaxUntilItHasLostWhatMayBeOlderThanAMissedChange() {
        DaxReads reads = reads(Map.of());
        floors.doubt();
        now = now.plus(LAG).minusMillis(1);

        assertThat(reads.items(NOTES, List.of(KEY))).isEqualTo(FROM_DYNAMO);
        assertThat(reads.path().bypass()).isEqualTo(Bypass.CHANGES_MISSED);
        assertThat(first().requests).hasValue(0);

        now = now.plusMillis(1);
        assertThat(reads.items(NOTES, List.of(KEY))).isEmpty();
        assertThat(bypassed("changes_missed")).isEqualTo(1);
    }

    @Test
    void readsPastDaxWhileChangesDoNotProvablyArrive() {
        DaxReads reads = reads(Map.of());
        isProven = false;

        assertThat(reads.items(NOTES, List.of(KEY))).isEqualTo(FROM_DYNAMO);
        assertThat(reads.path().bypass()).isEqualTo(Bypass.CHANGES_UNPROVEN);
        assertThat(first().requests).hasValue(0);
    }

    @Test
    void doesNotUseWhatItReadWhileAChangeWasMissed() {
        DaxReads reads = reads(Map.of());
        first().answer = () -> {
            floors.doubt();
            return FakeDax.NOTHING_FOUND.get();
        };

        assertThat(reads.items(NOTES, List.of(KEY))).isEqualTo(FROM_DYNAMO);
        assertThat(bypassed("changes_missed")).isEqualTo(1);
    }
}
