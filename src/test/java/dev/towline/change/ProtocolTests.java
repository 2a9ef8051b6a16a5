package dev.towline.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.towline.change.Frame.Header;
import dev.towline.change.Frame.Kind;
import dev.towline.redis.ChannelSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The protocol of the bus, with messages and time that the test controls. */
class ProtocolTests {

    private static final Duration BEAT = Duration.ofMillis(250);
    private static final Duration SILENCE = Duration.ofSeconds(1);
    private static final Duration MEMORY = Duration.ofMinutes(1);

    private final CoherenceSettings settings = new CoherenceSettings(BEAT, SILENCE, MEMORY, 1);
    private final ManualTime time = new ManualTime();
    private final FakeRedis redis = new FakeRedis();
    private final List<Instance> beating = new ArrayList<>();
    private final Instance a = begun(1);
    private final Instance b = begun(2);

    @Test
    void isUnprovenUntilItsOwnHeartbeatComesBack() {
        Instance young = new Instance(3, redis, time, settings);
        beatAll();
        young.receiver.evaluate();
        assertThat(young.isProven()).isFalse();

        young.heartbeat();

        assertThat(young.isProven()).isTrue();
    }

    @Test
    void publishesInOrderToOtherInstancesOnly() {
        beatAll();
        takeAll();
        a.publish("one");
        b.publish("from b");
        a.publish("two");

        assertThat(b.notes.take()).containsExactly("one", "two");
        assertThat(a.notes.take()).containsExactly("from b");
        assertThat(a.count("sent")).isEqualTo(2);
        assertThat(b.count("heard")).isEqualTo(2);
    }

    @Test
    void aNewSubscriptionIsAGap() {
        Instance young = new Instance(3, redis, time, settings);
        assertThat(young.notes.take()).containsExactly("BEFORE");
    }

    @Test
    void aNewPublisherIsNoGap() {
        takeAll();
        Instance young = new Instance(3, redis, time, settings);
        young.heartbeat();
        young.publish("first");

        assertThat(a.notes.take()).containsExactly("first");
    }

    @Test
    void theFirstFrameOfAPublisherThatIsNotNewShowsAGap() {
        b.line.hears = false;
        a.publish("one");
        Instance silent = new Instance(3, redis, time, settings);
        silent.publish("one");
        takeAll();
        b.line.hears = true;

        a.heartbeat();
        assertThat(b.notes.take()).containsExactly("BEFORE");
        silent.publish("two");
        assertThat(b.notes.take()).containsExactly("BEFORE", "two");
    }

    @Test
    void theBusIsSettledAfterEveryPublisherHadTimeForAFrame() {
        a.publish("before");
        Instance young = new Instance(3, redis, time, settings);
        young.heartbeat();
        assertThat(young.isProven()).isTrue();
        assertThat(young.receiver.hasHeardAll()).as("nothing of a or b yet").isFalse();
        young.notes.take();
        for (int i = 1; i < 4; i++) {
            time.pass(BEAT);
            beatAll();
            assertThat(young.receiver.hasHeardAll()).isFalse();
        }
        assertThat(young.notes.take()).as("of a").containsExactly("BEFORE");
        time.pass(BEAT);
        assertThat(young.receiver.hasHeardAll()).isTrue();
    }

    @Test
    void aMessageShowsThatAnEarlierOneIsMissing() {
        losing(b, () -> a.publish("lost"));
        a.publish("next");

        assertThat(b.notes.take()).containsExactly("LOST", "next");
        assertThat(b.count("missed")).isEqualTo(2);
        a.heartbeat();
        a.publish("after");
        assertThat(b.notes.take()).containsExactly("after");
    }

    @Test
    void aHeartbeatShowsThatTheLastMessageIsMissing() {
        losing(b, () -> a.publish("lost"));
        assertThat(b.notes.take()).isEmpty();
        a.heartbeat();
        a.heartbeat();

        assertThat(b.notes.take()).containsExactly("LOST");
    }

    @Test
    void aGoodbyeShowsThatTheLastMessageIsMissing() {
        losing(b, () -> a.publish("lost"));
        a.goodbye();

        assertThat(b.notes.take()).containsExactly("LOST");
    }

    @Test
    void aMessageThatRedisDidNotAcceptIsCountedAndAGapForOtherInstances() {
        a.line.sends = false;
        assertThatCode(() -> a.publish("refused")).doesNotThrowAnyException();
        assertThat(a.count("unsent")).isEqualTo(1);
        assertThat(a.count("sent")).isZero();
        a.line.sends = true;
        takeAll();
        a.heartbeat();

        assertThat(b.notes.take()).containsExactly("BEFORE");
        assertThat(a.notes.take()).isEmpty();
    }

    @Test
    void hearsARepeatedMessageOnce() {
        takeAll();
        byte[] first = message(9, 1, "once");
        redis.inject(first);
        redis.inject(first);

        assertThat(b.notes.take()).containsExactly("once");
        assertThat(b.count("heard")).isEqualTo(1);
    }

    @Test
    void isUnprovenAfterASilenceByTimeAlone() {
        beatAll();
        beating.remove(a);
        pass(SILENCE.minusMillis(1));
        b.heartbeat();
        assertThat(b.isProven()).isTrue();
        time.pass(Duration.ofMillis(1));

        assertThat(b.isProven()).isFalse();
    }

    @Test
    void isUnprovenWhenItsOwnHeartbeatsDoNotComeBack() {
        beatAll();
        b.line.sends = false;
        pass(SILENCE.minusMillis(1));
        assertThat(b.isProven()).isTrue();
        assertThat(a.isProven()).isTrue();
        time.pass(Duration.ofMillis(1));

        assertThat(b.isProven()).isFalse();
    }

    @Test
    void aHeartbeatThatComesBackLateProvesOnlyWhatWasSentBeforeIt() {
        List<byte[]> underWay = new ArrayList<>();
        FakeRedis.Line tap = redis.line();
        tap.subscribe(Set.of(Shards.COMMON), new ChannelSet.Subscriber() {
            @Override
            public void subscribed(int channel) {}

            @Override
            public void received(int channel, byte[] message) {
                underWay.add(message);
            }
        });
        b.line.hears = false;
        b.heartbeat();
        time.pass(SILENCE.minusMillis(1));
        a.heartbeat();
        underWay.forEach(message -> b.received(Shards.COMMON, message));
        assertThat(b.isProven()).isTrue();
        time.pass(Duration.ofMillis(1));

        assertThat(b.isProven()).isFalse();
    }

    @Test
    void aSilentPublisherIsOneGapAndKeepsTheBusUnproven() {
        beatAll();
        takeAll();
        beating.remove(a);
        pass(SILENCE.multipliedBy(2).minusMillis(1));
        assertThat(b.notes.take()).isEmpty();
        pass(Duration.ofMillis(1));
        assertThat(b.notes.take()).containsExactly("SILENCE");
        pass(Duration.ofSeconds(50));

        assertThat(b.notes.take()).isEmpty();
        assertThat(b.isProven()).isFalse();
    }

    @Test
    void aPublisherThatSaidGoodbyeIsNoGap() {
        a.publish("last");
        takeAll();
        beating.remove(a);
        a.goodbye();
        pass(SILENCE.multipliedBy(3));

        assertThat(b.notes.take()).isEmpty();
        assertThat(b.isProven()).isTrue();
    }

    @Test
    void messagesAfterTheGoodbyeAreReceivedAndNoHeartbeatsAreExpected() {
        a.publish("before");
        beating.remove(a);
        a.goodbye();
        takeAll();
        a.publish("after");
        assertThat(b.notes.take()).endsWith("after");
        pass(SILENCE.multipliedBy(3));

        assertThat(b.notes.take()).isEmpty();
        assertThat(b.isProven()).isTrue();
    }

    @Test
    void aLostPublisherThatReturnsWithNothingNewProvesTheBusAgain() {
        a.publish("heard");
        loseA();
        a.heartbeat();
        b.heartbeat();

        assertThat(b.notes.take()).isEmpty();
        assertThat(b.isProven()).isTrue();
    }

    @Test
    void aLostPublisherThatReturnsWithNewMessagesShowsAGap() {
        loseA();
        losing(b, () -> a.publish("unheard"));
        a.heartbeat();
        b.heartbeat();

        assertThat(b.notes.take()).containsExactly("LOST");
        assertThat(b.isProven()).isTrue();
    }

    @Test
    void aPublisherCanBeLostAgain() {
        loseA();
        a.heartbeat();
        pass(SILENCE.multipliedBy(2));

        assertThat(b.notes.take()).containsExactly("SILENCE");
    }

    @Test
    void aLostPublisherIsForgottenInTheEnd() {
        beatAll();
        beating.remove(a);
        pass(MEMORY.minusMillis(1));
        assertThat(b.isProven()).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(b.isProven()).isTrue();

        a.publish("it lives");
        takeAll();
        beating.remove(a);
        pass(MEMORY);
        a.heartbeat();
        assertThat(b.notes.take()).containsExactly("SILENCE", "BEFORE");
    }

    @Test
    void noPublisherIsForgottenBeforeItsLossWasReported() {
        CoherenceSettings forgetful = new CoherenceSettings(BEAT, SILENCE, SILENCE, 1);
        Instance watcher = new Instance(4, redis, time, forgetful);
        a.heartbeat();
        watcher.notes.take();
        time.pass(SILENCE);
        watcher.receiver.evaluate();
        time.pass(SILENCE);
        watcher.receiver.evaluate();

        assertThat(watcher.notes.take()).contains("SILENCE");
        watcher.heartbeat();
        assertThat(watcher.isProven()).isTrue();
    }

    /** Each gap is told to the other instances; so would each of their answers be, if it cannot be decoded either. */
    @Test
    void framesThatCannotBeDecodedAreOneGapUntilNoneComes() {
        beatAll();
        takeAll();
        redis.inject(new byte[] {Frame.VERSION, 1, 2});
        assertThat(b.isProven()).as("at once").isFalse();
        pass(SILENCE.minusMillis(1));
        redis.inject(new byte[0]);
        assertThat(b.notes.take()).containsExactly("LOST");
        assertThat(b.count("malformed")).isEqualTo(2);
        pass(SILENCE.minusMillis(1));
        assertThat(b.notes.take()).isEmpty();
        assertThat(b.isProven()).as("nobody knows what they told").isFalse();
        pass(BEAT);

        assertThat(b.notes.take()).containsExactly("LOST");
        assertThat(b.isProven()).isTrue();
    }

    @Test
    void aFrameOfANewerVersionIsAGapAndNeverRead() {
        takeAll();
        byte[] newer = message(9, 1, "means something else");
        newer[0]++;
        redis.inject(newer);

        assertThat(b.notes.take()).containsExactly("LOST");
        assertThat(b.count("malformed")).isEqualTo(1);
        assertThat(b.count("heard")).isZero();
    }

    @Test
    void aReplacedRedisIsAGapTheFirstIsNot() {
        takeAll();
        b.receiver.servedBy("one");
        b.receiver.servedBy("one");
        assertThat(b.notes.take()).isEmpty();
        b.receiver.servedBy("two");
        b.receiver.servedBy("two");

        assertThat(b.notes.take()).containsExactly("REDIS_CHANGED");
    }

    @Test
    void aRedisThatWasGoneBeforeItWasKnownMayBeAnother() {
        takeAll();
        b.receiver.subscribed(Shards.COMMON);
        b.receiver.servedBy("one");

        assertThat(b.notes.take()).containsExactly("LOST", "REDIS_CHANGED");
    }

    @Test
    void tellsHowFarEachPublisherIsKnown() {
        b.notes.takePublishers();
        a.publish("one");
        a.heartbeat();
        losing(b, () -> a.publish("two"));
        a.publish("three");
        assertThat(b.notes.takePublishers())
                .containsExactly("1 sent 1", "1 reached 1", "1 reached 1", "1 reached 2", "missed", "1 sent 3");

        loseA();
        assertThat(b.notes.takePublishers()).endsWith("1 lost", "missed");
        a.heartbeat();
        a.goodbye();
        assertThat(b.notes.takePublishers()).containsExactly("1 reached 3", "1 reached 3", "1 left");
    }

    @Test
    void tellsTheNumbersOfAPublisherThatIsNotNewBeforeTheGap() {
        b.notes.takePublishers();
        redis.inject(message(9, 5, "five"));

        assertThat(b.notes.takePublishers()).containsExactly("9 reached 4", "missed", "9 sent 5");
    }

    @Test
    void measuresHowLongAMessageTook() {
        byte[] message = message(9, 1, "slow");
        time.pass(Duration.ofMillis(30));
        redis.inject(message);

        var timer = b.meters.get("towline.coherence.propagation").timer();
        assertThat(timer.count()).isEqualTo(1);
        assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(30);
    }

    @Test
    void aClockThatIsAheadGivesNoTimeBelowZero() {
        long ahead = micros() + 5_000;
        redis.inject(
                Frame.of(new Header(Kind.MESSAGE, 9, 1, ahead), new byte[0]).encode(Shards.ONE));

        var timer = b.meters.get("towline.coherence.propagation").timer();
        assertThat(timer.count()).isEqualTo(1);
        assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isZero();
    }

    @Test
    void countsTheOthersWithoutThoseThatAreLostOrHaveLeft() {
        beatAll();
        assertThat(a.receiver.others()).isEqualTo(1);
        Instance young = new Instance(3, redis, time, settings);
        young.heartbeat();
        assertThat(a.receiver.others()).isEqualTo(2);
        young.goodbye();
        assertThat(a.receiver.others()).isEqualTo(1);
        beating.remove(b);
        pass(SILENCE.multipliedBy(2));
        assertThat(a.receiver.others()).as("lost, not forgotten").isZero();
        b.heartbeat();
        assertThat(a.receiver.others()).isEqualTo(1);
    }

    @Test
    void showsWhetherItIsProven() {
        beatAll();
        var gauge = b.meters.get("towline.coherence.proven").gauge();
        assertThat(gauge.value()).isEqualTo(1);
        time.pass(SILENCE);

        assertThat(gauge.value()).isZero();
    }

    private Instance begun(long id) {
        Instance instance = new Instance(id, redis, time, settings);
        beating.add(instance);
        return instance;
    }

    private void beatAll() {
        beating.forEach(instance -> instance.heartbeat());
    }

    private void takeAll() {
        a.notes.take();
        b.notes.take();
    }

    /** Lets time pass in small steps, in which those that live send their heartbeats and judge. */
    private void pass(Duration duration) {
        for (Duration left = duration; left.isPositive(); left = left.minus(BEAT)) {
            time.pass(left.compareTo(BEAT) < 0 ? left : BEAT);
            if (left.compareTo(BEAT) >= 0) {
                beatAll();
            }
            beating.forEach(instance -> instance.receiver.evaluate());
        }
    }

    private void losing(Instance deaf, Runnable happening) {
        beatAll();
        takeAll();
        deaf.line.hears = false;
        happening.run();
        deaf.line.hears = true;
    }

    private void loseA() {
        beatAll();
        beating.remove(a);
        pass(SILENCE.multipliedBy(3));
        takeAll();
    }

    private byte[] message(long instance, long sequence, String text) {
        return Frame.of(new Header(Kind.MESSAGE, instance, sequence, micros()), Notes.payload(text))
                .encode(Shards.ONE);
    }

    private long micros() {
        return TimeUnit.MILLISECONDS.toMicros(time.millis());
    }
}
