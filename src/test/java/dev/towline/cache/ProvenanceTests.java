package dev.towline.cache;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionResult;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

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

    private static final Truck OTHER = Truck.of(Thing.ACME, "k7", 1, Around.INSIDE, null);

    private final CacheFixture fixture = new CacheFixture(Runnable::run);
    private final TruckService service = new TruckService(
            fixture,
            SCHEMA,
            type -> type.dataFetcher("truck", TruckService::load)
                    .dataFetcher("around", _ -> Around.of(OTHER))
                    .dataFetcher("mine", _ -> Around.of(OTHER)));

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
        ExecutionResult result = service.execute(document, Map.of(Provenance.class, provenance));
        assertThat(result.getErrors()).isEmpty();
        return provenance;
    }
}
