package dev.towline.cache;

import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.DelegatingDataFetchingEnvironment;
import java.util.Map;
import org.dataloader.DataLoader;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.graphql.execution.SelfDescribingDataFetcher;

/** Stands in front of the resolver of a cached field that yields entities. Thread-safe. */
final class CachedFetcher implements SelfDescribingDataFetcher<Object> {

    private final DataFetcher<?> resolver;
    private final CachedField field;

    CachedFetcher(DataFetcher<?> resolver, CachedField field) {
        this.resolver = resolver;
        this.field = field;
    }

    @Override
    public @Nullable Object get(DataFetchingEnvironment environment) throws Exception {
        Lookup lookup = new Lookup(field, environment);
        return resolver.get(new DelegatingDataFetchingEnvironment(environment) {
            @Override
            public <K, V> @Nullable DataLoader<K, V> getDataLoader(String name) {
                DataLoader<K, V> loader = super.getDataLoader(name);
                return loader == null ? null : new CachedLoader<>(loader, field, lookup);
            }
        });
    }

    // Spring asks for these at start, to check resolvers against the schema.

    @Override
    public String getDescription() {
        return resolver instanceof SelfDescribingDataFetcher<?> known
                ? known.getDescription()
                : resolver.getClass().getName();
    }

    @Override
    public ResolvableType getReturnType() {
        return resolver instanceof SelfDescribingDataFetcher<?> known
                ? known.getReturnType()
                : ResolvableType.forClass(Object.class);
    }

    @Override
    public Map<String, ResolvableType> getArguments() {
        return resolver instanceof SelfDescribingDataFetcher<?> known ? known.getArguments() : Map.of();
    }
}
