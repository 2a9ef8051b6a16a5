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
 * Clears the DataLoaders of a request after each mutation field. An operation may have several mutation fields, which run one after
 * another. A later field must not return entities that were loaded before an earlier field changed them. Thread-safe.
 */
final class DataLoaderClearing implements SchemaDirectiveWiring {

    private static final String MUTATION = "Mutation";

    @Override
    public GraphQLFieldDefinition onField(SchemaDirectiveWiringEnvironment<GraphQLFieldDefinition> environment) {
        if (!environment.getFieldsContainer().getName().equals(MUTATION)) {
            return environment.getElement();
        }
        return environment.setFieldDataFetcher(new ClearingFetcher(environment.getFieldDataFetcher()));
    }

    private static final class ClearingFetcher extends DescribedFetcher {

        ClearingFetcher(DataFetcher<?> resolver) {
            super(resolver);
        }

        @Override
        public @Nullable Object get(DataFetchingEnvironment environment) throws Exception {
            Object result;
            try {
                result = resolver().get(environment);
            } finally {
                clearLoaders(environment);
            }
            return switch (result) {
                case Mono<?> later -> later.doOnTerminate(() -> clearLoaders(environment));
                case CompletionStage<?> later -> later.whenComplete((_, _) -> clearLoaders(environment));
                case null -> null;
                case Object done -> done;
            };
        }

        private static void clearLoaders(DataFetchingEnvironment environment) {
            environment.getDataLoaderRegistry().getDataLoaders().forEach(DataLoader::clearAll);
        }
    }
}
