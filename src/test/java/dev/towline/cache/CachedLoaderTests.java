package dev.towline.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.problem.Unavailable;
import dev.towline.viewer.Role;
import dev.towline.viewer.Viewer;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.execution.instrumentation.dataloader.DataLoaderDispatchingContextKeys;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderFactory;
import org.dataloader.DataLoaderRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** What becomes of the keys of a batch that fails. */
class CachedLoaderTests {

    private static final String SCHEMA = """
        type Query {
          lasting(id: ID!): Truck @cache(ttlSeconds: 10, staleOnErrorSeconds: 60, scope: PUBLIC)
          strict(id: ID!): Truck @cache(ttlSeconds: 10, scope: PUBLIC)
        }
        type Truck { id: ID! version: Int! }
        """;

    private final CacheFixture fixture = new CacheFixture(Runnable::run);
    private final GraphQL service = service();

    @Test
    void whatMayBeServedStaleIsServedThoughAnotherKeyOfItsBatchFails() {
        fixture.store(Truck.at(Around.INSIDE, 1));
        assertThat(faults("{ a: lasting(id: \"k1\") { id } }")).isEmpty();
        cutOff();
        assertThat(faults(
                        "{ a: lasting(id: \"k1\") { id } b: lasting(id: \"k2\") { id } c: strict(id: \"k1\") { id } }"))
                .containsExactlyInAnyOrder("/b", "/c");
        assertThat(fixture.reads.getLast()).as("one batch").hasSize(2);
    }

    @Test
    void whatHasBeenReadMeanwhileIsServedThoughItsBatchFails() {
        fixture.store(Truck.at(Around.INSIDE, 1));
        fixture.beforeRead = () -> {
            fixture.entries.offer(
                    Truck.ref("k1"), new Entry(Truck.at(Around.INSIDE, 1), fixture.now), fixture.entries.epoch());
            throw new Unavailable("cut off", null);
        };
        assertThat(faults("{ a: strict(id: \"k1\") { id } b: strict(id: \"k2\") { id } }"))
                .containsExactly("/b");
    }

    private void cutOff() {
        fixture.now = fixture.now.plusSeconds(15);
        fixture.onRead = () -> {
            throw new Unavailable("cut off", null);
        };
    }

    /** The paths of what failed; all else has data. */
    private List<String> faults(String document) {
        DataLoaderRegistry loaders = new DataLoaderRegistry();
        loaders.register(
                "trucks",
                DataLoaderFactory.<Truck.Key, Truck>newMappedDataLoader((keys, environment) ->
                        fixture.cachedReads.read(Truck.TABLE, keys, environment.getKeyContexts())));
        ExecutionResult result = service.execute(ExecutionInput.newExecutionInput(document)
                .dataLoaderRegistry(loaders)
                .graphQLContext(Map.of(
                        "viewer",
                        new Viewer(Role.DISPATCHER, "dora", Thing.ACME),
                        DataLoaderDispatchingContextKeys.ENABLE_DATA_LOADER_CHAINING,
                        true))
                .build());
        Map<String, Object> data = result.getData();
        List<String> faults = result.getErrors().stream()
                .map(error -> "/" + Objects.requireNonNull(error.getPath()).getFirst())
                .toList();
        assertThat(data.keySet())
                .allMatch(
                        name -> (data.get(name) == null) == faults.contains("/" + name),
                        Arrays.toString(faults.toArray()));
        return faults;
    }

    private GraphQL service() {
        DerivedCache derived = new DerivedCache(
                new DerivedEntries(1_000_000, (_, _) -> {}), fixture.freshness, () -> fixture.now, Runnable::run);
        CacheWiring cache = new CacheWiring(
                new CacheSettings(true, DataSize.ofMegabytes(1), Map.of()), fixture.cache, derived, fixture.metrics);
        RuntimeWiring wiring = RuntimeWiring.newRuntimeWiring()
                .type(
                        "Query",
                        type -> type.dataFetcher("lasting", CachedLoaderTests::load)
                                .dataFetcher("strict", CachedLoaderTests::load))
                .directiveWiring(cache)
                .build();
        return GraphQL.newGraphQL(Policies.schema(SCHEMA, wiring)).build();
    }

    private static CompletableFuture<Truck> load(DataFetchingEnvironment environment) {
        DataLoader<Truck.Key, Truck> loader = Objects.requireNonNull(environment.getDataLoader("trucks"));
        return loader.load(new Truck.Key(Thing.ACME, Objects.requireNonNull(environment.getArgument("id"))));
    }
}
