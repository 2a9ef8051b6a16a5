package dev.towline.live;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.reactivestreams.Subscriber;
import reactor.core.publisher.Flux;

/**
 * The topics of this instance. A message that is published in a topic is offered to every stream of that topic. A topic exists while it has
 * streams; its key is any value with {@code equals}, and contains the tenant. Messages may be published by several threads, repeatedly and in any order. Thread-safe.
 */
public final class Topics {

    private final ConcurrentMap<Object, Set<LiveStream<?>>> topics = new ConcurrentHashMap<>();
    private final LiveStream.Dependencies dependencies;

    /** Topics whose streams run on virtual threads. Nothing needs to be closed. */
    public Topics(MeterRegistry meters, LiveSettings settings, InstantSource clock) {
        this(
                meters,
                settings,
                Thread.ofVirtual().name("live").inheritInheritableThreadLocals(false)::start,
                Scheduler.realTime(),
                clock);
    }

    Topics(MeterRegistry meters, LiveSettings settings, Executor threads, Scheduler scheduler, InstantSource clock) {
        dependencies = new LiveStream.Dependencies(
                settings, LiveMetrics.in(meters, this::watchers), threads, scheduler, clock);
    }

    /**
     * Publishes a message to all streams of the topic. Does not block, because subscribers are called on other threads. Messages may come
     * in any order of sequences and more than once.
     *
     * @param message a change that is already stored, so that the snapshot of a new stream contains it
     */
    public <M extends Sequenced> void publish(Object topic, M message) {
        if (message.sequence() < 1) {
            throw new IllegalArgumentException("a sequence must be at least 1, not " + message.sequence());
        }
        Set<LiveStream<?>> watched = topics.get(topic);
        if (watched != null) {
            watched.forEach(stream -> stream.offer(message));
        }
    }

    /** The topics of this type that have streams now. */
    public <T> Set<T> watched(Class<T> type) {
        return topics.keySet().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a topic has streams now. */
    public boolean isWatched(Object topic) {
        return topics.containsKey(topic);
    }

    /** Lets the streams of a topic begin anew with a snapshot. Does not block. */
    public void restart(Object topic) {
        topics.getOrDefault(topic, Set.of()).forEach(LiveStream::restart);
    }

    /** Lets every stream begin anew with a snapshot, because topics may have another history now. Does not block. */
    public void restart() {
        topics.values().forEach(streams -> streams.forEach(LiveStream::restart));
    }

    /**
     * Returns a stream that delivers a snapshot of the topic, or resumes after a message, then later messages in order, none twice. It
     * completes after the {@linkplain Sequenced#last last} message. Missing messages are read from the source, or told as a {@linkplain
     * Sequenced#isGap gap}, which a snapshot follows. A slow subscriber misses {@linkplain Sequenced#droppable droppable} messages, and
     * fails if too many others wait. The stream fails if the source throws or a message is not a {@code type}. Messages come on virtual
     * threads, one at a time.
     *
     * @param type the type of the messages
     */
    public <M extends Sequenced> Flux<M> stream(
            Object topic, Class<M> type, TopicSource<M> source, StreamOptions<M> options) {
        return Flux.from(subscriber -> open(topic, new LiveStream.Request<>(type, source, options), subscriber));
    }

    /** The number of open streams. */
    public int watchers() {
        return topics.values().stream().mapToInt(Set::size).sum();
    }

    /** Whether there are no topics. */
    boolean isEmpty() {
        return topics.isEmpty();
    }

    private <M extends Sequenced> void open(
            Object topic, LiveStream.Request<M> request, Subscriber<? super M> subscriber) {
        LiveStream<M> stream = new LiveStream<>(subscriber, request, dependencies, ended -> leave(topic, ended));
        topics.compute(topic, (_, present) -> {
            Set<LiveStream<?>> streams = present == null ? ConcurrentHashMap.newKeySet() : present;
            streams.add(stream);
            return streams;
        });
        stream.start();
    }

    private void leave(Object topic, LiveStream<?> stream) {
        topics.computeIfPresent(topic, (_, streams) -> {
            streams.remove(stream);
            return streams.isEmpty() ? null : streams;
        });
    }
}
