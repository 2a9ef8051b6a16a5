package dev.towline.cache;

import dev.towline.resolver.DescribedFetcher;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.DelegatingDataFetchingEnvironment;
import org.dataloader.DataLoader;
import org.jspecify.annotations.Nullable;

/** Stands in front of the resolver of a cached field that yields entities. Thread-safe. */
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
        FieldLookup lookup = new FieldLookup(field, environment);
        return resolver().get(new DelegatingDataFetchingEnvironment(environment) {
            @Override
            public <K, V> @Nullable DataLoader<K, V> getDataLoader(String name) {
                DataLoader<K, V> loader = super.getDataLoader(name);
                return loader == null ? null : new CachingDataLoader<>(loader, field.policy(), cache, lookup);
            }
        });
    }
}
