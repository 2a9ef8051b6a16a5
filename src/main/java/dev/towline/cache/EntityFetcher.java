package dev.towline.cache;

import dev.towline.resolver.DescribedFetcher;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.DelegatingDataFetchingEnvironment;
import org.dataloader.DataLoader;
import org.jspecify.annotations.Nullable;

/** Wraps the resolver of a cached field with entities, and gives it DataLoaders that search the cache first. Thread-safe. */
final class EntityFetcher extends DescribedFetcher {

    private final CachedField field;
    private final EntityCache cache;

    EntityFetcher(DataFetcher<?> resolver, CachedField field, EntityCache cache) {
        super(resolver);
        this.field = field;
        this.cache = cache;
    }

    @Override
    public @Nullable Object get(DataFetchingEnvironment environment) throws Exception {
        return resolver().get(new DelegatingDataFetchingEnvironment(environment) {
            @Override
            public <K, V> @Nullable DataLoader<K, V> getDataLoader(String name) {
                DataLoader<K, V> loader = super.getDataLoader(name);
                return loader == null ? null : new CachingDataLoader<>(loader, field, cache, environment);
            }
        });
    }
}
