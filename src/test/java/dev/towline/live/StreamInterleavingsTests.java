package dev.towline.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every order in which a subscription and the changes of its topic can meet. A change is stored, then published, or never published; the
 * subscription runs task by task on threads that the test controls. However they meet, the subscriber has each change once and in order.
 */
class StreamInterleavingsTests {

    private static final String TOPIC = "default/session/s1";
    private static final Duration TIMEOUT = Duration.ofMillis(200);

    /** The numbers of changes: two that are there before, and those that come during the subscription. */
    private static final int BEFORE = 2;

    private static final int LAST = 5;

    /** The tasks of the subscription after which a change may come. */
    private static final int TASKS = 6;

    /**
     * @param after the message that the subscriber has, null for none
     * @param storedBefore for each change, the number of tasks of the subscription that run before it is stored
     * @param publishedBefore the same for its publication
     * @param isPublishedInOrder whether changes that are published at one time are published in the order of their numbers
     */
    record Meeting(
            @Nullable Integer after,
            List<Integer> storedBefore,
            List<Integer> publishedBefore,
            boolean isPublishedInOrder) {}

    static Stream<Meeting> meetings() {
        List<Meeting> meetings = new ArrayList<>();
        for (@Nullable Integer after : new @Nullable Integer[] {null, 0, 1, 2, 4}) {
            for (List<Integer> stored : ascending(LAST - BEFORE)) {
                for (List<Integer> published : each(LAST - BEFORE, stored)) {
                    meetings.add(new Meeting(after, stored, published, true));
                    meetings.add(new Meeting(after, stored, published, false));
                }
            }
        }
        return meetings.stream();
    }

    @ParameterizedTest
    @MethodSource("meetingsByAfter")
    void everyChangeComesOnceAndInOrder(@Nullable Integer after) {
        List<Meeting> all = meetings()
                .filter(meeting -> Objects.equals(meeting.after, after))
                .toList();
        assertThat(all).hasSizeGreaterThan(1000);
        all.forEach(StreamInterleavingsTests::check);
    }

    static Stream<@Nullable Integer> meetingsByAfter() {
        return Stream.of(null, 0, 1, 2, 4);
    }

    private static void check(Meeting meeting) {
        ManualThreads threads = new ManualThreads();
        ManualTime time = new ManualTime();
        Topics topics = new Topics(new SimpleMeterRegistry(), Limits.of(TIMEOUT, 8, 16, 8), threads, time, time);
        StoredNotes stored = StoredNotes.upTo(BEFORE);
        Probe probe = Probe.thatTakesAll();
        topics.stream(TOPIC, Note.class, stored, new StreamOptions<>(meeting.after, Duration.ZERO, (_, _) -> false))
                .subscribe(probe);
        for (int task = 0; task <= TASKS; task++) {
            for (int change : changes(meeting.storedBefore, task)) {
                stored.store(note(change));
            }
            List<Integer> published = changes(meeting.publishedBefore, task);
            (meeting.isPublishedInOrder ? published : published.reversed())
                    .forEach(change -> topics.publish(TOPIC, note(change)));
            threads.runOne();
        }
        threads.runAll();
        time.pass(TIMEOUT);
        threads.runAll();

        List<Note> heard = probe.heard;
        assertThat(probe.disturbed).as("%s", meeting).isFalse();
        assertThat(probe.completed).as("%s: %s", meeting, heard).isTrue();
        List<Note> expected = new ArrayList<>();
        boolean isInTheFuture = heard.getFirst().kind() == Note.Kind.STATE;
        int reached = meeting.after == null || isInTheFuture ? heard.getFirst().sequence() : meeting.after;
        if (meeting.after == null || isInTheFuture) {
            expected.add(Note.state(reached));
        }
        IntStream.rangeClosed(reached + 1, LAST)
                .mapToObj(StreamInterleavingsTests::note)
                .forEach(expected::add);
        if (reached == LAST) {
            expected.add(note(LAST));
        }
        assertThat(heard).as("%s", meeting).isEqualTo(expected);
    }

    private static Note note(int change) {
        return change == LAST ? Note.end(change) : Note.step(change);
    }

    private static List<Integer> changes(List<Integer> tasksBefore, int task) {
        return IntStream.range(0, tasksBefore.size())
                .filter(index -> tasksBefore.get(index) == task)
                .map(index -> BEFORE + 1 + index)
                .boxed()
                .toList();
    }

    /** All ways in which so many changes are stored, one after another. */
    private static List<List<Integer>> ascending(int count) {
        List<List<Integer>> all = new ArrayList<>();
        for (int first = 0; first <= TASKS; first += 2) {
            for (int second = first; second <= TASKS; second += 2) {
                for (int third = second; third <= TASKS; third += 2) {
                    all.add(List.of(first, second, third));
                }
            }
        }
        assertThat(all.getFirst()).hasSize(count);
        return all;
    }

    /** All ways in which they are published, each after it was stored, whatever the order; the last always. */
    private static List<List<Integer>> each(int count, List<Integer> stored) {
        int never = TASKS + 1;
        List<List<Integer>> all = new ArrayList<>();
        for (int first = stored.get(0); first <= never; first++) {
            for (int second = stored.get(1); second <= never; second++) {
                for (int third = stored.get(2); third <= TASKS; third++) {
                    all.add(List.of(first, second, third));
                }
            }
        }
        assertThat(all.getFirst()).hasSize(count);
        return all;
    }
}
