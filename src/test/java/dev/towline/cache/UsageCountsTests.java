package dev.towline.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.store.EntityKey;
import graphql.GraphQLContext;
import graphql.schema.DataFetchingEnvironmentImpl;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dataloader.BatchLoaderEnvironment;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderFactory;
import org.junit.jupiter.api.Test;

class UsageCountsTests {

    private final UsageCounts uses = new UsageCounts("thing");

    @Test
    void countsOneKindFromOneTakingToTheNext() {
        use("a", 3);
        use("b", 5);
        uses.used(Truck.at(Around.INSIDE, 1).key());
        assertThat(uses.take(10)).isEqualTo(Map.of(key("a"), 3L, key("b"), 5L));
        use("a", 1);
        assertThat(uses.take(10)).isEqualTo(Map.of(key("a"), 1L));
        assertThat(uses.take(10)).isEmpty();
    }

    @Test
    void handsOverThoseThatAreUsedMost() {
        use("a", 3);
        use("b", 5);
        use("c", 4);
        assertThat(uses.take(2)).containsExactly(Map.entry(key("b"), 5L), Map.entry(key("c"), 4L));
        assertThat(uses.take(2)).isEmpty();
    }

    @Test
    void countsNoMoreThanItCanKeep() {
        IntStream.range(0, UsageCounts.MOST + 50).forEach(i -> use("t" + i, 1));
        use("t0", 1);
        Map<EntityKey, Long> taken = uses.take(Integer.MAX_VALUE);
        assertThat(taken).hasSize(UsageCounts.MOST).containsEntry(key("t0"), 2L);
    }

    @Test
    void countsWhatManyThreadsUse() {
        List<CompletableFuture<Void>> threads = Stream.generate(() -> CompletableFuture.runAsync(() -> use("a", 1000)))
                .limit(8)
                .toList();
        threads.forEach(CompletableFuture::join);
        assertThat(uses.take(1)).isEqualTo(Map.of(key("a"), 8000L));
    }

    @Test
    void everyAnswerWithAnEntityIsAUse() {
        CacheFixture fixture = new CacheFixture();
        fixture.store(Thing.of("a", 1));
        for (int i = 0; i < 3; i++) {
            lookUp(fixture, "a");
            lookUp(fixture, "gone");
        }
        assertThat(fixture.reads.stream().flatMap(List::stream)).as("read once").containsOnlyOnce(key("a"));
        assertThat(fixture.uses.take(10)).isEqualTo(Map.of(key("a"), 3L));
    }

    @Test
    void countsNothingWhereNothingIsToBeLoaded() {
        UsageCounts off = new UsageCounts(null);
        off.used(key("a"));
        assertThat(off.take(1)).isEmpty();
    }

    private static void lookUp(CacheFixture fixture, String id) {
        CachePolicy policy = Policies.of("ttlSeconds: 10, scope: PUBLIC, negativeSeconds: 5");
        DataLoader<Thing.Key, Thing> loader =
                DataLoaderFactory.newMappedDataLoader((Set<Thing.Key> keys, BatchLoaderEnvironment environment) ->
                        fixture.cachedReads.read(CacheFixture.THINGS, keys, environment.getKeyContexts()));
        FieldLookup lookup = new FieldLookup(
                new CachedField(policy, fixture.metrics),
                DataFetchingEnvironmentImpl.newDataFetchingEnvironment()
                        .graphQLContext(GraphQLContext.getDefault())
                        .build());
        CompletableFuture<Thing> found =
                new CachingDataLoader<>(loader, policy, fixture.cache, lookup).load(new Thing.Key(Thing.ACME, id));
        loader.dispatchAndJoin();
        found.join();
    }

    private void use(String id, int times) {
        IntStream.range(0, times).forEach(_ -> uses.used(key(id)));
    }

    private static EntityKey key(String id) {
        return Thing.of(id, 1).key();
    }
}
