package dev.towline.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Blocking between publishers, subscribers and storage, on real threads. A publisher that waits for one of them hangs these tests. */
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TopicsThreadsTests {

    private static final String TOPIC = "default/session/s1";

    private final LiveSettings settings = Limits.of(Duration.ofMillis(20), 4, 16, 8);
    private final Topics topics = new Topics(new SimpleMeterRegistry(), settings, InstantSource.system());
    private final CountDownLatch hold = new CountDownLatch(1);

    @Test
    void aSubscriberThatHangsHoldsUpNeitherThePublisherNorAnother() {
        Probe hanging = Probe.doing(note -> {
            if (note.sequence() == 1) {
                waitFor(hold);
            }
        });
        Probe quick = Probe.thatTakesAll();
        topics.stream(TOPIC, Note.class, StoredNotes.upTo(0), StreamOptions.all())
                .subscribe(hanging);
        topics.stream(TOPIC, Note.class, StoredNotes.upTo(0), StreamOptions.all())
                .subscribe(quick);
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
            public List<Note> snapshot(int atLeast) {
                onVirtualThreads.compareAndSet(true, Thread.currentThread().isVirtual());
                return stored.snapshot(atLeast);
            }

            @Override
            public List<Note> since(int afterSequence) {
                onVirtualThreads.compareAndSet(true, Thread.currentThread().isVirtual());
                stored.asked.add("missing");
                waitFor(hold);
                return List.of();
            }
        };
        Probe probe = Probe.thatTakesAll();
        topics.stream(TOPIC, Note.class, slow, StreamOptions.all()).subscribe(probe);
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
    void aSubscriberIsCalledOnVirtualThreadsOnly() {
        List<Thread> callers = new CopyOnWriteArrayList<>();
        Probe probe = Probe.doing(_ -> callers.add(Thread.currentThread()));
        topics.stream(TOPIC, Note.class, StoredNotes.upTo(0), StreamOptions.all())
                .subscribe(probe);
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
        topics.stream(TOPIC, Note.class, StoredNotes.upTo(0), StreamOptions.all())
                .subscribe(probe);
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
            public List<Note> snapshot(int atLeast) {
                publishedMeanwhile.set(ends(Thread.ofVirtual().start(() -> topics.publish(TOPIC, Note.end(1)))));
                return stored.snapshot(atLeast);
            }

            @Override
            public List<Note> since(int afterSequence) {
                return stored.since(afterSequence);
            }
        };
        Probe probe = Probe.thatTakesAll();
        topics.stream(TOPIC, Note.class, publishing, StreamOptions.all()).subscribe(probe);

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
