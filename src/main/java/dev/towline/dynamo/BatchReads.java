package dev.towline.dynamo;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.dataloader.BatchLoaderEnvironment;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Turns a blocking batch read into a DataLoader's batch function, each call on a virtual thread of its own. Thread-safe. */
public final class BatchReads {

    private static final Scheduler VIRTUAL_THREADS =
            Schedulers.fromExecutor(Executors.newVirtualThreadPerTaskExecutor());

    private BatchReads() {}

    /** The batch function that calls this read, to be registered for a mapped DataLoader; keys without a value are left out. */
    public static <K, V> BiFunction<Set<K>, BatchLoaderEnvironment, Mono<Map<K, V>>> of(
            Function<Collection<K>, Map<K, V>> read) {
        return (keys, environment) -> Mono.fromCallable(() -> read.apply(keys)).subscribeOn(VIRTUAL_THREADS);
    }
}
