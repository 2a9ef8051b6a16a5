package dev.towline.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.towline.viewer.Role;
import dev.towline.viewer.Viewer;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.errors.SchemaProblem;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** The valid and invalid cache directives and settings. */
class CacheWiringTests {

    private static final DataSize WEIGHT = DataSize.ofMegabytes(1);
    private static final String SCHEMA = """
        type Query {
          first: Answer @cache(ttlSeconds: 10, scope: PUBLIC)
          second: Answer @cache(ttlSeconds: 10, maxTtlSeconds: 20, scope: PUBLIC)
          plain: Answer
        }
        type Answer { isUpToDate: Boolean }
        """;

    private final CacheFixture fixture = new CacheFixture();
    private final AtomicInteger computations = new AtomicInteger();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ttlSeconds: 0, scope: PUBLIC                              | ttlSeconds: 0
        ttlSeconds: -5, scope: PUBLIC                             | ttlSeconds: -5
        ttlSeconds: 3601, scope: PUBLIC                           | ttlSeconds: 3601
        ttlSeconds: 10, maxTtlSeconds: 9, scope: PUBLIC           | maxTtlSeconds: 9
        ttlSeconds: 10, maxTtlSeconds: 86401, scope: PUBLIC       | maxTtlSeconds: 86401
        ttlSeconds: 10, scope: PUBLIC, staleSeconds: 0            | staleSeconds: 0
        ttlSeconds: 10, scope: PUBLIC, staleSeconds: 86401        | staleSeconds: 86401
        ttlSeconds: 10, scope: PUBLIC, staleOnErrorSeconds: 0     | staleOnErrorSeconds: 0
        ttlSeconds: 10, scope: PUBLIC, staleOnErrorSeconds: 86401 | staleOnErrorSeconds: 86401
        ttlSeconds: 10, scope: PUBLIC, negativeSeconds: 0         | negativeSeconds: 0
        ttlSeconds: 10, scope: PUBLIC, negativeSeconds: 61        | negativeSeconds: 61
        """)
    void rejectsArgumentsOutOfRange(String arguments, String fault) {
        assertThatThrownBy(() -> wire("type Query { answer: Int @cache(" + arguments + ") }", settings(Map.of())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("schema: Query.answer @cache(" + fault + "): ")
                .hasMessageContaining("must be between ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scope: PUBLIC",
                "ttlSeconds: 10",
                "ttlSeconds: 10, scope: SOMEBODY",
                "ttlSeconds: 1.5, scope: PUBLIC",
                "ttlSeconds: 10, scope: PUBLIC, forever: true"
            })
    void rejectsInvalidArguments(String arguments) {
        assertThatThrownBy(() -> wire("type Query { answer: Int @cache(" + arguments + ") }", settings(Map.of())))
                .isInstanceOf(SchemaProblem.class)
                .hasMessageContaining("answer");
    }

    @Test
    void acceptsTheLimitsOfArguments() {
        assertThat(Policies.of("ttlSeconds: 1, scope: PRIVATE"))
                .isEqualTo(new CachePolicy(
                        "Query.field",
                        true,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        CacheScope.PRIVATE,
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ZERO,
                        false));
        assertThat(Policies.of("ttlSeconds: 3600, maxTtlSeconds: 86400, scope: PUBLIC, staleSeconds: 86400,"
                        + " staleOnErrorSeconds: 86400, negativeSeconds: 60, renew: true"))
                .isEqualTo(new CachePolicy(
                        "Query.field",
                        true,
                        Duration.ofHours(1),
                        Duration.ofDays(1),
                        CacheScope.PUBLIC,
                        Duration.ofDays(1),
                        Duration.ofDays(1),
                        Duration.ofMinutes(1),
                        true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mutation", "Subscription"})
    void rejectsTheDirectiveOutsideOfQueries(String type) {
        assertThatThrownBy(() -> wire(
                        "type Query { a: Int } extend type %s { b: Int @cache(ttlSeconds: 1, scope: PUBLIC) }"
                                .formatted(type),
                        settings(Map.of())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("schema: " + type + ".b: must not have @cache, because only queries can be cached");
    }

    @Test
    void cachesOnlyFieldsWithTheDirective() {
        GraphQL service = service(settings(Map.of()));
        query(service, "first");
        query(service, "first");
        assertThat(computations).hasValue(1);
        query(service, "plain");
        query(service, "plain");
        assertThat(computations).hasValue(3);
    }

    @Test
    void settingsOverrideTheTtl() {
        CachePolicy policy = Policies.of("ttlSeconds: 10, maxTtlSeconds: 20, scope: PUBLIC, staleSeconds: 3");
        CachePolicy shorter = overridden(policy, Duration.ofSeconds(2));
        assertThat(shorter.ttl()).isEqualTo(Duration.ofSeconds(2));
        assertThat(shorter.maxTtl()).isEqualTo(Duration.ofSeconds(20));
        assertThat(shorter.stale()).isEqualTo(Duration.ofSeconds(3));
        assertThat(overridden(policy, Duration.ofSeconds(30)).maxTtl()).isEqualTo(Duration.ofSeconds(30));
        assertThat(overridden(policy, null)).isEqualTo(policy);
    }

    @Test
    void settingsApplyToTheirFieldOnly() {
        GraphQL service =
                service(settings(Map.of("Query.first", new CacheSettings.Field(true, Duration.ofSeconds(2)))));
        query(service, "first");
        query(service, "second");
        fixture.now = fixture.now.plusSeconds(5);
        query(service, "second");
        assertThat(computations).hasValue(2);
        query(service, "first");
        assertThat(computations).hasValue(3);
    }

    @Test
    void aFieldCanBeSwitchedOff() {
        GraphQL service = service(settings(Map.of("Query.first", new CacheSettings.Field(false, null))));
        query(service, "first");
        query(service, "first");
        assertThat(computations).hasValue(2);
        assertThat(count("Query.first", "bypass")).isEqualTo(2);
        query(service, "second");
        query(service, "second");
        assertThat(computations).hasValue(3);
        assertThat(count("Query.second", "hit")).isEqualTo(1);
    }

    @Test
    void theCacheCanBeSwitchedOff() {
        GraphQL service = service(new CacheSettings(
                false, WEIGHT, Map.of("Query.first", new CacheSettings.Field(true, Duration.ofSeconds(2)))));
        for (String field : new String[] {"first", "first", "second", "second"}) {
            query(service, field);
        }
        assertThat(computations).hasValue(4);
        assertThat(count("Query.first", "bypass") + count("Query.second", "bypass"))
                .isEqualTo(4);
    }

    @Test
    void rejectsSettingsForAnUncachedField() {
        for (String unknown : new String[] {"Query.plain", "Query.thrid", "first"}) {
            CacheSettings settings = settings(Map.of(unknown, new CacheSettings.Field(true, Duration.ofSeconds(2))));
            CacheWiring wiring = wiring(settings);
            schema(SCHEMA, wiring);
            assertThatThrownBy(wiring::checkSettings)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("towline.cache.fields[%s] must name a field with @cache; these are: %s"
                            .formatted(unknown, "Query.first, Query.second"));
        }
    }

    @Test
    void acceptsSettingsForCachedFields() {
        CacheWiring wiring = wiring(settings(Map.of("Query.second", new CacheSettings.Field(false, null))));
        schema(SCHEMA, wiring);
        assertThatCode(wiring::checkSettings).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.999S", "PT-5S", "PT1H0.001S", "PT2H"})
    void rejectsATtlOutOfRange(Duration ttl) {
        assertThatThrownBy(() -> settings(Map.of("Query.first", new CacheSettings.Field(true, ttl))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("towline.cache.fields[Query.first].ttl must be between 1s and 1h");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1S", "PT1H"})
    void acceptsTheLimitsOfTheTtl(Duration ttl) {
        assertThat(overridden(Policies.of("ttlSeconds: 10, scope: PUBLIC"), ttl).ttl())
                .isEqualTo(ttl);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, -1_000_000})
    void rejectsANegativeWeight(long bytes) {
        assertThatThrownBy(() -> new CacheSettings(true, DataSize.ofBytes(bytes), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("towline.cache.max-weight must not be negative");
    }

    private CachePolicy overridden(CachePolicy policy, @Nullable Duration ttl) {
        return settings(Map.of("Query.field", new CacheSettings.Field(true, ttl)))
                .applyTo(policy);
    }

    private static CacheSettings settings(Map<String, CacheSettings.Field> fields) {
        return new CacheSettings(true, WEIGHT, fields);
    }

    private CacheWiring wiring(CacheSettings settings) {
        ComputedCache computed = new ComputedCache(
                new ComputedEntries(1_000_000, (_, _) -> {}), fixture.freshness, () -> fixture.now, Runnable::run);
        return new CacheWiring(settings, fixture.cache, computed, fixture.metrics);
    }

    private void wire(String types, CacheSettings settings) {
        schema(types, wiring(settings));
    }

    private GraphQLSchema schema(String types, CacheWiring wiring) {
        return Policies.schema(
                types,
                RuntimeWiring.newRuntimeWiring()
                        .type(
                                "Query",
                                type -> type.defaultDataFetcher(_ -> {
                                    computations.incrementAndGet();
                                    return Around.of();
                                }))
                        .directiveWiring(wiring)
                        .build());
    }

    private GraphQL service(CacheSettings settings) {
        return GraphQL.newGraphQL(schema(SCHEMA, wiring(settings))).build();
    }

    private static void query(GraphQL service, String field) {
        ExecutionResult result = service.execute(ExecutionInput.newExecutionInput("{ " + field + " { isUpToDate } }")
                .graphQLContext(Map.of(Viewer.CONTEXT_KEY, new Viewer(Role.DISPATCHER, "dora", Thing.ACME)))
                .build());
        assertThat(result.getErrors()).isEmpty();
        Map<String, Object> data = result.getData();
        assertThat(data).isEqualTo(Map.of(field, Map.of("isUpToDate", true)));
    }

    private double count(String field, String result) {
        return fixture
                .meters
                .find("towline.cache.requests")
                .tag("field", field)
                .tag("result", result)
                .counters()
                .stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
