package dev.towline.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Everything at once, on real threads: several publishers of one topic send what is stored in another order, some of it twice and some
 * never, while subscribers of all kinds come and go. What is random comes from the seed; how the threads meet does not.
 */
class TopicsStressTests {

    /** In all runs: a single one may be so fast or so slow that a snapshot covers everything. */
    private static final LongAdder FILLED = new LongAdder();

    private static final String TOPIC = "default/session/s1";
    private static final int MESSAGES = 600;
    private static final int WINDOW = 40;
    private static final int PUBLISHERS = 4;

    private final LiveSettings settings = Limits.of(Duration.ofMillis(5), 8, 2 * MESSAGES, 16);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Topics topics = new Topics(meters, settings, InstantSource.system());
    private final StoredNotes stored = new StoredNotes();
    private final List<Probe> prompt = new CopyOnWriteArrayList<>();
    private final List<Probe> slow = new CopyOnWriteArrayList<>();
    private final List<Probe> leaving = new CopyOnWriteArrayList<>();

    @AfterAll
    static void someMessagesWereReadFromStorage() {
        assertThat(FILLED.sum()).as("reads of missing messages").isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whoKeepsUpSeesASnapshotThenEachOnceInOrderThenTheEnd(long seed) {
        Random random = new Random(seed);
        try (ExecutorService publishers = Executors.newFixedThreadPool(PUBLISHERS)) {
            for (int first = 1; first <= MESSAGES; first += WINDOW) {
                subscribeSome(random);
                List<Note> window = storeWindow(first);
                for (Note note : shuffledWithDuplicatesAndLosses(window, random)) {
                    long wanted = random.nextInt(10) == 0 ? 2 : 0;
                    publishers.execute(() -> publish(note, wanted));
                }
            }
            subscribeSome(random);
        }
        await().until(() -> prompt.stream().allMatch(Probe::ended));
        slow.forEach(probe -> probe.request(Long.MAX_VALUE));
        await().until(() -> slow.stream().allMatch(Probe::ended));

        prompt.forEach(TopicsStressTests::assertHeardAll);
        slow.forEach(TopicsStressTests::assertHeardInOrderToTheEnd);
        leaving.forEach(probe -> assertThat(probe.disturbed).isFalse());
        FILLED.add(
                stored.asked.stream().filter(read -> !read.equals("snapshot")).count());

        leaving.forEach(Probe::cancel);
        assertThat(topics.watchers()).isZero();
        assertThat(topics.isEmpty()).isTrue();
    }

    private void subscribeSome(Random random) {
        prompt.add(subscribed(Probe.thatTakesAll()));
        slow.add(subscribed(Probe.asking(random.nextInt(2))));
        leaving.add(subscribed(Probe.leavingAt(1 + random.nextInt(WINDOW))));
    }

    private Probe subscribed(Probe probe) {
        topics.stream(TOPIC, Note.class, stored, StreamOptions.all()).subscribe(probe);
        return probe;
    }

    private List<Note> storeWindow(int first) {
        List<Note> window = IntStream.range(first, first + WINDOW)
                .mapToObj(sequence -> sequence == MESSAGES ? Note.end(sequence) : Note.step(sequence))
                .toList();
        window.forEach(stored::store);
        return window;
    }

    private static List<Note> shuffledWithDuplicatesAndLosses(List<Note> window, Random random) {
        List<Note> sent = new ArrayList<>();
        for (Note note : window) {
            int times = note.last() ? 1 : Math.min(2, random.nextInt(12));
            sent.addAll(Collections.nCopies(times, note));
        }
        Collections.shuffle(sent, random);
        return sent;
    }

    private void publish(Note note, long wantedBySlow) {
        topics.publish(TOPIC, note);
        if (wantedBySlow > 0) {
            slow.forEach(probe -> probe.request(wantedBySlow));
        }
    }

    private static void assertHeardAll(Probe probe) {
        assertThat(probe.disturbed).isFalse();
        assertThat(probe.error).isNull();
        int first = probe.heard.getFirst().sequence();
        List<Note> expected = new ArrayList<>(List.of(Note.state(first)));
        expected.addAll(Note.steps(first + 1, MESSAGES - 1));
        expected.add(Note.end(MESSAGES));
        assertThat(probe.heard).isEqualTo(expected);
    }

    private static void assertHeardInOrderToTheEnd(Probe probe) {
        assertThat(probe.disturbed).isFalse();
        assertThat(probe.error).isNull();
        assertThat(probe.heard.getFirst().kind()).isEqualTo(Note.Kind.STATE);
        assertThat(probe.heard.getLast()).isEqualTo(Note.end(MESSAGES));
        List<Integer> afterState = probe.sequences().subList(1, probe.heard.size());
        assertThat(afterState).doesNotHaveDuplicates().isSorted();
    }
}
