package dev.towline.store;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.dataloader.BatchLoaderEnvironment;
import org.springframework.util.function.SingletonSupplier;
import reactor.core.publisher.Mono;

/** Makes the batch functions of DataLoaders that read entities by key. Thread-safe, does not block. */
public final class BatchReads {

    private final SingletonSupplier<EntityReads> reads;

    /** @param reads resolved at the first read, because the bean may itself depend on the store */
    BatchReads(SingletonSupplier<EntityReads> reads) {
        this.reads = reads;
    }

    /** The batch function of a mapped DataLoader for this table. Its result has no entry for a key that does not exist. */
    public <K extends EntityKey, T extends Entity> BiFunction<Set<K>, BatchLoaderEnvironment, Mono<Map<K, T>>> of(
            Table<T> table) {
        return (keys, environment) -> Mono.fromFuture(
                () -> reads.obtain()
                        .read(table, keys, environment.getKeyContexts(), environment.getContext())
                        .toCompletableFuture(),
                // The load may be shared with other requests, so a cancelled request must not cancel it.
                true);
    }

    /** Reads without a cache, each batch on its own virtual thread. */
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
