package dev.towline.store;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import org.dataloader.BatchLoaderEnvironment;
import org.springframework.util.function.SingletonSupplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Turns reads by key into batch functions of DataLoaders, each call on a virtual thread of its own. Thread-safe. */
public final class BatchReads {

    private static final Scheduler VIRTUAL_THREADS =
            Schedulers.fromExecutor(Executors.newVirtualThreadPerTaskExecutor());

    private final SingletonSupplier<EntityReads> reads;

    /** @param reads looked up at the first read: it may itself need the store */
    BatchReads(SingletonSupplier<EntityReads> reads) {
        this.reads = reads;
    }

    /** The batch function that reads from this table, to be registered for a mapped DataLoader; keys without a value are left out. */
    public <K extends EntityKey, T extends Entity> BiFunction<Set<K>, BatchLoaderEnvironment, Mono<Map<K, T>>> of(
            Table<T> table) {
        return (keys, environment) -> Mono.fromCallable(
                        () -> reads.obtain().read(table, keys, environment.getKeyContexts()))
                .subscribeOn(VIRTUAL_THREADS)
                // somebody else may wait for the same answer, so whoever goes away leaves it running
                .flatMap(read -> Mono.fromFuture(read.toCompletableFuture(), true));
    }

    /** Reads without any cache. */
    static EntityReads straight(Store store) {
        return new EntityReads() {
            @Override
            public <K extends EntityKey, T extends Entity> CompletionStage<Map<K, T>> read(
                    Table<T> table, Set<K> keys, Map<Object, Object> contexts) {
                return CompletableFuture.completedFuture(store.getAll(table, keys));
            }
        };
    }
}
