package dev.towline.cache;

import dev.towline.resolver.Cancellation;
import dev.towline.store.EntityKey;
import graphql.schema.DataFetchingEnvironment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.dataloader.DataLoader;
import org.dataloader.DelegatingDataLoader;
import org.jspecify.annotations.Nullable;

/**
 * The DataLoader for the resolver of a cached field. If this instance has the entry of a key in memory, it returns the value at once. It
 * passes all other keys to the wrapped DataLoader, which loads them in a batch. The context that a caller gives for an entity key is replaced
 * by a {@link KeyContext}. It is as thread-safe as the wrapped DataLoader.
 */
final class CachingDataLoader<K, V> extends DelegatingDataLoader<K, V> {

    private final CachedField field;
    private final EntityCache cache;
    private final DataFetchingEnvironment environment;

    /** @param environment the environment of the cached field; lookup results are reported for its path */
    CachingDataLoader(
            DataLoader<K, V> delegate, CachedField field, EntityCache cache, DataFetchingEnvironment environment) {
        super(delegate);
        this.field = field;
        this.cache = cache;
        this.environment = environment;
    }

    @Override
    public CompletableFuture<V> load(K key) {
        return load(key, null);
    }

    @Override
    public CompletableFuture<V> load(K key, @Nullable Object context) {
        Provenance provenance = Provenance.in(environment.getGraphQlContext());
        if (!(key instanceof EntityKey entity)) {
            if (provenance != null) {
                provenance.hasOther();
            }
            return super.load(key, context);
        }
        CachePolicy policy = field.policy();
        if (!policy.enabled()) {
            field.onLookup(environment, LookupResult.bypass("off"));
            if (provenance != null) {
                provenance.hasOther();
            }
            return super.load(key, context);
        }
        EntityEntry entry = cache.get(entity);
        LookupResult result = cache.lookup(entity, entry, policy);
        if (entry != null && result.serves()) {
            field.onLookup(environment, result);
            recordUse(entity, entry.value());
            if (provenance != null) {
                provenance.add(field.isPrivate(), cache.ingredient(field, entity, entry.value()));
            }
            return completed(entry);
        }
        KeyContext keyContext =
                new KeyContext(policy, result, environment.getGraphQlContext().get(Cancellation.class));
        return super.load(key, keyContext)
                .whenComplete((_, failure) -> {
                    if (failure == null) {
                        field.onLookup(
                                environment, Objects.requireNonNullElse(keyContext.outcome, LookupResult.REPEATED));
                    }
                })
                .exceptionallyCompose(failure -> afterError(entity, failure))
                .whenComplete((value, _) -> {
                    recordUse(entity, value);
                    if (provenance != null) {
                        // Also of a failed load, which finds no entry or a stale one.
                        provenance.add(field.isPrivate(), cache.ingredient(field, entity, value));
                    }
                });
    }

    private void recordUse(EntityKey key, @Nullable Object value) {
        if (value != null) {
            cache.used(key);
        }
    }

    private CompletableFuture<V> afterError(EntityKey key, Throwable failure) {
        EntityEntry entry = cache.get(key);
        LookupResult result = cache.lookupAfterError(key, entry, field.policy());
        if (entry == null || !result.serves()) {
            return CompletableFuture.failedFuture(failure);
        }
        field.onLookup(environment, result);
        return completed(entry);
    }

    @SuppressWarnings({"unchecked", "NullAway"
    }) // the entry was stored under this key, so its value is a V; null means that there is no entity
    private static <V> CompletableFuture<V> completed(EntityEntry entry) {
        return CompletableFuture.completedFuture((V) entry.value());
    }

    @Override
    public CompletableFuture<List<V>> loadMany(List<K> keys) {
        return loadMany(keys, List.of());
    }

    @Override
    public CompletableFuture<List<V>> loadMany(List<K> keys, List<Object> contexts) {
        List<CompletableFuture<V>> loads = new ArrayList<>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            loads.add(load(keys.get(i), i < contexts.size() ? contexts.get(i) : null));
        }
        return CompletableFuture.allOf(loads.toArray(CompletableFuture<?>[]::new))
                .thenApply(_ -> {
                    List<V> values = new ArrayList<>(loads.size());
                    loads.forEach(load -> values.add(load.join()));
                    return values;
                });
    }

    @Override
    public CompletableFuture<Map<K, V>> loadMany(Map<K, ?> keysAndContexts) {
        List<K> keys = List.copyOf(keysAndContexts.keySet());
        return loadMany(keys).thenApply(values -> {
            Map<K, V> found = new LinkedHashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                found.put(keys.get(i), values.get(i));
            }
            return found;
        });
    }
}
