package dev.towline.dynamo;

import dev.towline.problem.Unavailable;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs blocking calls in parallel on virtual threads, within the caller's trace. */
final class Parallel {

    private Parallel() {}

    /**
     * Runs the tasks and blocks until all have ended. If this thread is interrupted, so are the tasks.
     *
     * @return the results in the order of the tasks
     * @throws RuntimeException the exception of the first failed task in that order
     * @throws Unavailable if this thread is interrupted
     */
    static <R> List<R> all(ObservationRegistry observations, List<Supplier<R>> tasks) {
        if (tasks.size() <= 1) {
            return tasks.stream().map(Supplier::get).toList();
        }
        Observation parent = observations.getCurrentObservation();
        List<Callable<R>> calls = tasks.stream()
                .<Callable<R>>map(task -> within(parent, task)::get)
                .toList();
        List<R> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<R> ended : threads.invokeAll(calls)) {
                results.add(ended.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("The read was interrupted. Try again in a moment.", e);
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
