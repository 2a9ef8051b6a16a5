package dev.towline.cache.warmup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.cache.Around;
import dev.towline.cache.Thing;
import dev.towline.cache.Truck;
import dev.towline.store.EntityKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UsageCountsTests {

    private final UsageCounts uses = new UsageCounts("thing");

    @Test
    void countsEntitiesOfOneKind() {
        use("a", 3);
        use("b", 5);
        uses.used(Truck.at(Around.INSIDE, 1).key());
        assertThat(uses.take(10)).isEqualTo(Map.of(key("a"), 3L, key("b"), 5L));
        use("a", 1);
        assertThat(uses.take(10)).isEqualTo(Map.of(key("a"), 1L));
        assertThat(uses.take(10)).isEmpty();
    }

    @Test
    void returnsTheMostUsed() {
        use("a", 3);
        use("b", 5);
        use("c", 4);
        assertThat(uses.take(2)).containsExactly(Map.entry(key("b"), 5L), Map.entry(key("c"), 4L));
        assertThat(uses.take(2)).isEmpty();
    }

    @Test
    void countsAtMostTheMaximum() {
        IntStream.range(0, UsageCounts.MOST + 50).forEach(i -> use("t" + i, 1));
        use("t0", 1);
        Map<EntityKey, Long> taken = uses.take(Integer.MAX_VALUE);
        assertThat(taken).hasSize(UsageCounts.MOST).containsEntry(key("t0"), 2L);
    }

    @Test
    void countsUsesOfManyThreads() {
        List<CompletableFuture<Void>> threads = Stream.generate(() -> CompletableFuture.runAsync(() -> use("a", 1000)))
                .limit(8)
                .toList();
        threads.forEach(CompletableFuture::join);
        assertThat(uses.take(1)).isEqualTo(Map.of(key("a"), 8000L));
    }

    @Test
    void countsNothingWithoutAKind() {
        UsageCounts off = new UsageCounts(null);
        off.used(key("a"));
        assertThat(off.take(1)).isEmpty();
    }

    private void use(String id, int times) {
        IntStream.range(0, times).forEach(_ -> uses.used(key(id)));
    }

    private static EntityKey key(String id) {
        return Thing.of(id, 1).key();
    }
}
