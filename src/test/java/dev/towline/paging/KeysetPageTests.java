package dev.towline.paging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.paging.Connection.Edge;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysetPageTests {

    private static final String LIST = "rows";

    private final TreeSet<String> rows = new TreeSet<>();
    private Predicate<String> belongs = row -> true;
    private int reads;

    @Test
    void goesThroughTheListInPages() {
        add(1, 2, 3, 4, 5);

        Connection<String> first = page(2, null);
        assertThat(nodes(first)).containsExactly("0001", "0002");
        assertThat(first.pageInfo())
                .isEqualTo(new PageInfo(true, false, Cursor.encode(LIST, "0001"), Cursor.encode(LIST, "0002")));

        Connection<String> second = page(2, first.pageInfo().endCursor());
        assertThat(nodes(second)).containsExactly("0003", "0004");
        assertThat(second.pageInfo().hasPreviousPage()).isTrue();

        Connection<String> last = page(2, second.pageInfo().endCursor());
        assertThat(nodes(last)).containsExactly("0005");
        assertThat(last.pageInfo().hasNextPage()).isFalse();
    }

    @Test
    void hasNoNextPageIfThePageEndsWithTheLastRow() {
        add(1, 2);
        assertThat(page(2, null).pageInfo().hasNextPage()).isFalse();
        assertThat(reads).isEqualTo(1);
    }

    @Test
    void hasNoCursorsIfNoRowsAreLeft() {
        assertThat(page(5, null)).isEqualTo(new Connection<>(List.of(), new PageInfo(false, false, null, null)));
        assertThat(page(5, Cursor.encode(LIST, "9")))
                .isEqualTo(new Connection<>(List.of(), new PageInfo(false, true, null, null)));
    }

    @Test
    void continuesAfterTheCursorIfRowsWereAdded() {
        add(10, 20, 30, 40);
        Connection<String> first = page(2, null);
        add(5, 15, 25);
        assertThat(nodes(page(3, first.pageInfo().endCursor()))).containsExactly("0025", "0030", "0040");
    }

    @Test
    void continuesAfterACursorWhoseRowWasRemoved() {
        add(10, 20, 30);
        Connection<String> first = page(2, null);
        rows.remove("0020");
        assertThat(nodes(page(2, first.pageInfo().endCursor()))).containsExactly("0030");
    }

    @Test
    void fillsAPageWithRowsThatBelongToTheList() {
        add(IntStream.rangeClosed(1, 30).toArray());
        belongs = row -> Integer.parseInt(row) % 4 == 0;

        Connection<String> page = page(2, null);
        assertThat(nodes(page)).containsExactly("0004", "0008");
        assertThat(page.edges())
                .allSatisfy(edge -> assertThat(edge.cursor()).isEqualTo(Cursor.encode(LIST, edge.node())));
    }

    /** A cursor of another row would tell of one that the viewer may not see. */
    @Test
    void endsTheLastPageAtItsLastEdge() {
        add(10, 20, 30);
        belongs = row -> row.equals("0020");
        assertThat(page(5, null).pageInfo())
                .isEqualTo(new PageInfo(false, false, Cursor.encode(LIST, "0020"), Cursor.encode(LIST, "0020")));
    }

    @Test
    void endsThePageAfterTenReadsWithACursorToContinueFrom() {
        add(IntStream.rangeClosed(1, 1_000).toArray());
        belongs = row -> row.equals("0999");

        Connection<String> page = page(5, null);
        assertThat(page.edges()).isEmpty();
        assertThat(page.pageInfo()).isEqualTo(new PageInfo(true, false, null, Cursor.encode(LIST, "0050")));
        assertThat(reads).isEqualTo(10);
        assertThat(walk(5)).containsExactly("0999");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void neverRepeatsNorSkipsWhileRowsAreAdded(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            rows.clear();
            random.ints(random.nextInt(80), 0, 1_000).forEach(this::add);
            int divisor = random.nextInt(1, 6);
            belongs = row -> Integer.parseInt(row) % divisor == 0;
            Set<String> initialRows = new HashSet<>(rows);
            initialRows.removeIf(belongs.negate());

            List<String> walked =
                    walk(random.nextInt(1, 20), () -> random.ints(3, 0, 1_000).forEach(this::add));

            assertThat(walked).isSorted().doesNotHaveDuplicates().containsAll(initialRows);
            assertThat(walked).allMatch(belongs);
        }
    }

    private List<String> walk(int first) {
        return walk(first, () -> {});
    }

    private List<String> walk(int first, Runnable betweenPages) {
        List<String> walked = new ArrayList<>();
        String after = null;
        while (true) {
            Connection<String> page = page(first, after);
            assertThat(page.edges()).hasSizeLessThanOrEqualTo(first);
            walked.addAll(nodes(page));
            after = page.pageInfo().endCursor();
            if (!page.pageInfo().hasNextPage()) {
                return walked;
            }
            assertThat(after).as("end cursor of a page that has a next page").isNotNull();
            betweenPages.run();
        }
    }

    private Connection<String> page(int first, @Nullable String after) {
        return KeysetPage.fill(PageRequest.of(LIST, _ -> true, first, after), this::next, row -> row, this::load);
    }

    private List<String> next(@Nullable String after, int limit) {
        reads++;
        return (after == null ? rows : rows.tailSet(after, false))
                .stream().limit(limit).toList();
    }

    private List<@Nullable String> load(List<String> some) {
        return some.stream()
                .<@Nullable String>map(row -> belongs.test(row) ? row : null)
                .toList();
    }

    private void add(int... numbers) {
        for (int number : numbers) {
            rows.add("%04d".formatted(number));
        }
    }

    private static List<String> nodes(Connection<String> page) {
        return page.edges().stream().map(Edge::node).toList();
    }
}
