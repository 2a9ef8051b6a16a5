package dev.towline.cache;

import dev.towline.resolver.DescribedFetcher;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.DelegatingDataFetchingEnvironment;
import org.dataloader.DataLoader;
import org.jspecify.annotations.Nullable;

/** Stands in front of the resolver of a cached field that yields entities. Thread-safe. */
final class CachedFetcher extends DescribedFetcher {

    private final CachedField field;
    private final EntityCache cache;

    CachedFetcher(DataFetcher<?> resolver, CachedField field, EntityCache cache) {
        super(resolver);
        this.field = field;
        this.cache = cache;
    }

    @Override
    public @Nullable Object get(DataFetchingEnvironment environment) throws Exception {
        Lookup lookup = new Lookup(field, environment);
        return resolver().get(new DelegatingDataFetchingEnvironment(environment) {
            @Override
            public <K, V> @Nullable DataLoader<K, V> getDataLoader(String name) {
                DataLoader<K, V> loader = super.getDataLoader(name);
                return loader == null ? null : new CachedLoader<>(loader, field.policy(), cache, lookup);
            }
        });
    }
}
