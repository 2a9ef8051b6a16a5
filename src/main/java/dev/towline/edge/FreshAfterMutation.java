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
 * Lets the loaders of a request forget what they have loaded once a mutation is done: where an operation has several, what the one has shown
 * is old after the next. They are carried out one after the other, each with all that is selected of it. Thread-safe.
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
                case Mono<?> later -> later.doOnTerminate(() -> forget(environment));
                case CompletionStage<?> later -> later.whenComplete((_, _) -> forget(environment));
                case null -> null;
                case Object done -> {
                    forget(environment);
                    yield done;
                }
            };
        }

        private static void forget(DataFetchingEnvironment environment) {
            environment.getDataLoaderRegistry().getDataLoaders().forEach(DataLoader::clearAll);
        }
    }
}
