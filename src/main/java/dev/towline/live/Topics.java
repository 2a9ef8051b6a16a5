package dev.towline.live;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.reactivestreams.Subscriber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

/**
 * The topics of this instance. A message that is published in a topic is offered to every stream of that topic. A topic exists while it has
 * streams, and its name contains the tenant. Messages may be published by several threads, repeatedly and in any order. Thread-safe.
 */
public final class Topics {

    private static final Logger LOG = LoggerFactory.getLogger(Topics.class);

    /** The delay before a failed {@link #recheck} is repeated. */
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final ConcurrentMap<String, Topic> topics = new ConcurrentHashMap<>();
    private final LiveStream.Dependencies dependencies;

    /** The number of pending calls of {@link #recheckAll}. */
    private final AtomicInteger recheckDue = new AtomicInteger();

    /** The streams of a topic. */
    private record Topic(Set<LiveStream<?>> streams, SnapshotReads snapshots) {

        private Topic() {
            this(ConcurrentHashMap.newKeySet(), new SnapshotReads());
        }
    }

    /** Topics whose streams run on virtual threads. Nothing needs to be closed. */
    public Topics(MeterRegistry meters, LiveSettings settings) {
        this(meters, settings, Thread.ofVirtual().name("live-", 0)::start, Scheduler.realTime());
    }

    Topics(MeterRegistry meters, LiveSettings settings, Executor threads, Scheduler scheduler) {
        dependencies =
                new LiveStream.Dependencies(settings, LiveMetrics.in(meters, this::watchers), threads, scheduler);
    }

    /**
     * Publishes a message to all streams of the topic. Does not block, because subscribers are called on other threads. Messages may come
     * in any order of sequences and more than once.
     *
     * @param message a change that is already stored, so that the snapshot of a new stream contains it
     */
    public <M extends Sequenced> void publish(String topic, M message) {
        if (message.sequence() < 1) {
            throw new IllegalArgumentException("a sequence must be at least 1, not " + message.sequence());
        }
        Topic watched = topics.get(topic);
        if (watched != null) {
            watched.streams.forEach(stream -> stream.offer(message));
        }
    }

    /**
     * Reads the last sequence of the topic, so that its streams fetch messages that were stored but not published on this instance. Does
     * not block. Without streams it does nothing.
     */
    public void recheck(String topic) {
        dependencies.threads().execute(() -> {
            if (!readReach(topic)) {
                dependencies.scheduler().run(() -> recheck(topic), RETRY);
            }
        });
    }

    /** Rechecks all topics one after another, to limit the load after a gap. After a failed read it starts again. Does not block. */
    public void recheckAll() {
        if (recheckDue.getAndIncrement() == 0) {
            dependencies.threads().execute(this::readAllReaches);
        }
    }

    private void readAllReaches() {
        int due = recheckDue.get();
        do {
            boolean isComplete = topics.keySet().stream().allMatch(this::readReach);
            if (!isComplete) {
                dependencies.scheduler().run(this::recheckAll, RETRY);
            }
            due = recheckDue.addAndGet(-due);
        } while (due != 0);
    }

    /** Returns whether the read succeeded. */
    private boolean readReach(String topic) {
        Topic watched = topics.get(topic);
        if (watched == null) {
            return true;
        }
        try {
            Optional<LiveStream<?>> any = watched.streams.stream().findAny();
            if (any.isPresent()) {
                int sequence = any.get().readReach();
                watched.streams.forEach(stream -> stream.reaches(sequence));
            }
            return true;
        } catch (RuntimeException e) {
            LOG.warn(
                    "Towline cannot check live topics for missed messages, and tries again in {}: {}",
                    RETRY,
                    e.toString());
            return false;
        }
    }

    /**
     * Returns a stream that delivers a snapshot of the topic, then later messages in order, none twice. It completes after the {@linkplain
     * Sequenced#last last} message. Missing messages are read from the source or replaced by another snapshot. A slow subscriber misses {@linkplain
     * Sequenced#droppable droppable} messages, and fails if too many others wait. The stream fails if the source throws or a message is not
     * a {@code type}. Messages come on virtual threads, one at a time.
     *
     * @param type the type of the messages
     */
    public <M extends Sequenced> Flux<M> stream(String topic, Class<M> type, TopicSource<M> source) {
        return Flux.from(subscriber -> open(topic, type, source, subscriber));
    }

    /** The number of open streams. */
    public int watchers() {
        return topics.values().stream().mapToInt(topic -> topic.streams.size()).sum();
    }

    /** Whether there are no topics. */
    boolean isEmpty() {
        return topics.isEmpty();
    }

    private <M extends Sequenced> void open(
            String topic, Class<M> type, TopicSource<M> source, Subscriber<? super M> subscriber) {
        LiveStream<M> stream = new LiveStream<>(subscriber, type, source, dependencies, ended -> leave(topic, ended));
        Topic watched = topics.compute(topic, (_, present) -> {
            Topic open = present == null ? new Topic() : present;
            open.streams.add(stream);
            return open;
        });
        stream.start(watched.snapshots);
    }

    private void leave(String topic, LiveStream<?> stream) {
        topics.computeIfPresent(topic, (_, watched) -> {
            watched.streams.remove(stream);
            return watched.streams.isEmpty() ? null : watched;
        });
    }
}
