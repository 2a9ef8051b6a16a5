package dev.towline.edge;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionInput;
import graphql.GraphQL;
import graphql.schema.DataFetcher;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderFactory;
import org.dataloader.DataLoaderRegistry;
import org.junit.jupiter.api.Test;

class DataLoaderClearingTests {

    private final DataLoader<String, Integer> loader = DataLoaderFactory.newDataLoader(
            keys -> CompletableFuture.completedFuture(keys.stream().map(_ -> 0).toList()));
    private final AtomicInteger stored = new AtomicInteger();

    @Test
    void clearsAfterAValue() {
        assertThat(remembersAfter(_ -> 1)).isFalse();
    }

    @Test
    void clearsAfterNull() {
        assertThat(remembersAfter(_ -> null)).isFalse();
    }

    @Test
    void clearsAfterAFailure() {
        assertThat(remembersAfter(_ -> {
                    throw new IllegalStateException("refused");
                }))
                .isFalse();
    }

    @Test
    void clearsWhenALaterValueIsThere() {
        assertThat(remembersAfter(_ -> CompletableFuture.supplyAsync(stored::incrementAndGet)))
                .isFalse();
    }

    /** Whether the DataLoader still has what it had loaded before a mutation field with that resolver. */
    private boolean remembersAfter(DataFetcher<?> resolver) {
        var schema = new SchemaGenerator()
                .makeExecutableSchema(
                        new SchemaParser().parse("type Query { a: Int } type Mutation { a: Int }"),
                        RuntimeWiring.newRuntimeWiring()
                                .type("Mutation", type -> type.dataFetcher("a", resolver))
                                .directiveWiring(new DataLoaderClearing())
                                .build());
        loader.prime("k", 7);
        var registry =
                DataLoaderRegistry.newRegistry().register("loader", loader).build();
        GraphQL.newGraphQL(schema)
                .build()
                .execute(ExecutionInput.newExecutionInput("mutation { a }")
                        .dataLoaderRegistry(registry)
                        .build());
        return loader.getIfPresent("k").isPresent();
    }
}
