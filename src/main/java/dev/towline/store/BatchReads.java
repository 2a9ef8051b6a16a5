package dev.towline.store;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.dataloader.BatchLoaderEnvironment;
import org.springframework.util.function.SingletonSupplier;
import reactor.core.publisher.Mono;

/** Turns reads by key into batch functions of DataLoaders. Thread-safe, does not block. */
public final class BatchReads {

    private final SingletonSupplier<EntityReads> reads;

    /** @param reads looked up at the first read: it may itself need the store */
    BatchReads(SingletonSupplier<EntityReads> reads) {
        this.reads = reads;
    }

    /** The batch function that reads from this table, to be registered for a mapped DataLoader; keys without a value are left out. */
    public <K extends EntityKey, T extends Entity> BiFunction<Set<K>, BatchLoaderEnvironment, Mono<Map<K, T>>> of(
            Table<T> table) {
        return (keys, environment) -> Mono.fromFuture(
                () -> reads.obtain()
                        .read(table, keys, environment.getKeyContexts())
                        .toCompletableFuture(),
                // somebody else may wait for the same answer, so whoever goes away leaves it running
                true);
    }

    /** Reads without any cache, each batch on a virtual thread of its own. */
    static EntityReads straight(Store store) {
        return new EntityReads() {
            @Override
            public <K extends EntityKey, T extends Entity> CompletionStage<Map<K, T>> read(
                    Table<T> table, Set<K> keys, Map<Object, Object> contexts) {
                return CompletableFuture.supplyAsync(() -> store.getAll(table, keys), Thread::startVirtualThread);
            }
        };
    }
}
