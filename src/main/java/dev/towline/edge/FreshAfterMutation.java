package dev.towline.edge;

import dev.towline.resolver.DescribedFetcher;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.idl.SchemaDirectiveWiring;
import graphql.schema.idl.SchemaDirectiveWiringEnvironment;
import java.util.concurrent.CompletionStage;
import org.dataloader.DataLoader;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Clears the DataLoaders of a request after each mutation field. An operation may have several of them, executed one after another, and a
 * later one must not show entities that were loaded before. Thread-safe.
 */
final class FreshAfterMutation implements SchemaDirectiveWiring {

    private static final String MUTATION = "Mutation";

    @Override
    public GraphQLFieldDefinition onField(SchemaDirectiveWiringEnvironment<GraphQLFieldDefinition> environment) {
        if (!environment.getFieldsContainer().getName().equals(MUTATION)) {
            return environment.getElement();
        }
        return environment.setFieldDataFetcher(new Resolver(environment.getFieldDataFetcher()));
    }

    private static final class Resolver extends DescribedFetcher {

        Resolver(DataFetcher<?> resolver) {
            super(resolver);
        }

        @Override
        public @Nullable Object get(DataFetchingEnvironment environment) throws Exception {
            return switch (resolver().get(environment)) {
                case Mono<?> later -> later.doOnTerminate(() -> clearLoaders(environment));
                case CompletionStage<?> later -> later.whenComplete((_, _) -> clearLoaders(environment));
                case null -> null;
                case Object done -> {
                    clearLoaders(environment);
                    yield done;
                }
            };
        }

        private static void clearLoaders(DataFetchingEnvironment environment) {
            environment.getDataLoaderRegistry().getDataLoaders().forEach(DataLoader::clearAll);
        }
    }
}
