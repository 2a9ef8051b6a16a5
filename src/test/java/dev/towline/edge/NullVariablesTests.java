package dev.towline.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.edge.scalar.JsonScalar;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Null variables, with a schema that has more cases than that of the service. */
class NullVariablesTests {

    private static final String SCHEMA = """
        type Query { node(n: Int! = 5, in: In, list: [[Int!]!], single: [In!], j: Any): Node  needed(n: Int!): Int }
        interface Node { id: ID  deep(n: Int! = 1): Node }
        type A implements Node { id: ID  deep(n: Int! = 1): Node  own(n: Int! = 1): Int }
        input In { n: Int! = 1  maybe: Int  in: In }
        scalar Any
        """;

    private final Set<String> executed = ConcurrentHashMap.newKeySet();

    private final GraphQL graphQl =
            GraphQL.newGraphQL(schema()).instrumentation(new OperationGate()).build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "query($v: Int) { node(n: $v) { id } } | n",
                "query($v: Int = 1) { node(n: $v) { id } } | n",
                "query($v: Int) { node(in: {n: $v}) { id } } | in.n",
                "query($v: Int) { node(in: {in: {in: {n: $v}}}) { id } } | in.in.in.n",
                "query($v: Int = 1) { node(list: [[1], [1, $v]]) { id } } | list[1][1]",
                "query($v: [Int!] = [1]) { node(list: [[1], $v]) { id } } | list[1]",
                "query($v: Int) { node(single: {n: $v}) { id } } | single.n",
                "query($v: In = {}) { node(single: [$v]) { id } } | single[0]",
                "query($v: Int) { node { deep { deep(n: $v) { id } } } } | n",
                "query($v: Int) { node { ... on A { own(n: $v) } } } | n",
                "query($v: Int) { node { ...F } } fragment F on A { deep { ...G } } fragment G on Node { deep(n: $v)"
                        + " { id } } | n",
                "query($v: Int, $no: Boolean = false) { node { id @skip(if: $no) deep(n: $v) @include(if: true) { id }"
                        + " } } | n",
                "query($v: Boolean = true, $n: Int) { node @skip(if: $v) { deep(n: $n) { id } } } | if"
            })
    void rejectsNullWhereAValueIsRequired(String document, String argument) {
        GraphQLError error = execute(document).getErrors().getFirst();

        assertThat(error.getExtensions()).containsEntry("code", "BAD_INPUT").containsEntry("argument", argument);
        assertThat(executed).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "query($v: Int) { node(in: {maybe: $v}) { id } }",
                "query($v: In) { node(in: {in: $v}) { id } }",
                "query($v: Int) { node(j: {a: [$v]}) { id } }",
                "query($v: [[Int!]!]) { node(list: $v) { id } }",
                "query($v: Int = 1) { node { id } needed(n: $v) @include(if: false) }",
                "query($v: Int = 1, $no: Boolean = false) { node { id ...F @include(if: $no) } } fragment F on Node {"
                        + " deep(n: $v) { id } }",
                "query($v: Int = 1) { node { id ... @skip(if: true) { deep(n: $v) { id } } } }"
            })
    void acceptsNullWhereItIsAllowedOrNotExecuted(String document) {
        assertThat(execute(document).getErrors()).isEmpty();
        assertThat(executed).isNotEmpty();
    }

    private ExecutionResult execute(String document) {
        Map<String, @Nullable Object> variables = new HashMap<>();
        variables.put("v", null);
        return graphQl.execute(
                ExecutionInput.newExecutionInput(document).variables(variables).build());
    }

    private GraphQLSchema schema() {
        TypeDefinitionRegistry types = new SchemaParser().parse(SCHEMA);
        return new SchemaGenerator()
                .makeExecutableSchema(
                        types,
                        RuntimeWiring.newRuntimeWiring()
                                .scalar(JsonScalar.TYPE.transform(type -> type.name("Any")))
                                .type(
                                        "Node",
                                        type -> type.typeResolver(environment ->
                                                environment.getSchema().getObjectType("A")))
                                .type(
                                        "Query",
                                        type -> type.dataFetcher("node", environment -> {
                                            executed.add("node");
                                            return Map.of("id", 1);
                                        }))
                                .build());
    }
}
