package dev.towline.cache;

import dev.towline.cache.EntityCache.Cached;
import dev.towline.store.EntityKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.dataloader.DataLoader;
import org.dataloader.DelegatingDataLoader;
import org.jspecify.annotations.Nullable;

/**
 * The DataLoader that the resolver of one cached field gets: answers from the memory of this instance what it can, at once, and leaves the
 * rest to the batch. As safe for threads as the one behind it.
 */
final class CachingDataLoader<K, V> extends DelegatingDataLoader<K, V> {

    private final CachePolicy policy;
    private final EntityCache cache;
    private final FieldLookup lookup;

    /** @param lookup is told what came of each key */
    CachingDataLoader(DataLoader<K, V> delegate, CachePolicy policy, EntityCache cache, FieldLookup lookup) {
        super(delegate);
        this.policy = policy;
        this.cache = cache;
        this.lookup = lookup;
    }

    @Override
    public CompletableFuture<V> load(K key) {
        return load(key, null);
    }

    @Override
    public CompletableFuture<V> load(K key, @Nullable Object context) {
        if (!(key instanceof EntityKey entity)) {
            return super.load(key, context);
        }
        if (!policy.enabled()) {
            lookup.found(LookupResult.bypass("off"));
            return super.load(key, context);
        }
        Cached cached = cache.look(entity, policy);
        if (cached.result().serves()) {
            lookup.found(cached.result());
            Object value = cached.entry().value();
            if (value != null) {
                cache.used(entity);
            }
            return completed(value);
        }
        KeyContext ask = new KeyContext(policy, cached.result());
        return super.load(key, ask)
                .whenComplete((_, failure) -> {
                    if (failure == null) {
                        LookupResult outcome = ask.outcome;
                        lookup.found(
                                outcome == null
                                        ? new LookupResult(CacheStatus.HIT, Tier.REQUEST, null, null, null)
                                        : outcome);
                    }
                })
                .exceptionallyCompose(failure -> afterError(entity, failure))
                .whenComplete((value, _) -> {
                    if (value != null) {
                        cache.used(entity);
                    }
                });
    }

    private CompletableFuture<V> afterError(EntityKey key, Throwable failure) {
        Cached cached = cache.lookAfterError(key, policy);
        if (!cached.result().serves()) {
            return CompletableFuture.failedFuture(failure);
        }
        lookup.found(cached.result());
        return completed(cached.entry().value());
    }

    @SuppressWarnings({"unchecked", "NullAway"
    }) // under this key there is nothing else; null is how a loader says that there is nothing
    private static <V> CompletableFuture<V> completed(@Nullable Object value) {
        return CompletableFuture.completedFuture((V) value);
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
