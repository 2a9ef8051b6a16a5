package dev.towline.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Blocking between publishers, subscribers and storage, on real threads. A publisher that waits for one of them hangs these tests. */
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TopicsThreadsTests {

    private static final String TOPIC = "default/session/s1";

    private final LiveSettings settings = new LiveSettings(Duration.ofMillis(20), 4, 16, 8);
    private final Topics topics = new Topics(new SimpleMeterRegistry(), settings);
    private final CountDownLatch hold = new CountDownLatch(1);

    @Test
    void aSubscriberThatHangsHoldsUpNeitherThePublisherNorAnother() {
        Probe hanging = Probe.doing(note -> {
            if (note.sequence() == 1) {
                waitFor(hold);
            }
        });
        Probe quick = Probe.thatTakesAll();
        topics.stream(TOPIC, Note.class, StoredNotes.upTo(0)).subscribe(hanging);
        topics.stream(TOPIC, Note.class, StoredNotes.upTo(0)).subscribe(quick);
        await().until(() -> !hanging.heard.isEmpty() && !quick.heard.isEmpty());

        for (int sequence = 1; sequence <= 100; sequence++) {
            topics.publish(TOPIC, sequence < 100 ? Note.step(sequence) : Note.end(sequence));
            int published = sequence;
            await().pollInterval(Duration.ofMillis(1))
                    .until(() -> quick.sequences().contains(published));
        }
        assertThat(hanging.sequences()).containsExactly(0, 1);
        hold.countDown();

        await().until(() -> hanging.completed && quick.completed);
        assertThat(hanging.heard).hasSize(2 + 4 + 16).last().isEqualTo(Note.end(100));
        assertThat(topics.isEmpty()).isTrue();
    }

    @Test
    void readingHappensOnVirtualThreadsAndHoldsUpNobody() {
        AtomicBoolean onVirtualThreads = new AtomicBoolean(true);
        StoredNotes stored = StoredNotes.upTo(0);
        TopicSource<Note> slow = new TopicSource<>() {
            @Override
            public List<Note> snapshot() {
                onVirtualThreads.compareAndSet(true, Thread.currentThread().isVirtual());
                return stored.snapshot();
            }

            @Override
            public List<Note> between(int afterSequence, int upToSequence) {
                onVirtualThreads.compareAndSet(true, Thread.currentThread().isVirtual());
                stored.asked.add("missing");
                waitFor(hold);
                return List.of();
            }
        };
        Probe probe = Probe.thatTakesAll();
        topics.stream(TOPIC, Note.class, slow).subscribe(probe);
        topics.publish(TOPIC, Note.step(2));
        await().until(() -> stored.asked.contains("missing"));

        topics.publish(TOPIC, Note.step(1));
        topics.publish(TOPIC, Note.end(3));

        await().until(() -> probe.completed);
        assertThat(probe.sequences()).containsExactly(0, 1, 2, 3);
        assertThat(onVirtualThreads).isTrue();
        hold.countDown();
    }

    @Test
    void subscribersWhoComeDuringAReadShareTheNextOne() {
        HeldSnapshot source = new HeldSnapshot();
        List<Probe> probes = subscribe(source, 100);
        await().until(() -> source.reads.get() == 1 && topics.watchers() == 100);
        hold.countDown();

        await().until(() -> probes.stream().allMatch(probe -> !probe.heard.isEmpty()));
        assertThat(source.reads).hasValue(2);
        topics.publish(TOPIC, Note.end(3));
        await().until(() -> probes.stream().allMatch(probe -> probe.completed));
        assertThat(probes).allMatch(probe -> probe.sequences().equals(List.of(2, 3)));
    }

    /** A subscriber may know of a change that its instance has not heard of. */
    @Test
    void nobodyGetsASnapshotThatWasReadBeforeItCame() {
        HeldSnapshot source = new HeldSnapshot();
        List<Probe> before = subscribe(source, 1);
        await().until(() -> source.reads.get() == 1);
        source.stored.store(Note.step(3));
        List<Probe> after = subscribe(source, 2);
        await().until(() -> topics.watchers() == 3);
        topics.publish(TOPIC, Note.step(3));
        hold.countDown();

        await().until(() -> Stream.concat(before.stream(), after.stream())
                .allMatch(probe -> probe.sequences().contains(3)));
        assertThat(before).allMatch(probe -> probe.sequences().equals(List.of(2, 3)));
        assertThat(after).allMatch(probe -> probe.sequences().equals(List.of(3)));
        assertThat(source.reads).hasValue(2);
    }

    @Test
    void aFailedReadFailsAllWhoShareItAndNobodyAfterwards() {
        HeldSnapshot source = new HeldSnapshot();
        source.stored.failure = new IllegalStateException("not now");
        List<Probe> probes = subscribe(source, 3);
        await().until(() -> topics.watchers() == 3 && source.reads.get() == 1);
        hold.countDown();
        await().until(() -> probes.stream().allMatch(probe -> probe.error instanceof IllegalStateException));

        source.stored.failure = null;
        Probe next = subscribe(source, 1).getFirst();
        await().until(() -> next.sequences().equals(List.of(2)));
    }

    private List<Probe> subscribe(TopicSource<Note> source, int count) {
        List<Probe> probes = Stream.generate(Probe::thatTakesAll).limit(count).toList();
        probes.forEach(probe -> topics.stream(TOPIC, Note.class, source).subscribe(probe));
        return probes;
    }

    /** A source whose state is what it was when the read began, and comes when the test lets it. */
    private final class HeldSnapshot implements TopicSource<Note> {

        private final StoredNotes stored = StoredNotes.upTo(2);
        private final AtomicInteger reads = new AtomicInteger();

        @Override
        public List<Note> snapshot() {
            RuntimeException failure = stored.failure;
            List<Note> state = failure == null ? stored.snapshot() : List.of();
            reads.incrementAndGet();
            waitFor(hold);
            if (failure != null) {
                throw failure;
            }
            return state;
        }

        @Override
        public List<Note> between(int afterSequence, int upToSequence) {
            return stored.between(afterSequence, upToSequence);
        }
    }

    @Test
    void aSubscriberIsCalledOnVirtualThreadsOnly() {
        List<Thread> callers = new CopyOnWriteArrayList<>();
        Probe probe = Probe.doing(_ -> callers.add(Thread.currentThread()));
        topics.stream(TOPIC, Note.class, StoredNotes.upTo(0)).subscribe(probe);
        for (int sequence = 1; sequence <= 20; sequence++) {
            int published = sequence;
            topics.publish(TOPIC, Note.step(sequence));
            await().pollInterval(Duration.ofMillis(1))
                    .until(() -> probe.sequences().contains(published));
        }

        assertThat(callers).allMatch(Thread::isVirtual);
    }

    @Test
    void noLockIsHeldWhileASubscriberIsCalled() {
        AtomicBoolean publishedMeanwhile = new AtomicBoolean();
        Probe probe = Probe.doing(note -> {
            if (note.sequence() == 1) {
                publishedMeanwhile.set(ends(Thread.ofVirtual().start(() -> topics.publish(TOPIC, Note.end(2)))));
            }
        });
        topics.stream(TOPIC, Note.class, StoredNotes.upTo(0)).subscribe(probe);
        topics.publish(TOPIC, Note.step(1));

        await().until(() -> probe.completed);
        assertThat(publishedMeanwhile).isTrue();
    }

    @Test
    void noLockIsHeldWhileASourceIsRead() {
        AtomicBoolean publishedMeanwhile = new AtomicBoolean();
        StoredNotes stored = new StoredNotes();
        TopicSource<Note> publishing = new TopicSource<>() {
            @Override
            public List<Note> snapshot() {
                publishedMeanwhile.set(ends(Thread.ofVirtual().start(() -> topics.publish(TOPIC, Note.end(1)))));
                return stored.snapshot();
            }

            @Override
            public List<Note> between(int afterSequence, int upToSequence) {
                return stored.between(afterSequence, upToSequence);
            }
        };
        Probe probe = Probe.thatTakesAll();
        topics.stream(TOPIC, Note.class, publishing).subscribe(probe);

        await().until(() -> probe.completed);
        assertThat(publishedMeanwhile).isTrue();
    }

    private static boolean ends(Thread thread) {
        try {
            return thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
