package dev.towline.cache;

import graphql.schema.Coercing;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Cache policies in the notation of the schema. */
public final class Policies {

    /** The types that the schema file of the directive requires. */
    private static final String BESIDE =
            "scalar JSON type Mutation { nothing: Int } type Subscription { nothing: Int } ";

    private static final GraphQLScalarType JSON = GraphQLScalarType.newScalar()
            .name("JSON")
            .coercing(new Coercing<>() {})
            .build();

    private Policies() {}

    /** The policy of {@code @cache} with these arguments. */
    public static CachePolicy of(String arguments) {
        GraphQLSchema schema =
                schema("type Query { field: Int @cache(" + arguments + ") }", RuntimeWiring.MOCKED_WIRING);
        return CacheDirective.policy(
                "Query.field",
                Objects.requireNonNull(schema.getQueryType().getField("field").getAppliedDirective("cache")));
    }

    /** A schema with the directive. */
    public static GraphQLSchema schema(String types, RuntimeWiring wiring) {
        try {
            TypeDefinitionRegistry parsed =
                    new SchemaParser().parse(Files.readString(Path.of("schema", "cache.graphqls")) + BESIDE + types);
            RuntimeWiring whole = wiring.getScalars().containsKey(JSON.getName())
                    ? wiring
                    : wiring.transform(with -> with.scalar(JSON));
            return new SchemaGenerator().makeExecutableSchema(parsed, whole);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
