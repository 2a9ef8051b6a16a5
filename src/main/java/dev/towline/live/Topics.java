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
 * The topics of this instance: what is published in one reaches every stream of it. A topic exists as long as somebody watches it; its
 * name carries the tenant. It does not matter who publishes, how often, or in which order. Thread-safe.
 */
public final class Topics {

    private static final Logger LOG = LoggerFactory.getLogger(Topics.class);

    /** After how long a check of what was missed is tried again that could not read. */
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final ConcurrentMap<String, Set<LiveStream<?>>> streams = new ConcurrentHashMap<>();
    private final LiveStream.Surroundings surroundings;

    /** How many checks of all topics were asked for that have not been carried out. */
    private final AtomicInteger recheckDue = new AtomicInteger();

    /** Topics on virtual threads; they own nothing that must be closed. */
    public Topics(MeterRegistry meters, LiveSettings settings) {
        this(meters, settings, Thread.ofVirtual().name("live-", 0)::start, Scheduler.asTimePasses());
    }

    Topics(MeterRegistry meters, LiveSettings settings, Executor threads, Scheduler scheduler) {
        surroundings =
                new LiveStream.Surroundings(settings, LiveMetrics.in(meters, this::watchers), threads, scheduler);
    }

    /**
     * Offers a message to every stream of the topic and returns at once, whatever the subscribers do: they are called on threads of their
     * own. May be called in any order of sequences, and more than once with the same message.
     *
     * @param message a change that is stored already: a stream that begins now finds it in its snapshot
     */
    public <M extends Sequenced> void publish(String topic, M message) {
        if (message.sequence() < 1) {
            throw new IllegalArgumentException("sequences begin with 1, not " + message.sequence());
        }
        for (LiveStream<?> stream : streams.getOrDefault(topic, Set.of())) {
            stream.offer(message);
        }
    }

    /**
     * Messages of the topic may be stored that nobody publishes here: reads how far the topic is, and its streams fetch what they have
     * missed. Returns at once; does nothing where nobody watches.
     */
    public void recheck(String topic) {
        surroundings.threads().execute(() -> {
            if (!readReach(topic)) {
                surroundings.scheduler().run(() -> recheck(topic), RETRY);
            }
        });
    }

    /** {@link #recheck} of every topic, one read after another: after a gap all of them are due at once. Returns at once. */
    public void recheckAll() {
        if (recheckDue.getAndIncrement() == 0) {
            surroundings.threads().execute(this::readAllReaches);
        }
    }

    private void readAllReaches() {
        int due = recheckDue.get();
        do {
            boolean isComplete = streams.keySet().stream().allMatch(this::readReach);
            if (!isComplete) {
                surroundings.scheduler().run(this::recheckAll, RETRY);
            }
            due = recheckDue.addAndGet(-due);
        } while (due != 0);
    }

    /** Whether it could be read. */
    private boolean readReach(String topic) {
        Set<LiveStream<?>> watching = streams.getOrDefault(topic, Set.of());
        try {
            Optional<LiveStream<?>> any = watching.stream().findAny();
            if (any.isPresent()) {
                int sequence = any.get().readReach();
                watching.forEach(stream -> stream.reaches(sequence));
            }
            return true;
        } catch (RuntimeException e) {
            LOG.warn("could not check what watchers have missed, again in {}: {}", RETRY, e.toString());
            return false;
        }
    }

    /**
     * A stream for each of its subscribers: listens first, then takes the snapshot, then delivers everything after it, each message once
     * and in order, and completes after the topic's {@linkplain Sequenced#last last} one. What is not heard in time is read from the
     * source; what the source no longer has either is made up for by another snapshot. A subscriber that does not keep up misses
     * {@linkplain Sequenced#droppable droppable} messages, and fails if there are too many others. Ends with an error if the source
     * throws, or if a message of the topic is no {@code type}. Messages come on virtual threads, one at a time.
     *
     * @param type what the topic's messages are
     */
    public <M extends Sequenced> Flux<M> stream(String topic, Class<M> type, TopicSource<M> source) {
        return Flux.from(subscriber -> open(topic, type, source, subscriber));
    }

    /** How many streams are open now. */
    public int watchers() {
        return streams.values().stream().mapToInt(Set::size).sum();
    }

    /** Whether nothing at all is kept. */
    boolean isEmpty() {
        return streams.isEmpty();
    }

    private <M extends Sequenced> void open(
            String topic, Class<M> type, TopicSource<M> source, Subscriber<? super M> subscriber) {
        LiveStream<M> stream = new LiveStream<>(subscriber, type, source, surroundings, ended -> leave(topic, ended));
        streams.compute(topic, (_, present) -> {
            Set<LiveStream<?>> watching = present == null ? ConcurrentHashMap.newKeySet() : present;
            watching.add(stream);
            return watching;
        });
        stream.start();
    }

    private void leave(String topic, LiveStream<?> stream) {
        streams.computeIfPresent(topic, (_, watching) -> {
            watching.remove(stream);
            return watching.isEmpty() ? null : watching;
        });
    }
}
