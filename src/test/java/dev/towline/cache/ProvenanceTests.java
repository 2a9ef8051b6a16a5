package dev.towline.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.viewer.Role;
import dev.towline.viewer.Viewer;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.execution.instrumentation.dataloader.DataLoaderDispatchingContextKeys;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderFactory;
import org.dataloader.DataLoaderRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** What is known of a whole answer, for whoever wants to keep it. */
class ProvenanceTests {

    private static final String SCHEMA = """
        type Query {
          truck(id: ID!): Truck @cache(ttlSeconds: 10, negativeSeconds: 2, scope: PUBLIC)
          around: Around @cache(ttlSeconds: 60, scope: PUBLIC)
          mine: Around @cache(ttlSeconds: 60, scope: PRIVATE)
        }
        type Truck { id: ID! version: Int! }
        type Around { isUpToDate: Boolean }
        """;

    private final CacheFixture fixture = new CacheFixture(Runnable::run);
    private final GraphQL service = service();

    @Test
    void anAnswerIsMadeFromAllThatIsInItAndIsGoodForAsLongAsTheShortestOfIt() {
        fixture.store(Truck.at(Around.INSIDE, 1));
        query("{ truck(id: \"k1\") { id } around { isUpToDate } }");
        fixture.now = fixture.now.plusSeconds(3);

        Provenance again = query("{ truck(id: \"k1\") { id } around { isUpToDate } }");
        assertThat(again.madeFrom()).containsExactlyInAnyOrder(Truck.ref("k1"), Truck.ref("k7"));
        assertThat(again.lookedIn()).containsExactly(Around.AREA);
        assertThat(again.remaining()).isEqualTo(Duration.ofSeconds(7));
        assertThat(again.scope()).isEqualTo(CacheScope.PUBLIC);
    }

    @Test
    void whatWasJustReadIsGoodForItsWholeTime() {
        fixture.store(Truck.at(Around.INSIDE, 1));
        assertThat(query("{ truck(id: \"k1\") { id } }").remaining()).isEqualTo(Duration.ofSeconds(10));
        assertThat(query("{ around { isUpToDate } }").remaining()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void aNullRefersToWhatWasAskedFor() {
        Provenance provenance = query("{ truck(id: \"none\") { id } }");
        assertThat(provenance.madeFrom()).containsExactly(Truck.ref("none"));
        assertThat(provenance.remaining()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void theSameTwiceCountsOnce() {
        fixture.store(Truck.at(Around.INSIDE, 1));
        Provenance provenance = query("{ a: truck(id: \"k1\") { id } b: truck(id: \"k1\") { id } }");
        assertThat(provenance.madeFrom()).containsExactly(Truck.ref("k1"));
        assertThat(provenance.remaining()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void anAnswerWithAnythingPrivateIsPrivate() {
        assertThat(query("{ around { isUpToDate } mine { isUpToDate } }").scope())
                .isEqualTo(CacheScope.PRIVATE);
    }

    @Test
    void anAnswerThatTheCacheHadNoPartInIsNotToBeKept() {
        assertThat(query("{ __typename }").remaining()).isZero();
    }

    @Test
    void whatIsPastItsTimeIsNotToBeKept() {
        fixture.store(Truck.at(Around.INSIDE, 1));
        query("{ truck(id: \"k1\") { id } }");
        fixture.now = fixture.now.plusSeconds(20);
        assertThat(query("{ truck(id: \"k1\") { id } }").remaining())
                .as("read anew")
                .isEqualTo(Duration.ofSeconds(10));
        Provenance provenance = new Provenance();
        provenance.add(
                CacheScope.PUBLIC, new Finding(Result.STALE, Tier.L1, "error", Duration.ofSeconds(11), Duration.ZERO));
        provenance.add(CacheScope.PUBLIC, Finding.bypass("off"));
        assertThat(provenance.remaining()).isZero();
    }

    private Provenance query(String document) {
        Provenance provenance = new Provenance();
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
                        Provenance.class,
                        provenance,
                        DataLoaderDispatchingContextKeys.ENABLE_DATA_LOADER_CHAINING,
                        true))
                .build());
        assertThat(result.getErrors()).isEmpty();
        return provenance;
    }

    private GraphQL service() {
        DerivedCache derived = new DerivedCache(
                new DerivedEntries(1_000_000, (_, _) -> {}), fixture.freshness, () -> fixture.now, Runnable::run);
        CacheWiring cache = new CacheWiring(
                new CacheSettings(true, DataSize.ofMegabytes(1), Map.of()), fixture.cache, derived, fixture.metrics);
        Truck other = Truck.of(Thing.ACME, "k7", 1, Around.INSIDE, null);
        RuntimeWiring wiring = RuntimeWiring.newRuntimeWiring()
                .type(
                        "Query",
                        type -> type.dataFetcher("truck", ProvenanceTests::load)
                                .dataFetcher("around", _ -> Around.of(other))
                                .dataFetcher("mine", _ -> Around.of(other)))
                .directiveWiring(cache)
                .build();
        return GraphQL.newGraphQL(Policies.schema(SCHEMA, wiring)).build();
    }

    private static CompletableFuture<Truck> load(DataFetchingEnvironment environment) {
        DataLoader<Truck.Key, Truck> loader = Objects.requireNonNull(environment.getDataLoader("trucks"));
        return loader.load(new Truck.Key(Thing.ACME, Objects.requireNonNull(environment.getArgument("id"))));
    }
}
