package dev.towline.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.redis.ChannelSet;
import dev.towline.store.Change;
import dev.towline.store.ChangeEvent.Reason;
import dev.towline.store.EntityKey;
import dev.towline.store.Notes.Note;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** The threads of a bus, with a channel that fails. */
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Isolated("a fifth of a second without a thread counts as silence")
class BusThreadsTests {

    private static final CoherenceSettings QUICK =
            new CoherenceSettings(Duration.ofMillis(10), Duration.ofMillis(200), Duration.ofMinutes(1), 1);

    private static final CoherenceSettings TWO_SHARDS =
            new CoherenceSettings(Duration.ofMillis(10), Duration.ofMillis(200), Duration.ofMinutes(1), 2);

    private final Loop loop = new Loop();
    private final Notes notes = new Notes();
    private final CountDownLatch hold = new CountDownLatch(1);
    private final BusListener listener = new BusListener() {
        @Override
        public void received(int shard, Frame.Header header, byte[] payload) {
            waitFor(hold);
            notes.received(shard, header, payload);
        }

        @Override
        public void missed(Reason reason) {
            notes.missed(reason);
        }
    };
    private final Bus bus = bus(QUICK);

    /** A channel that returns the messages of the instance until it fails. */
    private static final class Loop implements ChannelSet {

        final AtomicInteger attempts = new AtomicInteger();
        final AtomicInteger looks = new AtomicInteger();
        final AtomicInteger sent = new AtomicInteger();
        volatile int refusals;
        volatile boolean deaf;

        /** The channel of which nothing arrives; -1 for none. */
        volatile int cut = -1;

        final Set<Integer> used = ConcurrentHashMap.newKeySet();
        volatile String servers = "first";
        private volatile @Nullable Subscriber subscriber;

        @Override
        public void subscribe(Set<Integer> channels, Subscriber newEar) {
            if (attempts.incrementAndGet() <= refusals) {
                throw new IllegalStateException("not there yet");
            }
            deaf = false;
            subscriber = newEar;
            channels.forEach(newEar::subscribed);
        }

        @Override
        public CompletionStage<?> send(int channel, byte[] message) {
            sent.incrementAndGet();
            used.add(channel);
            give(channel, message);
            return CompletableFuture.completedFuture(1);
        }

        @Override
        public String servers() {
            looks.incrementAndGet();
            return servers;
        }

        @Override
        public void unsubscribe() {
            subscriber = null;
        }

        void renew() {
            Subscriber present = subscriber;
            if (present != null) {
                present.subscribed(Shards.COMMON);
            }
        }

        void give(byte[] message) {
            give(Shards.COMMON, message);
        }

        private void give(int channel, byte[] message) {
            Subscriber present = subscriber;
            if (present != null && !deaf && channel != cut) {
                present.received(channel, message);
            }
        }
    }

    @AfterEach
    void end() {
        hold.countDown();
        bus.stop();
    }

    /** With so much patience that only trying again at once is quick. */
    @Test
    void subscribesAsOftenAsItTakes() {
        loop.refusals = 3;
        Bus patient =
                bus(new CoherenceSettings(Duration.ofMillis(10), Duration.ofSeconds(2), Duration.ofMinutes(1), 1));
        patient.start();

        await().atMost(Duration.ofSeconds(4)).until(patient::isProven);
        assertThat(loop.attempts).hasValue(4);
        patient.stop();
    }

    @Test
    void subscribesAnewWhenNothingComesBack() {
        bus.start();
        await().until(bus::isProven);
        assertThat(loop.attempts).hasValue(1);
        loop.deaf = true;

        await().until(() -> !bus.isProven());
        await().until(bus::isProven);
        assertThat(loop.attempts).hasValue(2);
        assertThat(notes.all()).containsExactly("BEFORE", "LOST");
    }

    @Test
    void looksWhichRedisItIsWithEachSubscription() {
        bus.start();
        await().until(() -> loop.looks.get() == 1);
        loop.servers = "second";
        loop.renew();

        await().atMost(Duration.ofMillis(500)).until(() -> notes.all().contains("REDIS_CHANGED"));
        assertThat(notes.all()).containsExactly("BEFORE", "LOST", "REDIS_CHANGED");
    }

    @Test
    void looksWhichRedisItIsNowAndThen() {
        bus.start();
        await().until(() -> loop.looks.get() == 1);
        loop.servers = "second";

        await().until(() -> notes.all().contains("REDIS_CHANGED"));
        assertThat(notes.all()).containsExactly("BEFORE", "REDIS_CHANGED");
        assertThat(loop.attempts).hasValue(1);
    }

    @Test
    void aListenerThatHangsEndsTheProofButNotTheHeartbeats() {
        bus.start();
        await().until(bus::isProven);
        loop.give(message(1));

        await().until(() -> !bus.isProven());
        int sent = loop.sent.get();
        await().until(() -> loop.sent.get() > sent + 5);
        hold.countDown();
        loop.give(message(2));
        await().until(() -> notes.all().contains("2"));
        assertThat(notes.all()).endsWith("1", "2");
    }

    @Test
    void framesBeyondTheBacklogAreAGap() {
        bus.start();
        await().until(bus::isProven);
        int last = 20_000;
        for (int sequence = 1; sequence <= last; sequence++) {
            loop.give(message(sequence));
        }
        hold.countDown();
        await().until(() -> notes.all().contains("9000"));
        await().until(() -> {
            loop.give(message(last + 1));
            return notes.all().contains(Integer.toString(last + 1));
        });

        assertThat(notes.all()).endsWith("LOST", Integer.toString(last + 1)).hasSizeLessThan(12_000);
    }

    @Test
    void saysNothingAfterItsGoodbye() {
        bus.start();
        await().until(bus::isProven);
        bus.stop();
        int sent = loop.sent.get();

        await().during(Duration.ofMillis(100)).until(() -> loop.sent.get() == sent);
        await().until(() -> !bus.isProven());
    }

    @Test
    void aShardThatIsCutIsTheOnlyOneThatIsNotProven() {
        Bus sharded = bus(TWO_SHARDS);
        loop.cut = 1;
        sharded.start();
        await().until(() -> sharded.isProven(note(0).key()));

        assertThat(sharded.isProven(note(1).key())).isFalse();
        assertThat(sharded.isProven()).isFalse();
        assertThat(sharded.isSettled()).isFalse();
        loop.cut = -1;
        await().until(sharded::isSettled);
        assertThat(sharded.isProven(note(1).key())).isTrue();
        sharded.stop();
    }

    @Test
    void aMessageGoesToTheShardsOfItsChanges() {
        Bus sharded = bus(TWO_SHARDS);
        sharded.publish(new byte[0]);
        assertThat(loop.used).containsExactly(Shards.COMMON);
        loop.used.clear();
        sharded.publish(new byte[0], List.of(new Change(note(1), null)));
        assertThat(loop.used).containsExactly(1);
        sharded.publish(new byte[0], List.of(new Change(note(1), null), new Change(note(0), null)));
        assertThat(loop.used).containsExactlyInAnyOrder(0, 1);
        loop.used.clear();
        sharded.mark();
        assertThat(loop.used).containsExactlyInAnyOrder(0, 1);
    }

    private static Note note(int shard) {
        return IntStream.range(0, 100)
                .mapToObj(id -> Note.first("n" + id, "top", "a"))
                .filter(note -> TWO_SHARDS.sharding().of((EntityKey) note.key()) == shard)
                .findFirst()
                .orElseThrow();
    }

    private Bus bus(CoherenceSettings settings) {
        return new Bus(loop, settings, new SimpleMeterRegistry(), InstantSource.system(), listener);
    }

    private static byte[] message(int sequence) {
        return Frame.of(new Frame.Header(Frame.Kind.MESSAGE, 9, sequence, 0), Notes.payload("" + sequence))
                .encode(Shards.ONE);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
