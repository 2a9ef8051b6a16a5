package dev.towline.cache;

import dev.towline.resolver.DescribedFetcher;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import org.jspecify.annotations.Nullable;

/** Wraps a resolver without {@code @cache}: nobody would notice when its value changes, so an answer with it is not remembered. Thread-safe. */
final class UncachedFetcher extends DescribedFetcher {

    UncachedFetcher(DataFetcher<?> resolver) {
        super(resolver);
    }

    @Override
    public @Nullable Object get(DataFetchingEnvironment environment) throws Exception {
        Provenance provenance = Provenance.in(environment.getGraphQlContext());
        if (provenance != null) {
            provenance.hasOther();
        }
        return resolver().get(environment);
    }
}
