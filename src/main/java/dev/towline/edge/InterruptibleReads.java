package dev.towline.edge;

import dev.towline.resolver.Cancellation;
import dev.towline.resolver.DescribedFetcher;
import graphql.TrivialDataFetcher;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.idl.SchemaDirectiveWiring;
import graphql.schema.idl.SchemaDirectiveWiringEnvironment;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the reads of a resolver end with their operation: {@link Cancellation#interrupting} executors know for which operation they work. A
 * field of {@code Mutation} runs to its end, because whatever follows its write must follow. Thread-safe.
 */
final class InterruptibleReads implements SchemaDirectiveWiring {

    private static final Set<String> NOT_INTERRUPTED = Set.of("Mutation", "Subscription");

    @Override
    public GraphQLFieldDefinition onField(SchemaDirectiveWiringEnvironment<GraphQLFieldDefinition> environment) {
        DataFetcher<?> resolver = environment.getFieldDataFetcher();
        return NOT_INTERRUPTED.contains(environment.getFieldsContainer().getName())
                        || resolver instanceof TrivialDataFetcher<?>
                ? environment.getElement()
                : environment.setFieldDataFetcher(new Interruptible(resolver));
    }

    private static final class Interruptible extends DescribedFetcher {

        Interruptible(DataFetcher<?> resolver) {
            super(resolver);
        }

        @Override
        public @Nullable Object get(DataFetchingEnvironment environment) throws Exception {
            Cancellation cancellation = environment.getGraphQlContext().get(Cancellation.class);
            return cancellation == null
                    ? resolver().get(environment)
                    : cancellation.during(() -> resolver().get(environment));
        }
    }
}
