package dev.towline.scenarios;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Several things at the same time, each on a thread of its own. */
public final class Together {

    private Together() {}

    /** One of them. */
    @FunctionalInterface
    interface Task<R> {
        R run();
    }

    /** Runs the tasks 0 to {@code count - 1}, as {@link #run}. */
    public static <R> List<R> times(int count, IntFunction<R> task) {
        return run(IntStream.range(0, count)
                .<Task<R>>mapToObj(i -> () -> task.apply(i))
                .toList());
    }

    /** Starts none before all can, and waits for all; what they gave, in their order. Fails if one of them did. */
    static <R> List<R> run(List<? extends Task<R>> tasks) {
        CountDownLatch gate = new CountDownLatch(tasks.size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<R>> running = tasks.stream()
                    .map(task -> threads.submit((Callable<R>) () -> {
                        gate.countDown();
                        gate.await();
                        return task.run();
                    }))
                    .toList();
            List<R> results = new ArrayList<>(running.size());
            for (Future<R> each : running) {
                results.add(each.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
