package dev.towline.dynamo;

import static dev.towline.store.Notes.NOTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.local.EmbeddedDax;
import dev.towline.local.SharedStack;
import dev.towline.localdax.Fault;
import dev.towline.localdax.LocalDax;
import dev.towline.localdax.Metric;
import dev.towline.store.Notes;
import dev.towline.store.Notes.Note;
import dev.towline.store.ReadPath;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The store with the real client of DAX in front of a local DAX that keeps items for ever in the eyes of these tests. */
class StoreWithDaxIT {

    private final EmbeddedDax embedded =
            EmbeddedDax.inFrontOf(SharedStack.stack().dynamo().endpoint(), 0, Duration.ofMinutes(5));
    private final LocalDax dax = embedded.cluster();
    private final StoreFixture fixture = start(Map.of());

    private StoreFixture start(Map<String, String> more) {
        Map<String, String> settings =
                new HashMap<>(Map.of("urls", dax.url(), "time-limit", "2s", "slow-call", "2s", "retry-after", "100ms"));
        settings.putAll(more);
        return StoreFixture.startWithDax(settings);
    }

    @AfterEach
    void stop() {
        fixture.close();
        embedded.close();
    }

    private List<Note> read(Note note) {
        return List.copyOf(fixture.store.getAll(NOTES, List.of(note.key())).values());
    }

    @Test
    void readsThroughDaxWhatNobodyChanged() {
        Note note = Note.first("n1", "top", "a");
        fixture.store.write(note.write());
        fixture.faulty.forgetRequests();

        for (int i = 0; i < 10; i++) {
            assertThat(read(note)).containsExactly(note);
        }

        assertThat(fixture.faulty.requests()).as("past DAX").isEmpty();
        assertThat(fixture.calls("path", "dax", "table", "notes", "operation", "BatchGetItem", "outcome", "ok"))
                .isEqualTo(10);
    }

    /** Writes do not pass through DAX, so its copy is from before. */
    @Test
    void readsAgainWhatDaxHasFromBeforeAWrite() {
        Note first = Note.first("n1", "top", "a");
        fixture.store.write(first.write());
        assertThat(read(first)).containsExactly(first);
        Note next = first.with("b");
        fixture.store.write(next.write());

        assertThat(read(first)).containsExactly(next);
        assertThat(fixture.meters.get(DynamoStore.OUTDATED).counter().count()).isEqualTo(1);
        assertThat(fixture.elsewhere().getAll(NOTES, List.of(first.key())).values())
                .as("who does not know of the write sees what DAX has")
                .containsExactly(first);
    }

    @Test
    void findsWhatWasCreatedAfterDaxSawThatItWasAbsent() {
        Note note = Note.first("n1", "top", "a");
        assertThat(read(note)).isEmpty();
        fixture.store.write(note.write());

        assertThat(read(note)).containsExactly(note);
    }

    @Test
    void readsFromDynamoWhileDaxIsAwayAndComesBack() {
        Note note = Note.first("n1", "top", "a");
        fixture.store.write(note.write());
        assertThat(read(note)).containsExactly(note);
        dax.nodes().forEach(node -> node.stop());
        Note next = note.with("b");
        fixture.store.write(next.write());

        for (int i = 0; i < 20; i++) {
            assertThat(read(note)).containsExactly(next);
        }

        assertThat(fixture.calls("path", "dynamodb", "operation", "BatchGetItem", "outcome", "ok"))
                .isGreaterThanOrEqualTo(20);
        dax.nodes().forEach(node -> node.start());
        Note other = Note.first("n2", "top", "a");
        fixture.store.write(other.write());
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            double before = fixture.calls("path", "dax", "operation", "BatchGetItem", "outcome", "ok");
            assertThat(read(note)).containsExactly(next);
            assertThat(read(other)).containsExactly(other);
            return fixture.calls("path", "dax", "operation", "BatchGetItem", "outcome", "ok") > before;
        });
    }

    @Test
    void answersInTimeWhileDaxHangs() {
        try (StoreFixture impatient = start(Map.of("time-limit", "200ms"))) {
            Note note = Note.first("n1", "top", "a");
            impatient.store.write(note.write());
            dax.node(0).fail(Fault.delay(Duration.ofSeconds(30)));
            long start = System.nanoTime();

            for (int i = 0; i < 30; i++) {
                assertThat(impatient.store.getAll(NOTES, List.of(note.key())).values())
                        .containsExactly(note);
            }

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
            assertThat(impatient.bypassed("unavailable")).isPositive();
        }
    }

    /** The client's pool can deadlock if many calls at once have to learn a key schema and attribute lists. */
    @Test
    void aBurstOfFirstCallsDoesNotBlockItself() throws InterruptedException {
        List<Note> notes = IntStream.range(0, 200)
                .mapToObj(i -> Note.first("n" + i, "top", "a"))
                .toList();
        notes.forEach(note -> fixture.store.write(note.write()));
        try (StoreFixture cold = start(Map.of("max-calls", "8"))) {
            notes.forEach(note -> cold.store.write(note.write()));
            List<Thread> readers = notes.stream()
                    .map(note -> Thread.startVirtualThread(() -> cold.store.getAll(NOTES, List.of(note.key()))))
                    .toList();
            for (Thread reader : readers) {
                assertThat(reader.join(Duration.ofSeconds(30))).isTrue();
            }

            assertThat(cold.bypassed("failed")).isZero();
            assertThat(cold.calls("path", "dax", "operation", "BatchGetItem", "outcome", "ok"))
                    .isPositive();
        }
    }

    @Test
    void theClientIsWarmBeforeTheFirstRead() {
        try (StoreFixture cold = start(Map.of())) {
            cold.dax().warmUp();

            assertThat(cold.calls("path", "dax", "table", "notes", "operation", "Scan", "outcome", "ok"))
                    .isEqualTo(1);
        }
    }

    @Test
    void aListDoesNotComeFromDax() {
        Note note = Note.first("n1", "top", "a");
        fixture.store.write(note.write());
        long before = dax.counters().get(Metric.TOTAL_REQUEST_COUNT);

        fixture.store.forEach(NOTES, _ -> {});
        fixture.store.list(NOTES, Notes.BY_SHELF, Notes.ACME, List.of("top"), null, 10);

        assertThat(dax.counters().get(Metric.TOTAL_REQUEST_COUNT)).isEqualTo(before);
    }

    @Test
    void takesTheNextSeedWhenTheFirstIsLost() {
        try (EmbeddedDax other =
                        EmbeddedDax.inFrontOf(SharedStack.stack().dynamo().endpoint(), 0, Duration.ofMinutes(5));
                StoreFixture two =
                        start(Map.of("urls", dax.url() + "," + other.cluster().url()))) {
            Note note = Note.first("n1", "top", "a");
            two.store.write(note.write());
            dax.nodes().forEach(node -> node.stop());

            await().atMost(Duration.ofSeconds(30)).until(() -> {
                assertThat(two.store.getAll(NOTES, List.of(note.key())).values())
                        .containsExactly(note);
                return two.dax().isAvailable() && other.cluster().counters().get(Metric.TOTAL_REQUEST_COUNT) > 0;
            });
        }
    }

    @Test
    void saysWhichWayReadsGo() {
        DaxPath path = new DaxPath(fixture.dax(), Duration.ofMinutes(5), fixture.floors, () -> fixture.isProven);
        assertThat(path.bypass()).isNull();
        fixture.isProven = false;
        assertThat(path.bypass()).isEqualTo(ReadPath.Bypass.CHANGES_UNPROVEN);
    }
}
