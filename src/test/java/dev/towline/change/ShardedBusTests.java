package dev.towline.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.store.Change;
import dev.towline.store.EntityKey;
import dev.towline.store.Notes.Note;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A bus with two shards, with messages and time that the test controls. */
class ShardedBusTests {

    private static final Duration BEAT = Duration.ofMillis(250);
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private final Shards shards = new Shards(2);
    private final ManualTime time = new ManualTime();
    private final FakeRedis redis = new FakeRedis();
    private final List<Instance> beating = new ArrayList<>();
    private final Instance a = begun(1, settings(2), Set.of(0, 1));
    private final Instance b = begun(2, settings(2), Set.of(0, 1));
    private final Change common = changeIn(0);
    private final Change other = changeIn(1);

    @Test
    void aChangeIsNumberedInTheShardOfItsEntityOnly() {
        settle();
        a.publish("zero", List.of(common));
        a.publish("one", List.of(other));
        a.publish("zero again", List.of(common));

        assertThat(b.notes.take()).containsExactly("zero", "one", "zero again");
        assertThat(b.notes.takePublishers()).endsWith("1 sent 1", "101 sent 1", "1 sent 2");
    }

    @Test
    void aWriteOfBothShardsIsOneMessageForEach() {
        settle();
        a.publish("both", List.of(other, common, changeIn(1)));

        assertThat(b.notes.take()).containsExactly("both", "both");
        assertThat(b.notes.takePublishers()).endsWith("1 sent 1", "101 sent 1");
    }

    @Test
    void aMessageThatIsNotAboutChangesGoesToTheCommonShard() {
        settle();
        a.publish("evict");

        assertThat(b.notes.take()).containsExactly("evict");
        assertThat(b.notes.takePublishers()).endsWith("1 sent 1");
    }

    @Test
    void aCutShardMakesOnlyItsOwnEntitiesUnproven() {
        settle();
        assertThat(b.isProven()).isTrue();
        b.line.cut.add(1);
        pass(SILENCE);

        assertThat(b.isProven(other.key())).isFalse();
        assertThat(b.isProven(common.key())).isTrue();
        assertThat(b.isProven()).as("everything").isFalse();
        assertThat(a.isProven()).isTrue();
        a.publish("zero", List.of(common));
        assertThat(b.notes.take()).contains("zero");

        b.line.cut.clear();
        pass(BEAT);
        assertThat(b.isProven(other.key())).isTrue();
        assertThat(b.isProven()).isTrue();
    }

    /** The writer knows of no loss: its own connection works. */
    @Test
    void aPublisherThatIsSilentInOneShardLeavesTheOtherProven() {
        settle();
        beating.remove(a);
        for (int beats = 0; beats < 4; beats++) {
            time.pass(BEAT);
            a.publish("zero", List.of(common));
            beating.forEach(Instance::heartbeat);
        }

        assertThat(b.isProven(common.key())).isTrue();
        assertThat(b.isProven(other.key())).isFalse();
    }

    @Test
    void aLostMessageIsAGapWhenItsOwnShardGoesOn() {
        settle();
        b.line.cut.add(1);
        a.publish("lost", List.of(other));
        b.line.cut.clear();
        a.publish("zero", List.of(common));
        assertThat(b.notes.take()).containsExactly("zero");
        a.publish("one", List.of(other));

        assertThat(b.notes.take()).containsExactly("LOST", "one");
    }

    @Test
    void whatConcernsAllShardsIsOneGap() {
        Instance young = begun(3, settings(2), Set.of(0, 1));
        assertThat(young.notes.take()).as("the subscription").containsExactly("BEFORE");
        settle();
        beating.remove(a);
        pass(SILENCE.multipliedBy(3));
        assertThat(b.notes.take()).as("a killed instance").containsExactly("SILENCE");
        assertThat(b.notes.takePublishers()).contains("1 lost", "101 lost");
        b.receiver.servedBy("one");
        b.receiver.servedBy("two");
        assertThat(b.notes.take()).containsExactly("REDIS_CHANGED");
    }

    /** The acknowledgements of a subscription come one by one. */
    @Test
    void nothingIsReceivedBeforeTheGapOfItsSubscription() {
        settle();
        b.receiver.subscribed(1);
        assertThat(b.notes.take()).isEmpty();
        a.publish("zero", List.of(common));

        assertThat(b.notes.take()).containsExactly("LOST", "zero");
    }

    @Test
    void whoListensToOneShardHearsAndProvesNothingElse() {
        Instance interested = begun(3, settings(2), Set.of(0));
        settle();
        a.publish("zero", List.of(common));
        a.publish("one", List.of(other));
        a.publish("both", List.of(common, other));

        assertThat(interested.notes.take()).containsExactly("zero", "both");
        assertThat(interested.isProven(common.key())).isTrue();
        assertThat(interested.isProven(other.key())).isFalse();
        assertThat(interested.isProven()).isFalse();
        interested.publish("written here", List.of(other));
        assertThat(a.notes.take()).as("it can write to every shard").endsWith("written here");
        assertThat(a.isProven()).isTrue();
    }

    /** Otherwise each would take half of the changes of the other for all of them. */
    @Test
    void instancesWithDifferentNumbersOfShardsAreNotProven() {
        settle();
        Instance single = begun(3, settings(1), Set.of(0));
        Instance three = begun(4, settings(3), Set.of(0, 1, 2));
        pass(SILENCE.multipliedBy(5));
        for (Instance each : List.of(a, b, single, three)) {
            assertThat(each.isProven()).isFalse();
            // no other instance has a channel for the last shard of the one with three
            assertThat(IntStream.range(0, 20).mapToObj(ShardedBusTests::note))
                    .noneMatch(note -> each.isProven(note.key()));
        }
        a.notes.take();
        pass(SILENCE.multipliedBy(5));
        assertThat(a.notes.take()).as("told once").isEmpty();

        beating.remove(single);
        beating.remove(three);
        pass(SILENCE.multipliedBy(2));
        assertThat(a.isProven()).isTrue();
        assertThat(a.notes.take()).contains("LOST");
    }

    private CoherenceSettings settings(int count) {
        return new CoherenceSettings(BEAT, SILENCE, Duration.ofMinutes(1), count);
    }

    private Instance begun(long id, CoherenceSettings settings, Set<Integer> heard) {
        Instance instance = new Instance(id, redis, time, settings, heard);
        beating.add(instance);
        return instance;
    }

    private Change changeIn(int shard) {
        return IntStream.range(0, 100)
                .mapToObj(ShardedBusTests::note)
                .filter(note -> shards.of((EntityKey) note.key()) == shard)
                .findFirst()
                .map(note -> new Change(note, null))
                .orElseThrow();
    }

    private static Note note(int id) {
        return Note.first("n" + id, "top", "a");
    }

    private void settle() {
        pass(BEAT.multipliedBy(2));
        beating.forEach(instance -> {
            instance.notes.take();
            instance.notes.takePublishers();
        });
    }

    private void pass(Duration duration) {
        for (Duration left = duration; left.isPositive(); left = left.minus(BEAT)) {
            time.pass(left.compareTo(BEAT) < 0 ? left : BEAT);
            beating.forEach(Instance::heartbeat);
            beating.forEach(instance -> instance.receiver.evaluate());
        }
    }
}
