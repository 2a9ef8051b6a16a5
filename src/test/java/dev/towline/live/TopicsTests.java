package dev.towline.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.towline.problem.Unavailable;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Streams step by step, with threads and time that the test controls. */
class TopicsTests {

    private static final String TOPIC = "default/session/s1";
    private static final Duration TIMEOUT = Duration.ofMillis(200);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ManualThreads threads = new ManualThreads();
    private final ManualTime time = new ManualTime();
    private final Topics topics = new Topics(meters, Limits.of(TIMEOUT, 4, 16, 8), threads, time, time);
    private final StoredNotes stored = StoredNotes.upTo(2);

    @Test
    void beginsWithTheSnapshotThenDeliversEveryChange() {
        Probe probe = subscribed(Probe.thatTakesAll());
        publish(Note.step(3), Note.step(4));

        assertThat(probe.heard).containsExactly(Note.state(2), Note.step(3), Note.step(4));
        assertThat(probe.ended()).isFalse();
    }

    @Test
    void listensBeforeItTakesTheSnapshot() {
        Topics atOnce = new Topics(meters, LiveSettings.defaults(), Runnable::run, time, time);
        TopicSource<Note> changingMeanwhile = new TopicSource<>() {
            @Override
            public List<Note> snapshot(int atLeast) {
                List<Note> state = stored.snapshot(atLeast);
                atOnce.publish(TOPIC, Note.step(3));
                return state;
            }

            @Override
            public List<Note> since(int afterSequence) {
                throw new AssertionError("nothing is missing");
            }
        };
        Probe probe = Probe.thatTakesAll();
        atOnce.stream(TOPIC, Note.class, changingMeanwhile, StreamOptions.all()).subscribe(probe);

        assertThat(probe.heard).containsExactly(Note.state(2), Note.step(3));
    }

    @Test
    void reachesEverySubscriberOfItsTopicAndNoOther() {
        Probe one = subscribed(Probe.thatTakesAll());
        Probe other = subscribed(Probe.thatTakesAll());
        Probe elsewhere = Probe.thatTakesAll();
        topics.stream("other/session/s1", Note.class, stored, StreamOptions.all())
                .subscribe(elsewhere);
        publish(Note.step(3));

        assertThat(one.sequences()).containsExactly(2, 3);
        assertThat(other.sequences()).containsExactly(2, 3);
        assertThat(elsewhere.sequences()).containsExactly(2);
        assertThat(topics.watchers()).isEqualTo(3);
    }

    @Test
    void completesAfterTheLastAndIsGone() {
        Probe probe = subscribed(Probe.thatTakesAll());
        publish(Note.end(4), Note.step(3), Note.step(5));

        assertThat(probe.heard).containsExactly(Note.state(2), Note.step(3), Note.end(4));
        assertThat(probe.completed).isTrue();
        assertNothingIsLeft();
    }

    @Test
    void aTopicThatHasEndedGivesItsStateAndItsEnd() {
        stored.store(Note.end(3));
        Probe probe = subscribed(Probe.thatTakesAll());

        assertThat(probe.heard).containsExactly(Note.state(3), Note.end(3));
        assertThat(probe.completed).isTrue();
        assertNothingIsLeft();
    }

    @Test
    void fillsAHoleFromStorageOnceItLastsTooLong() {
        Probe probe = subscribed(Probe.thatTakesAll());
        Note.steps(3, 5).forEach(stored::store);
        publish(Note.step(5));
        pass(TIMEOUT.minusMillis(1));
        assertThat(probe.sequences()).containsExactly(2);

        pass(Duration.ofMillis(1));

        assertThat(probe.sequences()).containsExactly(2, 3, 4, 5);
        assertThat(stored.asked).containsExactly("snapshot", "3..");
    }

    @Test
    void goesOnFromASnapshotWhereStorageHasAHoleToo() {
        Probe probe = subscribed(Probe.thatTakesAll());
        Note.steps(3, 5).forEach(stored::store);
        stored.lose(4);
        publish(Note.step(5));
        pass(TIMEOUT);

        assertThat(probe.heard)
                .containsExactly(Note.state(2), Note.step(3), Note.gap(4).missing(1), Note.state(5));
        assertThat(stored.asked).containsExactly("snapshot", "3..", "4..", "snapshot");
        assertThat(time.timers()).isZero();
    }

    @Test
    void givesNoMoreThanWasAskedFor() {
        Probe probe = subscribed(Probe.asking(2));
        publish(Note.step(3), Note.step(4));
        assertThat(probe.sequences()).containsExactly(2, 3);

        probe.request(1);
        threads.runAll();

        assertThat(probe.sequences()).containsExactly(2, 3, 4);
    }

    @Test
    void countsWhatAMessageAccountsForAsMissed() {
        Probe probe = subscribed(Probe.thatTakesAll());

        publish(Note.accounting(3, 6), Note.step(7));

        assertThat(probe.heard)
                .containsExactly(Note.state(2), Note.accounting(3, 6).missing(3), Note.step(7));
        assertThat(stored.asked).containsExactly("snapshot");
    }

    @Test
    void dropsOldDroppablesForASlowSubscriberOnly() {
        Probe slow = subscribed(Probe.asking(1));
        Probe quick = subscribed(Probe.thatTakesAll());
        publish(Note.weighty(3));
        for (Note note : Note.steps(4, 9)) {
            publish(note);
        }
        publish(Note.end(10));
        slow.request(Long.MAX_VALUE);
        threads.runAll();

        assertThat(slow.heard)
                .as("the slow one is told how many it missed")
                .containsExactly(Note.state(2), Note.weighty(3), Note.step(8).missing(4), Note.step(9), Note.end(10));
        assertThat(slow.completed).isTrue();
        assertThat(quick.sequences()).containsExactly(2, 3, 4, 5, 6, 7, 8, 9, 10);
        assertThat(meters.counter("towline.live.conflated").count()).isEqualTo(4);
        assertThat(meters.counter("towline.live.delivered").count()).isEqualTo(14);
    }

    @Test
    void leavesNothingBehindWhenItIsCancelled() {
        Probe probe = subscribed(Probe.thatTakesAll());
        publish(Note.step(5));
        assertThat(time.timers()).isEqualTo(1);
        assertThat(meters.get("towline.live.watchers").gauge().value()).isEqualTo(1);

        probe.cancel();
        probe.cancel();
        publish(Note.step(3), Note.step(4));

        assertThat(probe.sequences()).containsExactly(2);
        assertThat(probe.ended()).isFalse();
        assertNothingIsLeft();
    }

    @Test
    void forgetsWhatIsReadForASubscriberThatLeft() {
        Probe probe = Probe.thatTakesAll();
        topics.stream(TOPIC, Note.class, stored, StreamOptions.all()).subscribe(probe);
        probe.cancel();
        threads.runAll();

        assertThat(probe.heard).isEmpty();
        assertThat(stored.asked).isEmpty();
        assertNothingIsLeft();
    }

    @Test
    void waitsForItsStateWhileStorageIsAway() {
        stored.failure = new Unavailable("not now", null);
        Probe probe = subscribed(Probe.thatTakesAll());
        pass(Duration.ofSeconds(5));
        publish(Note.step(3));
        assertThat(probe.heard).isEmpty();
        assertThat(probe.ended()).isFalse();

        stored.failure = null;
        pass(Duration.ofSeconds(4));

        assertThat(probe.heard).containsExactly(Note.state(2), Note.step(3));
    }

    @Test
    void waitsForMissingMessagesWhileStorageIsAway() {
        Probe probe = subscribed(Probe.thatTakesAll());
        stored.failure = new Unavailable("not now", null);
        stored.store(Note.step(3));
        stored.store(Note.step(4));
        publish(Note.step(4));
        pass(TIMEOUT);
        pass(Duration.ofSeconds(5));
        assertThat(probe.sequences()).containsExactly(2);

        stored.failure = null;
        pass(Duration.ofSeconds(4));

        assertThat(probe.sequences()).containsExactly(2, 3, 4);
    }

    @Test
    void endsWithTheErrorIfStorageIsAwayForTooLong() {
        Unavailable error = new Unavailable("not now", null);
        stored.failure = error;
        Probe probe = subscribed(Probe.thatTakesAll());
        Duration retry = LiveSettings.defaults().readRetry();
        for (Duration passed = Duration.ZERO; passed.compareTo(retry) < 0; passed = passed.plusSeconds(1)) {
            pass(Duration.ofSeconds(1));
        }

        assertThat(probe.error).isSameAs(error);
        assertThat(stored.asked).as("reads in half a minute").hasSizeBetween(8, 20);
        assertNothingIsLeft();
    }

    @Test
    void readsNothingMoreForWhoLeftWhileStorageWasAway() {
        stored.failure = new Unavailable("not now", null);
        Probe probe = subscribed(Probe.thatTakesAll());
        probe.cancel();
        pass(Duration.ofSeconds(5));

        assertThat(stored.asked).hasSize(1);
        assertNothingIsLeft();
    }

    @Test
    void resumesAfterTheMessageThatTheSubscriberHas() {
        Probe probe = subscribed(Probe.thatTakesAll(), new StreamOptions<>(1, Duration.ZERO, (_, _) -> false));
        publish(Note.step(3));

        assertThat(probe.heard).isEqualTo(Note.steps(2, 3));
    }

    @Test
    void deliversFewerMessagesToWhoWantsFewer() {
        Duration interval = Duration.ofSeconds(1);
        Probe probe = subscribed(Probe.thatTakesAll(), new StreamOptions<>(null, interval, (_, _) -> false));
        publish(Note.step(3), Note.step(4), Note.weighty(5), Note.step(6));
        pass(interval.minusMillis(1));
        publish(Note.step(7));
        assertThat(probe.heard).containsExactly(Note.state(2), Note.weighty(5).missing(2));

        pass(Duration.ofMillis(1));

        assertThat(probe.heard)
                .containsExactly(
                        Note.state(2), Note.weighty(5).missing(2), Note.step(7).missing(1));
        assertThat(meters.counter("towline.live.thinned").count()).isEqualTo(3);
        assertThat(meters.counter("towline.live.conflated").count()).isZero();
        probe.cancel();
        threads.runAll();
        assertNothingIsLeft();
    }

    @Test
    void beginsAnewWithASnapshotWhenTopicsHaveAnotherHistory() {
        Probe probe = subscribed(Probe.thatTakesAll());
        publish(Note.step(3));
        stored.replaceWithStepsUpTo(1);
        topics.restart();
        threads.runAll();
        stored.store(Note.step(2));
        publish(Note.step(2));

        assertThat(probe.heard).containsExactly(Note.state(2), Note.step(3), Note.state(1), Note.step(2));
    }

    @Test
    void knowsWhichTopicsAreWatched() {
        subscribed(Probe.thatTakesAll());
        topics.stream(17, Note.class, stored, StreamOptions.all()).subscribe(Probe.thatTakesAll());

        assertThat(topics.watched(String.class)).containsExactly(TOPIC);
        assertThat(topics.watched(Integer.class)).containsExactly(17);
    }

    @Test
    void endsWithTheErrorOfASnapshot() {
        IllegalStateException error = new IllegalStateException("no storage");
        Probe probe = Probe.thatTakesAll();
        topics.stream(TOPIC, Note.class, failing(List.of(), error), StreamOptions.all())
                .subscribe(probe);
        threads.runAll();

        assertThat(probe.error).isSameAs(error);
        assertNothingIsLeft();
    }

    @Test
    void endsWithTheErrorOfAReadForWhatIsMissing() {
        IllegalStateException error = new IllegalStateException("no storage");
        Probe probe = Probe.asking(1);
        topics.stream(TOPIC, Note.class, failing(List.of(Note.state(2)), error), StreamOptions.all())
                .subscribe(probe);
        threads.runAll();
        publish(Note.step(4));
        pass(TIMEOUT);

        assertThat(probe.error).isSameAs(error);
        assertNothingIsLeft();
    }

    @Test
    void endsIfTheTopicCarriesAnotherType() {
        Probe probe = subscribed(Probe.thatTakesAll());
        topics.publish(TOPIC, new OtherMessage(3));
        threads.runAll();

        assertThat(probe.error).isInstanceOf(ClassCastException.class);
        assertNothingIsLeft();
    }

    @Test
    void endsIfNothingIsAskedFor() {
        LiveMetrics metrics = LiveMetrics.in(meters, () -> 0);
        LiveStream.Dependencies dependencies =
                new LiveStream.Dependencies(LiveSettings.defaults(), metrics, threads, time, time);
        Probe probe = Probe.asking(1);
        new LiveStream<>(
                        probe, new LiveStream.Request<>(Note.class, stored, StreamOptions.all()), dependencies, _ -> {})
                .start();
        probe.request(0);
        threads.runAll();

        assertThat(probe.error).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesASequenceThatNoChangeHas() {
        assertThatIllegalArgumentException().isThrownBy(() -> publish(Note.step(0)));
    }

    @Test
    void dropsASubscriberThatThrowsAndNoOther() {
        Probe failing = subscribed(Probe.doing(note -> {
            if (note.sequence() == 3) {
                throw new IllegalStateException("a broken subscriber");
            }
        }));
        Probe sound = subscribed(Probe.thatTakesAll());
        publish(Note.step(3), Note.step(4));

        assertThat(failing.sequences()).containsExactly(2, 3);
        assertThat(sound.sequences()).containsExactly(2, 3, 4);
        assertThat(topics.watchers()).isEqualTo(1);
    }

    private Probe subscribed(Probe probe) {
        return subscribed(probe, StreamOptions.all());
    }

    private Probe subscribed(Probe probe, StreamOptions<Note> options) {
        topics.stream(TOPIC, Note.class, stored, options).subscribe(probe);
        threads.runAll();
        return probe;
    }

    private void publish(Note... notes) {
        for (Note note : notes) {
            topics.publish(TOPIC, note);
        }
        threads.runAll();
    }

    private void pass(Duration duration) {
        time.pass(duration);
        threads.runAll();
    }

    private void assertNothingIsLeft() {
        assertThat(topics.watchers()).isZero();
        assertThat(topics.isEmpty()).isTrue();
        assertThat(time.timers()).isZero();
    }

    /** A source that has this snapshot, or fails if there is none, and never has what is missing. */
    private static TopicSource<Note> failing(List<Note> snapshot, RuntimeException error) {
        return new TopicSource<>() {
            @Override
            public List<Note> snapshot(int atLeast) {
                if (snapshot.isEmpty()) {
                    throw error;
                }
                return snapshot;
            }

            @Override
            public List<Note> since(int afterSequence) {
                throw error;
            }
        };
    }

    /** A message of another type. */
    private record OtherMessage(int sequence) implements Sequenced {

        @Override
        public List<OtherMessage> since(int afterSequence) {
            return List.of(this);
        }

        @Override
        public OtherMessage gapBefore() {
            return this;
        }

        @Override
        public boolean isGap() {
            return false;
        }

        @Override
        public OtherMessage following(@Nullable Sequenced previous, int missed) {
            return this;
        }

        @Override
        public boolean last() {
            return false;
        }

        @Override
        public boolean droppable() {
            return false;
        }
    }
}
