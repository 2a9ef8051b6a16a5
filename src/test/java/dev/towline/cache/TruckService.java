package dev.towline.cache;

import dev.towline.viewer.Role;
import dev.towline.viewer.Viewer;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.execution.instrumentation.dataloader.DataLoaderDispatchingContextKeys;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.TypeRuntimeWiring;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderFactory;
import org.dataloader.DataLoaderRegistry;
import org.springframework.util.unit.DataSize;

/** A GraphQL service with queries about trucks and the cache of a fixture. The viewer is a dispatcher of Acme. */
final class TruckService {

    private final CacheFixture fixture;
    private final GraphQL service;

    /** @param resolvers the resolvers of the fields of {@code Query} */
    TruckService(CacheFixture fixture, String schema, UnaryOperator<TypeRuntimeWiring.Builder> resolvers) {
        this.fixture = fixture;
        ComputedCache computed = new ComputedCache(
                new ComputedEntries(1_000_000, (_, _) -> {}), fixture.freshness, () -> fixture.now, Runnable::run);
        CacheWiring cache = new CacheWiring(
                new CacheSettings(true, DataSize.ofMegabytes(1), Map.of()), fixture.cache, computed, fixture.metrics);
        RuntimeWiring wiring = RuntimeWiring.newRuntimeWiring()
                .type("Query", resolvers)
                .directiveWiring(cache)
                .build();
        this.service = GraphQL.newGraphQL(Policies.schema(schema, wiring)).build();
    }

    ExecutionResult execute(String document, Map<?, Object> context) {
        DataLoaderRegistry loaders = new DataLoaderRegistry();
        loaders.register(
                "trucks",
                DataLoaderFactory.<Truck.Key, Truck>newMappedDataLoader(
                        (keys, environment) -> fixture.cache.read(Truck.TABLE, keys, environment.getKeyContexts())));
        Map<Object, Object> whole = new HashMap<>(context);
        whole.put(Viewer.CONTEXT_KEY, new Viewer(Role.DISPATCHER, "dora", Thing.ACME));
        whole.put(DataLoaderDispatchingContextKeys.ENABLE_DATA_LOADER_CHAINING, true);
        return service.execute(ExecutionInput.newExecutionInput(document)
                .dataLoaderRegistry(loaders)
                .graphQLContext(whole)
                .build());
    }

    /** The truck with the id in the argument {@code id}. */
    static CompletableFuture<Truck> load(DataFetchingEnvironment environment) {
        DataLoader<Truck.Key, Truck> loader = Objects.requireNonNull(environment.getDataLoader("trucks"));
        return loader.load(new Truck.Key(Thing.ACME, Objects.requireNonNull(environment.getArgument("id"))));
    }
}
