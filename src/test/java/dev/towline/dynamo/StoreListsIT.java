package dev.towline.dynamo;

import static dev.towline.store.Notes.ACME;
import static dev.towline.store.Notes.BY_SHELF;
import static dev.towline.store.Notes.LINES;
import static dev.towline.store.Notes.NOTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.store.IndexRow;
import dev.towline.store.Notes.Line;
import dev.towline.store.Notes.Note;
import dev.towline.store.Order;
import dev.towline.store.Store;
import dev.towline.store.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The guarantees of lists: order, bounds and stability. */
class StoreListsIT {

    private static final List<String> SHELVES = List.of("top", "middle", "floor");

    private final StoreFixture fixture = open();

    /** Of the way to DynamoDB. */
    StoreFixture open() {
        return StoreFixture.start();
    }

    private final Store store = fixture.store;

    /** A third of them on each shelf; the text, which sorts them, is their number. */
    @BeforeEach
    void fill() {
        IntStream.rangeClosed(1, 9).forEach(this::put);
        store.write(IntStream.rangeClosed(1, 9)
                .<Write<?>>mapToObj(i -> Line.first(ACME, "n1", i).write())
                .toList());
        fixture.faulty.forgetRequests();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void mergesPartitionsGreatestFirst() {
        assertThat(page(SHELVES, null, 100)).containsExactly(9, 8, 7, 6, 5, 4, 3, 2, 1);
        assertThat(page(List.of("top", "floor", "top"), null, 4)).containsExactly(9, 8, 6, 5);
        assertThat(page(List.of("nowhere"), null, 4)).isEmpty();
        assertThat(page(List.of(), null, 4)).isEmpty();
    }

    @Test
    void goesOnWhereItStoppedWhileRowsAreAdded() {
        List<Integer> seen = new ArrayList<>();
        String before = null;
        for (int page = 1; page <= 5; page++) {
            List<IndexRow> rows = store.list(NOTES, BY_SHELF, ACME, SHELVES, before, 2);
            rows.forEach(row -> seen.add(number(row)));
            before = rows.getLast().sort();
            put(9 + page);
        }

        assertThat(seen).containsExactly(9, 8, 7, 6, 5, 4, 3, 2, 1);
        assertThat(store.list(NOTES, BY_SHELF, ACME, SHELVES, before, 2)).isEmpty();
    }

    @Test
    void showsARowOnceThatIsSeenInTwoPartitions() {
        fixture.faulty.always("Query", (request, upstream) -> {
            var body = request.body().deepCopy().asObject();
            body.get("ExpressionAttributeValues").get(":partition").asObject().put("S", "acme#top");
            return upstream.forward(request.with(body));
        });

        assertThat(page(SHELVES, null, 2)).containsExactly(9, 6);
    }

    @Test
    void readsOnWhenAPageIsFull() {
        fixture.faulty.always("Query", Fault.pagesOf(2));
        fixture.faulty.always("Scan", Fault.pagesOf(2));
        List<Integer> scanned = new ArrayList<>();
        store.forEach(LINES, line -> scanned.add(line.number()));

        assertThat(page(List.of("top"), null, 3)).containsExactly(9, 6, 3);
        assertThat(rows(null, null, Order.ASCENDING, 5)).containsExactly(1, 2, 3, 4, 5);
        assertThat(scanned).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @ParameterizedTest
    @CsvSource({
        ", , ASCENDING, 3, 1 2 3",
        ", , DESCENDING, 3, 9 8 7",
        "0003, , ASCENDING, 2, 4 5",
        "0007, , DESCENDING, 9, 9 8",
        ", 0003, ASCENDING, 9, 1 2",
        ", 0003, DESCENDING, 1, 2",
        "0003, 0007, ASCENDING, 9, 4 5 6",
        "0003, 0007, ASCENDING, 3, 4 5 6",
        "0003, 0007, DESCENDING, 2, 6 5",
        "00025, 00065, ASCENDING, 9, 3 4 5 6",
        "0003, 0004, ASCENDING, 9, ''",
        "0007, 0003, ASCENDING, 9, ''",
        "0003, 0003, ASCENDING, 9, ''"
    })
    void readsRowsStrictlyBetweenTheirBounds(
            @Nullable String after, @Nullable String before, Order order, int limit, String expected) {
        assertThat(rows(after, before, order, limit))
                .extracting(String::valueOf)
                .containsExactly(expected.isEmpty() ? new String[0] : expected.split(" ", -1));
    }

    @Test
    void readsRowsAsTheyAreNow() {
        rows(null, null, Order.ASCENDING, 1);

        assertThat(fixture.faulty.requests("Query"))
                .singleElement()
                .matches(request -> request.body().path("ConsistentRead").asBoolean(false));
    }

    private void put(int number) {
        String shelf = SHELVES.get(number % SHELVES.size());
        store.write(Note.first("n" + number, shelf, "%04d".formatted(number)).write());
    }

    private List<Integer> page(List<String> shelves, @Nullable String before, int limit) {
        return store.list(NOTES, BY_SHELF, ACME, shelves, before, limit).stream()
                .map(StoreListsIT::number)
                .toList();
    }

    private static int number(IndexRow row) {
        return Integer.parseInt(row.id().substring(1));
    }

    private List<Integer> rows(@Nullable String after, @Nullable String before, Order order, int limit) {
        return store.rows(LINES, ACME, "n1", after, before, order, limit).stream()
                .map(Line::number)
                .toList();
    }
}
