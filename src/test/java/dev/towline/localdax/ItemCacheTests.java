package dev.towline.localdax;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ItemCacheTests {

    private static final ItemKey KEY = new ItemKey("table", AttributeValue.fromS("key"), null);
    private static final Duration DELAY = Duration.ofSeconds(1);
    private static final Duration TIME_TO_LIVE = Duration.ofMinutes(5);

    private final MovableClock clock = new MovableClock(InstantSource.fixed(Instant.EPOCH));
    private final OperationOrder order = new OperationOrder();
    private final Replication replication = new Replication(DELAY, clock);
    private final ItemCache cache = cache(false);
    private final ItemCache other = cache(false);

    @Test
    void tellsNotFoundFromNotKnown() {
        assertThat(cache.find(KEY)).isNull();

        cache.read(KEY, new ItemCache.Known(null), order.begin());

        assertThat(cache.find(KEY)).isEqualTo(new ItemCache.Known(null));
    }

    @Test
    void keepsWhatWasWrittenWhileAReadWasOnItsWay() {
        long reading = order.begin();
        cache.wrote(KEY, item("new"), order.begin());

        cache.read(KEY, item("old"), reading);

        assertThat(cache.find(KEY)).isEqualTo(item("new"));
    }

    @Test
    void replacesWhatWasWrittenByALaterRead() {
        cache.wrote(KEY, item("ours"), order.begin());

        cache.read(KEY, item("written around"), order.begin());

        assertThat(cache.find(KEY)).isEqualTo(item("written around"));
    }

    @Test
    void doesNotKnowAnItemWhoseWritesOverlapped() {
        long first = order.begin();
        long second = order.begin();
        cache.wrote(KEY, item("a"), first);

        cache.wrote(KEY, item("b"), second);

        assertThat(cache.find(KEY)).isNull();
    }

    @Test
    void doesNotBelieveAThirdWriteThatOverlappedWithTwoOthers() {
        long third = order.begin();
        cache.wrote(KEY, item("a"), order.begin());
        cache.wrote(KEY, item("b"), order.begin());

        cache.wrote(KEY, item("c"), third);

        assertThat(cache.find(KEY)).isNull();
    }

    @Test
    void doesNotKnowAnItemThatWasReadWhileItWasWritten() {
        long writing = order.begin();
        cache.read(KEY, item("read"), order.begin());

        cache.wrote(KEY, item("written"), writing);

        assertThat(cache.find(KEY)).isNull();
    }

    @Test
    void storesWhateverComesLastIfItIsAskedTo() {
        ItemCache careless = cache(true);
        long reading = order.begin();
        careless.wrote(KEY, item("new"), order.begin());

        careless.read(KEY, item("old"), reading);

        assertThat(careless.find(KEY)).isEqualTo(item("old"));
    }

    @Test
    void doesNotStoreAReadThatAFlushOvertook() {
        long reading = order.begin();
        cache.clear();

        cache.read(KEY, item("old"), reading);

        assertThat(cache.find(KEY)).isNull();
    }

    @Test
    void doesNotKnowAnItemWhoseWriteAFlushOvertook() {
        long writing = order.begin();
        cache.clear();

        cache.wrote(KEY, item("perhaps older than another write"), writing);

        assertThat(cache.find(KEY)).isNull();
    }

    @Test
    void showsAWriteToAnotherNodeOnlyWhenItIsDue() {
        replication.join(other);
        other.read(KEY, item("old"), order.begin());
        cache.wrote(KEY, item("new"), order.begin());

        clock.advance(DELAY.minusNanos(1));
        assertThat(other.find(KEY)).isEqualTo(item("old"));

        clock.advance(Duration.ofNanos(1));
        assertThat(other.find(KEY)).isEqualTo(item("new"));
    }

    @Test
    void endsAReplicaByTheTimeItWasDueNotByItsFirstUse() {
        replication.join(other);
        cache.wrote(KEY, item("new"), order.begin());
        clock.advance(DELAY.plus(TIME_TO_LIVE).minusNanos(1));
        assertThat(other.find(KEY)).isEqualTo(item("new"));

        clock.advance(Duration.ofNanos(1));

        assertThat(other.find(KEY)).isNull();
    }

    @Test
    void doesNotReplaceALaterWriteByAReplica() {
        replication.join(other);
        cache.wrote(KEY, item("first"), order.begin());
        other.wrote(KEY, item("second"), order.begin());

        clock.advance(DELAY);

        assertThat(other.find(KEY)).isEqualTo(item("second"));
    }

    @Test
    void doesNotReplaceALaterReadByAReplica() {
        replication.join(other);
        cache.wrote(KEY, item("ours"), order.begin());
        other.read(KEY, item("written around"), order.begin());

        clock.advance(DELAY);

        assertThat(other.find(KEY)).isEqualTo(item("written around"));
    }

    @Test
    void doesNotKnowAnItemThatTwoNodesWroteAtATime() {
        replication.join(other);
        long here = order.begin();
        long there = order.begin();
        cache.wrote(KEY, item("here"), here);
        other.wrote(KEY, item("there"), there);

        clock.advance(DELAY);

        assertThat(other.find(KEY)).isNull();
    }

    @Test
    void replicatesThatAnItemIsNotKnown() {
        replication.join(other);
        other.read(KEY, item("old"), order.begin());
        cache.wrote(KEY, null, order.begin());

        clock.advance(DELAY);

        assertThat(other.find(KEY)).isNull();
    }

    @Test
    void forgetsWhatIsNotYetReplicatedWhenItIsFlushed() {
        replication.join(other);
        cache.wrote(KEY, item("new"), order.begin());

        other.clear();
        clock.advance(DELAY);

        assertThat(other.find(KEY)).isNull();
    }

    @Test
    void doesNotTellANodeThatHasLeft() {
        replication.join(other);
        replication.leave(other);
        cache.wrote(KEY, item("new"), order.begin());

        clock.advance(DELAY);

        assertThat(other.find(KEY)).isNull();
    }

    private ItemCache cache(boolean lastOneWins) {
        var counting = new Counting();
        var entries = new LruCache<ItemKey, ItemCache.Entry>(1_000_000, TIME_TO_LIVE, clock, counting);
        return new ItemCache(entries, clock, order, replication, counting, lastOneWins);
    }

    private static ItemCache.Known item(String value) {
        return new ItemCache.Known(Map.of("value", AttributeValue.fromS(value)));
    }
}
