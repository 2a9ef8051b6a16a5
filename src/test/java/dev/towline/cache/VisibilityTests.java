package dev.towline.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.towline.cache.answer.AnswerSettings;
import dev.towline.cache.answer.Answers;
import dev.towline.cache.answer.Question;
import dev.towline.cache.answer.RequestBytes;
import dev.towline.cache.answer.StoredAnswer;
import dev.towline.edge.VisibilityWiring;
import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import dev.towline.viewer.VisibilityRule;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.execution.DataFetcherResult;
import graphql.execution.instrumentation.dataloader.DataLoaderDispatchingContextKeys;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaDirectiveWiring;
import graphql.schema.idl.SchemaDirectiveWiringEnvironment;
import io.micrometer.core.instrument.Counter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dataloader.DataLoaderFactory;
import org.dataloader.DataLoaderRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Visibility rules apply to cached values as to loaded values. */
class VisibilityTests {

    private static final String SCHEMA = """
        scalar DateTime
        type Query {
          truck(tenant: String!, id: ID!): Truck @cache(ttlSeconds: 10, scope: PUBLIC, staleSeconds: 10, negativeSeconds: 2)
          trucks(tenant: String!, ids: [ID!]!): [Truck]! @cache(ttlSeconds: 10, scope: PUBLIC, staleSeconds: 10)
          mine(ids: [ID!]!): [Truck]! @cache(ttlSeconds: 10, scope: PRIVATE)
          around(tenant: String!): Around @cache(ttlSeconds: 20, scope: PUBLIC)
          later(tenant: String!, id: ID!): Truck
          mono(tenant: String!, id: ID!): Truck
          list(tenant: String!, id: ID!): [Truck]
          nested(tenant: String!, id: ID!): [[Truck]]
          laterList(tenant: String!, id: ID!): [Truck]
          monoList(tenant: String!, id: ID!): [Truck]
          plain(tenant: String!, id: ID!): Truck
          set(tenant: String!, id: ID!): [Truck]
          stream(tenant: String!, id: ID!): [Truck]
          array(tenant: String!, id: ID!): [Truck]
          optional(tenant: String!, id: ID!): Truck
          result(tenant: String!, id: ID!): Truck
          flux(tenant: String!, id: ID!): [Truck]
          inList(tenant: String!, id: ID!): [Truck]
        }
        type Truck { id: ID! version: Int! driver: String partner: Truck }
        type Around { trucks: [Truck]! isUpToDate: Boolean }
        """;
    /** One for each kind of field; the resolver of the last one is not cached. */
    private static final Map<String, String> QUERIES = new TreeMap<>(Map.of(
            "truck", "query($tenant: String!, $id: ID!) { truck(tenant: $tenant, id: $id) { id version driver }" + " }",
            "trucks", "query($tenant: String!, $ids: [ID!]!) { trucks(tenant: $tenant, ids: $ids) { id driver }" + " }",
            "mine", "query($ids: [ID!]!) { mine(ids: $ids) { id version driver } }",
            "around", "query($tenant: String!) { around(tenant: $tenant) { trucks { id version driver } } }",
            "later",
                    "query($tenant: String!, $id: ID!) { truck(tenant: $tenant, id: $id) { id } later(tenant:"
                            + " $tenant, id: $id) { id version driver } }"));

    private static final List<Tenant> TENANTS = List.of(Thing.ACME, new Tenant("zenith"));
    private static final List<String> DRIVERS = List.of("dora", "dan", "diana");
    private static final Instant START = Instant.parse("2026-03-21T14:00:00Z");

    private final CacheFixture fixture = new CacheFixture();
    private final ComputedCache computed = new ComputedCache(
            new ComputedEntries(1_000_000, (_, _) -> {}), fixture.freshness, () -> fixture.now, Runnable::run);
    private final Random random = new Random(20_260_321);
    private final GraphQL service = service();

    /** A rule that hides the driver from callers and guests, and other drivers from drivers. */
    private static final class NoNames implements VisibilityRule<Truck> {

        @Override
        public Class<Truck> type() {
            return Truck.class;
        }

        @Override
        public boolean isPersonal() {
            return false;
        }

        @Override
        public Truck visible(Truck truck, Viewer viewer) {
            boolean sees = switch (viewer.role()) {
                case OPERATOR, DISPATCHER -> true;
                case VENDOR -> viewer.subject().equals(truck.driver());
                case CALLER, GUEST -> false;
            };
            return sees ? truck : new Truck(truck.key(), truck.revision(), truck.position(), null);
        }
    }

    private static boolean hidesSearch(Viewer viewer) {
        return viewer.role() == Role.CALLER
                || (viewer.role() == Role.DISPATCHER && viewer.subject().equals("dan"));
    }

    /** A rule that hides the result of the search from callers and one dispatcher. */
    private static final class NothingAround implements VisibilityRule<Around> {

        @Override
        public Class<Around> type() {
            return Around.class;
        }

        /** It looks at the subject of a dispatcher. */
        @Override
        public boolean isPersonal() {
            return true;
        }

        @Override
        public @Nullable Around visible(Around around, Viewer viewer) {
            return hidesSearch(viewer) ? null : around;
        }
    }

    /** A rule that shows trucks to guests only in even minutes. */
    private record EvenMinutes(Supplier<Instant> now) implements VisibilityRule<Truck> {

        @Override
        public Class<Truck> type() {
            return Truck.class;
        }

        @Override
        public boolean isPersonal() {
            return false;
        }

        @Override
        public Instant sameUntil(Truck truck, Viewer viewer) {
            return now.get().truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        }

        @Override
        public @Nullable Truck visible(Truck truck, Viewer viewer) {
            boolean isEven = now.get().getEpochSecond() / 60 % 2 == 0;
            return viewer.role() == Role.GUEST && !isEven ? null : truck;
        }
    }

    /** The wiring of visibility, which wraps all other wirings as in the service. */
    private static final class Futures implements SchemaDirectiveWiring {

        @Override
        public GraphQLFieldDefinition onField(SchemaDirectiveWiringEnvironment<GraphQLFieldDefinition> environment) {
            DataFetcher<?> resolver = environment.getFieldDataFetcher();
            return environment.setFieldDataFetcher(each -> {
                Object value = resolver.get(each);
                return value instanceof Mono<?> mono ? mono.toFuture() : value;
            });
        }
    }

    @Test
    void noViewerReceivesTheViewOfAnother() {
        int seen = 0;
        int redacted = 0;
        int hidden = 0;
        for (int i = 0; i < 4_000; i++) {
            fixture.now = fixture.now.plusMillis(random.nextInt(6_000));
            if (random.nextInt(4) == 0) {
                change();
            }
            Viewer viewer = new Viewer(one(List.of(Role.values())), one(DRIVERS), one(TENANTS));
            Tenant tenant = random.nextInt(4) == 0 ? one(TENANTS) : viewer.tenant();
            List<String> ids = List.of(id(), id());
            for (@Nullable Map<String, @Nullable Object> truck : asked(viewer, tenant, ids)) {
                if (truck == null) {
                    hidden++;
                } else if (truck.get("driver") == null) {
                    redacted++;
                } else {
                    seen++;
                }
            }
        }
        assertThat(List.of(seen, redacted, hidden)).as("seen, redacted, hidden").allMatch(count -> count > 1_000);
        for (String field : List.of("truck", "trucks", "mine", "around")) {
            assertThat(count(field, "hit")).as("hits of %s", field).isGreaterThan(100);
            assertThat(count(field, "miss")).as("misses of %s", field).isGreaterThan(100);
        }
        assertThat(count("truck", "stale")).isPositive();
    }

    /** What an answer is made of, and who asked for it first. */
    private record Encoded(String json, Viewer first) {}

    @Test
    void noViewerReceivesTheWholeAnswerOfAnother() {
        Answers<Encoded> answers = new Answers<>(
                new AnswerSettings(true, DataSize.ofMegabytes(1)),
                encoded -> encoded.json.length(),
                () -> fixture.now,
                fixture.metrics,
                fixture.meters);
        Map<String, Integer> given = new HashMap<>();
        int shared = 0;
        for (int i = 0; i < 4_000; i++) {
            fixture.now = fixture.now.plusMillis(random.nextInt(80));
            if (random.nextInt(40) == 0) {
                change();
            }
            Viewer viewer = new Viewer(one(List.of(Role.values())), one(DRIVERS), one(TENANTS));
            String field = one(List.copyOf(QUERIES.keySet()));
            Map<String, Object> variables = Map.of(
                    "tenant",
                    (random.nextInt(6) == 0 ? one(TENANTS) : viewer.tenant()).name(),
                    "id",
                    "k0",
                    "ids",
                    List.of("k0", "k1", "k2"));
            Question question = new Question(Objects.requireNonNull(QUERIES.get(field)), null, variables, "");
            String due = encoded(viewer, question, Map.of());

            Optional<StoredAnswer<Encoded>> known = answers.find(question, viewer);
            if (known.isPresent()) {
                Encoded answer = known.get().content();
                assertThat(answer.json)
                        .as("%s for %s, first asked by %s", question, viewer, answer.first)
                        .isEqualTo(due);
                given.merge(field, 1, Integer::sum);
                shared += viewer.equals(answer.first) ? 0 : 1;
            } else {
                Provenance provenance = new Provenance();
                Encoded answer = new Encoded(encoded(viewer, question, Map.of(Provenance.class, provenance)), viewer);
                answers.keep(
                        new RequestBytes(new byte[] {1}, question.toString()), question, viewer, provenance, answer, 1);
            }
        }
        assertThat(given).containsOnlyKeys("truck", "trucks", "mine", "around");
        assertThat(given.values()).allMatch(count -> count > 100);
        assertThat(shared).as("given to somebody else").isGreaterThan(200);
    }

    private String encoded(Viewer viewer, Question question, Map<?, Object> context) {
        return JsonMapper.shared()
                .writeValueAsString(execute(viewer, question, context).toSpecification());
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "later", "mono", "list", "nested", "laterList", "monoList"})
    void rulesApplyToValuesInFuturesAndLists(String field) {
        fixture.write(truck(Thing.ACME, "k1", 1, "dora"));
        Viewer dispatcher = new Viewer(Role.DISPATCHER, "dan", Thing.ACME);
        Viewer caller = new Viewer(Role.CALLER, "dora", Thing.ACME);
        Viewer elsewhere = new Viewer(Role.DISPATCHER, "dan", TENANTS.getLast());
        assertThat(unwrapped(answer(field, dispatcher))).isEqualTo(shown("k1", 1, "dora"));
        assertThat(unwrapped(answer(field, caller))).isEqualTo(shown("k1", 1, null));
        assertThat(unwrapped(answer(field, elsewhere))).isNull();
    }

    /** Rules know no way into them, so that they would not apply. */
    @ParameterizedTest
    @ValueSource(strings = {"set", "stream", "array", "optional", "result", "flux", "inList"})
    void aContainerThatRulesDoNotLookIntoIsAnError(String field) {
        fixture.write(truck(Thing.ACME, "k1", 1, "dora"));
        ExecutionResult result = execute(
                new Viewer(Role.CALLER, "dora", Thing.ACME),
                "{ %s(tenant: \"acme\", id: \"k1\") { id driver } }".formatted(field),
                Map.of());
        assertThat(result.getErrors())
                .singleElement()
                .extracting(GraphQLError::getMessage, STRING)
                .contains(field, "visibility rules");
        assertThat(Objects.requireNonNull(result.<Map<String, Object>>getData()).get(field))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "type Query { it: Thing } interface Thing { id: ID } type A implements Thing { id: ID }",
                "type Query { it: [Thing!] } union Thing = A type A { id: ID }"
            })
    void aFieldOfAnAbstractTypeStopsTheStart(String types) {
        RuntimeWiring.Builder wiring = RuntimeWiring.newRuntimeWiring();
        VisibilityWiring.with(_ -> {}, List.of()).forEach(each -> each.configure(wiring));
        wiring.type("Thing", type -> type.typeResolver(_ -> null));
        assertThatThrownBy(() -> Policies.schema(types + " scalar DateTime", wiring.build()))
                .hasMessageContaining("Query.it")
                .hasMessageContaining("Thing");
    }

    @Test
    void rulesApplyWithinAVisibleValue() {
        fixture.write(truck(Thing.ACME, "k1", 1, "dora"));
        Map<String, Object> data = query(
                new Viewer(Role.VENDOR, "dora", Thing.ACME),
                "query($id: ID!, $tenant: String!) { plain(tenant: $tenant, id: $id) { driver partner { driver } } }",
                Map.of("tenant", "acme", "id", "k1"));
        Map<String, @Nullable Object> partner = new HashMap<>();
        partner.put("driver", null);
        assertThat(data).isEqualTo(Map.of("plain", Map.of("driver", "dora", "partner", partner)));
    }

    @Test
    void aRuleThatDependsOnTheTimeHoldsAtTheTimeOfTheAnswer() {
        fixture.write(truck(Thing.ACME, "k1", 1, "dora"));
        Viewer guest = new Viewer(Role.GUEST, "gus", Thing.ACME);
        fixture.now = START.plusSeconds(58);
        assertThat(cached(guest)).isEqualTo(shown("k1", 1, null));
        fixture.now = START.plusSeconds(61);
        assertThat(cached(guest)).as("from memory, a minute later").isNull();
        assertThat(count("truck", "hit")).isEqualTo(1);
    }

    /** Queries the same trucks in all ways, and compares the answers. Returns the visible trucks, one for each id. */
    private List<@Nullable Map<String, @Nullable Object>> asked(Viewer viewer, Tenant tenant, List<String> ids) {
        Map<String, Object> data =
                query(viewer, """
                    query($tenant: String!, $ids: [ID!]!, $id: ID!) {
                      truck(tenant: $tenant, id: $id) { ...T }
                      trucks(tenant: $tenant, ids: $ids) { ...T }
                      mine(ids: $ids) { ...T }
                      around(tenant: $tenant) { trucks { ...T } }
                    }
                    fragment T on Truck { id version driver }
                    """, Map.of("tenant", tenant.name(), "ids", ids, "id", ids.getFirst()));
        List<@Nullable Map<String, @Nullable Object>> due = new ArrayList<>();
        ids.forEach(id -> due.add(due(viewer, tenant, id)));
        assertThat(data.get("truck")).as("%s of %s", viewer, tenant).isEqualTo(due.getFirst());
        assertThat(data.get("trucks")).as("%s of %s", viewer, tenant).isEqualTo(due);
        assertThat(data.get("mine"))
                .as("%s", viewer)
                .isEqualTo(
                        ids.stream().map(id -> due(viewer, viewer.tenant(), id)).toList());
        List<@Nullable Map<String, @Nullable Object>> around = new ArrayList<>();
        stored(tenant).forEach(truck -> around.add(due(viewer, tenant, truck.id())));
        assertThat(data.get("around"))
                .as("%s of %s", viewer, tenant)
                .isEqualTo(hidesSearch(viewer) ? null : Map.of("trucks", around));
        return due;
    }

    /** The expected results of the rules. */
    private @Nullable Map<String, @Nullable Object> due(Viewer viewer, Tenant tenant, String id) {
        Truck truck = (Truck) fixture.stored.get(new Truck.Key(tenant, id));
        if (truck == null || !viewer.tenant().equals(tenant)) {
            return null;
        }
        if (viewer.role() == Role.GUEST && fixture.now.getEpochSecond() % 120 >= 60) {
            return null;
        }
        boolean isTold = viewer.role() == Role.OPERATOR
                || viewer.role() == Role.DISPATCHER
                || (viewer.role() == Role.VENDOR && viewer.subject().equals(truck.driver()));
        return shown(id, truck.version(), isTold ? truck.driver() : null);
    }

    private void change() {
        Tenant tenant = one(TENANTS);
        String id = id();
        Truck before = (Truck) fixture.stored.get(new Truck.Key(tenant, id));
        Truck after = truck(tenant, id, before == null ? 1 : before.version() + 1, one(DRIVERS));
        fixture.write(after);
        computed.changed(after, before);
    }

    private String id() {
        return "k" + random.nextInt(6);
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private @Nullable Object cached(Viewer viewer) {
        return answer("truck", viewer);
    }

    private @Nullable Object answer(String field, Viewer viewer) {
        return query(viewer, "{ %s(tenant: \"acme\", id: \"k1\") { id version driver } }".formatted(field), Map.of())
                .get(field);
    }

    private static @Nullable Object unwrapped(@Nullable Object value) {
        return value instanceof List<?> list ? unwrapped(list.getFirst()) : value;
    }

    private static Map<String, @Nullable Object> shown(String id, int version, @Nullable String driver) {
        Map<String, @Nullable Object> shown = new HashMap<>();
        shown.put("id", id);
        shown.put("version", version);
        shown.put("driver", driver);
        return shown;
    }

    private static Truck truck(Tenant tenant, String id, int version, @Nullable String driver) {
        return Truck.of(tenant, id, version, Around.INSIDE, driver);
    }

    private List<Truck> stored(Tenant tenant) {
        return IntStream.range(0, 6)
                .mapToObj(i -> (Truck) fixture.stored.get(new Truck.Key(tenant, "k" + i)))
                .filter(Objects::nonNull)
                .toList();
    }

    private double count(String field, String result) {
        return fixture
                .meters
                .find("towline.cache.requests")
                .tag("field", "Query." + field)
                .tag("result", result)
                .counters()
                .stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private Map<String, Object> query(Viewer viewer, String document, Map<String, Object> variables) {
        ExecutionResult result = execute(viewer, document, variables);
        assertThat(result.getErrors()).isEmpty();
        return Objects.requireNonNull(result.getData());
    }

    private ExecutionResult execute(Viewer viewer, String document, Map<String, Object> variables) {
        return execute(viewer, new Question(document, null, variables, ""), Map.of());
    }

    private ExecutionResult execute(Viewer viewer, Question question, Map<?, Object> context) {
        DataLoaderRegistry loaders = DataLoaderRegistry.newRegistry()
                .register(
                        "trucks",
                        DataLoaderFactory.<Truck.Key, Truck>newMappedDataLoader((keys, environment) ->
                                fixture.cache.read(Truck.TABLE, keys, environment.getKeyContexts())))
                .build();
        return service.execute(ExecutionInput.newExecutionInput(question.document())
                .variables(new HashMap<>(question.variables()))
                .operationName(question.operation())
                .dataLoaderRegistry(loaders)
                .graphQLContext(context)
                .graphQLContext(
                        Map.of("viewer", viewer, DataLoaderDispatchingContextKeys.ENABLE_DATA_LOADER_CHAINING, true))
                .build());
    }

    private GraphQL service() {
        CacheWiring cache = new CacheWiring(
                new CacheSettings(true, DataSize.ofMegabytes(1), Map.of()), fixture.cache, computed, fixture.metrics);
        RuntimeWiring.Builder wiring = RuntimeWiring.newRuntimeWiring();
        for (RuntimeWiringConfigurer each : VisibilityWiring.with(
                builder -> builder.directiveWiring(cache),
                List.of(new NoNames(), new NothingAround(), new EvenMinutes(() -> fixture.now)))) {
            each.configure(wiring);
        }
        wiring.directiveWiring(new Futures());
        wiring.type(
                "Query",
                type -> type.dataFetcher("truck", environment -> load(environment, key(environment)))
                        .dataFetcher("trucks", environment -> loadMany(environment, argument(environment, "tenant")))
                        .dataFetcher(
                                "mine",
                                environment -> loadMany(
                                        environment,
                                        viewer(environment).tenant().name()))
                        .dataFetcher(
                                "around",
                                environment -> new Around(
                                        stored(new Tenant(argument(environment, "tenant"))), Around.AREA, true))
                        .dataFetcher("plain", this::found)
                        .dataFetcher("later", environment -> CompletableFuture.completedFuture(found(environment)))
                        .dataFetcher("mono", environment -> Mono.just(found(environment)))
                        .dataFetcher("list", environment -> List.of(found(environment)))
                        .dataFetcher("nested", environment -> List.of(List.of(found(environment))))
                        .dataFetcher(
                                "laterList",
                                environment -> CompletableFuture.completedFuture(List.of(found(environment))))
                        .dataFetcher("monoList", environment -> Mono.just(List.of(found(environment))))
                        .dataFetcher("set", environment -> Set.of(found(environment)))
                        .dataFetcher("stream", environment -> Stream.of(found(environment)))
                        .dataFetcher("array", environment -> new Truck[] {found(environment)})
                        .dataFetcher("optional", environment -> Optional.of(found(environment)))
                        .dataFetcher(
                                "result",
                                environment -> DataFetcherResult.newResult()
                                        .data(found(environment))
                                        .build())
                        .dataFetcher("flux", environment -> Flux.just(found(environment)))
                        .dataFetcher("inList", environment -> List.of(Optional.of(found(environment)))));
        wiring.type("Truck", type -> type.dataFetcher("partner", _ -> truck(Thing.ACME, "k9", 1, "dan")));
        return GraphQL.newGraphQL(Policies.schema(SCHEMA, wiring.build())).build();
    }

    private Truck found(DataFetchingEnvironment environment) {
        return (Truck) Objects.requireNonNull(fixture.stored.get(key(environment)));
    }

    private static Viewer viewer(DataFetchingEnvironment environment) {
        return Objects.requireNonNull(environment.getGraphQlContext().<Viewer>get("viewer"));
    }

    private static String argument(DataFetchingEnvironment environment, String name) {
        return Objects.requireNonNull(environment.<String>getArgument(name));
    }

    private static Truck.Key key(DataFetchingEnvironment environment) {
        return new Truck.Key(new Tenant(argument(environment, "tenant")), argument(environment, "id"));
    }

    private static CompletableFuture<Truck> load(DataFetchingEnvironment environment, Truck.Key key) {
        return Objects.requireNonNull(environment.<Truck.Key, Truck>getDataLoader("trucks"))
                .load(key);
    }

    private static CompletableFuture<List<Truck>> loadMany(DataFetchingEnvironment environment, String tenant) {
        List<Truck.Key> keys = new ArrayList<>();
        for (String id : Objects.requireNonNull(environment.<List<String>>getArgument("ids"))) {
            keys.add(new Truck.Key(new Tenant(tenant), id));
        }
        return Objects.requireNonNull(environment.<Truck.Key, Truck>getDataLoader("trucks"))
                .loadMany(keys);
    }
}
