package dev.towline.dynamo;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs blocking calls in parallel on virtual threads, within the caller's trace. */
final class Parallel {

    private Parallel() {}

    /**
     * Runs the tasks and blocks until all have ended.
     *
     * @return the results in the order of the tasks
     * @throws RuntimeException the exception of the first failed task in that order
     */
    static <R> List<R> all(ObservationRegistry observations, List<Supplier<R>> tasks) {
        if (tasks.size() <= 1) {
            return tasks.stream().map(Supplier::get).toList();
        }
        Observation parent = observations.getCurrentObservation();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<R>> running = tasks.stream()
                    .map(task -> CompletableFuture.supplyAsync(within(parent, task), threads))
                    .toList();
            return running.stream().map(CompletableFuture::join).toList();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private static <R> Supplier<R> within(@Nullable Observation parent, Supplier<R> task) {
        if (parent == null) {
            return task;
        }
        return () -> {
            try (Observation.Scope _ = parent.openScope()) {
                return task.get();
            }
        };
    }
}
