package dev.towline.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.schema.DataFetcher;
import graphql.schema.idl.RuntimeWiring;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Equality of the keys of computed values. */
class ComputedKeyTests {

    private static final String SCHEMA = """
        type Query {
          around(query: String, near: Near, first: Int = 20, tags: [String], order: Order = NEAREST): Answer
          truck: Truck
          nobody: Nobody
        }
        enum Order { NEAREST BEST }
        input Near { latitude: Float!, longitude: Float!, radius: Float = 10, note: String, deeper: Near }
        type Truck { id: ID!, around(first: Int = 3): Answer }
        type Nobody { around: Answer }
        type Answer { count: Int, more: Int }
        """;
    private static final Viewer DORA = new Viewer(Role.DISPATCHER, "dora", Thing.ACME);
    private static final CachePolicy PUBLIC = Policies.of("ttlSeconds: 10, scope: PUBLIC");
    private static final CachePolicy PRIVATE = Policies.of("ttlSeconds: 10, scope: PRIVATE");

    private CachePolicy policy = PUBLIC;
    private String parent = "k1";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        around                                              | around(query: null)
        around                                              | around(first: 20)
        around                                              | around(first: null)
        around                                              | around(first: 20, order: NEAREST, query: null, tags: null, near: null)
        around(query: 'a', first: 5)                        | around(first: 5, query: 'a')
        around(near: {latitude: 1, longitude: 2})           | around(near: {longitude: 2.0, latitude: 1.0})
        around(near: {latitude: 1, longitude: 2})           | around(near: {latitude: 1, longitude: 2, radius: 10})
        around(near: {latitude: 1, longitude: 2})           | around(near: {latitude: 1, longitude: 2, note: null, deeper: null})
        around(near: {latitude: 1, longitude: 2, deeper: {latitude: 3, longitude: 4}}) | around(near: {latitude: 1, longitude: 2, deeper: {latitude: 3, longitude: 4, note: null}})
        around(tags: 'x')                                   | around(tags: ['x'])
        truck { around }                                    | truck { around(first: 3) }
        """)
    void isEqualForEquivalentArguments(String one, String other) {
        assertThat(key(one)).isEqualTo(key(other)).hasSameHashCodeAs(key(other));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        around                                              | around(first: 3)
        around(query: 'a')                                  | around(query: 'b')
        around(query: 'a')                                  | around(tags: ['a'])
        around(query: '')                                   | around
        around(order: BEST)                                 | around
        around(tags: ['a', 'b'])                            | around(tags: ['b', 'a'])
        around(tags: ['a', null])                           | around(tags: ['a'])
        around(tags: [])                                    | around
        around(near: {latitude: 1, longitude: 2})           | around
        around(near: {latitude: 1, longitude: 2})           | around(near: {latitude: 2, longitude: 1})
        around(near: {latitude: 1, longitude: 2})           | around(near: {latitude: 1, longitude: 2, radius: 11})
        around(near: {latitude: 1, longitude: 2, deeper: {latitude: 3, longitude: 4}}) | around(near: {latitude: 1, longitude: 2, deeper: {latitude: 3, longitude: 5}})
        truck { around }                                    | around
        """)
    void differsForDifferentArguments(String one, String other) {
        assertThat(key(one)).isNotEqualTo(key(other));
    }

    @Test
    void isEqualForVariablesAndLiterals() {
        Map<String, @Nullable Object> near = new HashMap<>(Map.of("latitude", 1, "longitude", 2));
        near.put("note", null);
        Map<String, @Nullable Object> variables = new HashMap<>();
        variables.put("near", near);
        variables.put("tags", Arrays.asList("a", null));
        variables.put("first", null);
        assertThat(key(
                        "query($near: Near, $tags: [String], $first: Int, $query: String)"
                                + " { around(near: $near, tags: $tags, first: $first, query: $query) { count } }",
                        variables,
                        DORA))
                .isEqualTo(key("around(near: {latitude: 1, longitude: 2}, tags: ['a', null])"));
    }

    @Test
    void doesNotDependOnTheSelection() {
        assertThat(key("{ around { count } }", Map.of(), DORA))
                .isEqualTo(key("{ alias: around { m: more ...F } } fragment F on Answer { count }", Map.of(), DORA));
    }

    @Test
    void differsForEachTenant() {
        Viewer elsewhere = new Viewer(Role.DISPATCHER, "dora", new Tenant("zenith"));
        assertThat(key("{ around { count } }", Map.of(), elsewhere)).isNotEqualTo(key("around"));
    }

    @Test
    void isSharedByTheViewersOfATenantUnlessPrivate() {
        Viewer other = new Viewer(Role.DISPATCHER, "dan", Thing.ACME);
        Viewer sameNameOtherRole = new Viewer(Role.GUEST, "dora", Thing.ACME);
        assertThat(key("{ around { count } }", Map.of(), other)).isEqualTo(key("around"));
        policy = PRIVATE;
        assertThat(key("around")).isEqualTo(key("around"));
        assertThat(key("{ around { count } }", Map.of(), other)).isNotEqualTo(key("around"));
        assertThat(key("{ around { count } }", Map.of(), sameNameOtherRole)).isNotEqualTo(key("around"));
    }

    @Test
    void differsForEachParent() {
        ComputedKey ofFirst = key("truck { around }");
        parent = "k2";
        assertThat(key("truck { around }")).isNotEqualTo(ofFirst);
    }

    @Test
    void isNullIfTheParentIsNotAnEntity() {
        List<@Nullable ComputedKey> keys = keys("{ nobody { around { count } } }", Map.of(), DORA);
        assertThat(keys).hasSize(1).containsOnlyNulls();
    }

    /** The key of a field. In the text, {@code '} stands for {@code "}. */
    private ComputedKey key(String field) {
        String document = field.endsWith("}") && field.startsWith("truck")
                ? field.replace(" }", " { count } }")
                : field + " { count }";
        return key("{ " + document.replace('\'', '"') + " }", Map.of(), DORA);
    }

    private ComputedKey key(String document, Map<String, ?> variables, Viewer viewer) {
        ComputedKey key = keys(document, variables, viewer).getFirst();
        assertThat(key).isNotNull();
        return Objects.requireNonNull(key);
    }

    private List<@Nullable ComputedKey> keys(String document, Map<String, ?> variables, Viewer viewer) {
        List<@Nullable ComputedKey> keys = new ArrayList<>();
        DataFetcher<Object> around = environment -> {
            keys.add(ComputedKey.of(policy, environment));
            return Map.of("count", 0, "more", 0);
        };
        RuntimeWiring wiring = RuntimeWiring.newRuntimeWiring()
                .type(
                        "Query",
                        type -> type.dataFetcher("around", around)
                                .dataFetcher("truck", _ -> Truck.of(Thing.ACME, parent, 1, Around.INSIDE, null))
                                .dataFetcher("nobody", _ -> "nobody"))
                .type("Truck", type -> type.dataFetcher("around", around))
                .type("Nobody", type -> type.dataFetcher("around", around))
                .build();
        ExecutionResult result = GraphQL.newGraphQL(Policies.schema(SCHEMA, wiring))
                .build()
                .execute(ExecutionInput.newExecutionInput(document)
                        .variables(new HashMap<>(variables))
                        .graphQLContext(Map.of(Viewer.CONTEXT_KEY, viewer))
                        .build());
        assertThat(result.getErrors()).isEmpty();
        assertThat(keys).isNotEmpty();
        return keys;
    }
}
