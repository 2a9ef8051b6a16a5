package dev.towline.edge.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.language.Document;
import graphql.language.OperationDefinition;
import graphql.parser.Parser;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the limits cost a request whose document is cached, beside its execution by graphql-java from memory, without a transport. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LimitBenchmark {

    private static final String SCHEMA = """
        type Query { list(first: Int = 20): Connection! }
        type Connection { edges: [Edge!]! pageInfo: PageInfo! }
        type PageInfo { hasNextPage: Boolean! endCursor: String }
        type Edge { cursor: String! node: Vendor! }
        type Vendor { id: ID! name: String! rating: Float position: Position! version: Int! }
        type Position { latitude: Float! longitude: Float! }
        """;

    private static final String DOCUMENT =
            "query List($first: Int) { list(first: $first) { edges { cursor node { id name"
                    + " rating version position { latitude longitude } } } pageInfo { hasNextPage endCursor } } }";

    private static final Map<String, Object> VARIABLES = Map.of("first", 20);

    private static final LimitSettings LIMITS = new LimitSettings(
            20_000, 1000, 50, 15, 50, 1000, 30, 20, 50, 262_144, 10, 5000, 1000, Duration.ofSeconds(10), false);

    private final Cache<OperationDefinition, CostPlan> plans =
            Caffeine.newBuilder().weakKeys().build();
    private final Document document = Parser.parse(DOCUMENT);
    private final OperationDefinition operation =
            document.getFirstDefinitionOfType(OperationDefinition.class).orElseThrow();

    @SuppressWarnings("NullAway.Init") // JMH calls open() first
    private GraphQLSchema schema;

    @SuppressWarnings("NullAway.Init")
    private GraphQL graphQl;

    @Setup
    public void open() {
        schema = new SchemaGenerator()
                .makeExecutableSchema(
                        new SchemaParser().parse(SCHEMA),
                        RuntimeWiring.newRuntimeWiring()
                                .type("Query", type -> type.dataFetcher("list", _ -> connection()))
                                .build());
        PreparsedDocumentEntry parsed = new PreparsedDocumentEntry(document);
        graphQl = GraphQL.newGraphQL(schema)
                .preparsedDocumentProvider((_, _) -> CompletableFuture.completedFuture(parsed))
                .build();
    }

    private static Map<String, Object> connection() {
        Map<String, Object> vendor = Map.of(
                "id",
                "v1",
                "name",
                "Ace",
                "rating",
                4.5,
                "version",
                7,
                "position",
                Map.of("latitude", 45.5, "longitude", -122.6));
        return Map.of(
                "edges", Collections.nCopies(20, Map.of("cursor", "c", "node", vendor)),
                "pageInfo", Map.of("hasNextPage", false, "endCursor", "c"));
    }

    @Benchmark
    public int limits() {
        RequestSize.check(DOCUMENT, VARIABLES, LIMITS);
        int cost = plans.get(operation, each -> CostPlanner.plan(schema, each, Map.of()))
                .with(VARIABLES);
        LimitSettings.requireAtMost(LIMITS.cost(), cost, "cost", "points of cost");
        return cost;
    }

    @Benchmark
    public ExecutionResult execution() {
        return graphQl.execute(
                ExecutionInput.newExecutionInput(DOCUMENT).variables(VARIABLES).build());
    }

    /** Once for each document that is not cached. */
    @Benchmark
    public List<Object> firstTime() {
        DocumentShape.check(document, LIMITS);
        return List.of(CostPlanner.plan(schema, operation, Map.of()));
    }

    /** What the first time is added to, without the validation. */
    @Benchmark
    public Document parsing() {
        return Parser.parse(DOCUMENT);
    }
}
