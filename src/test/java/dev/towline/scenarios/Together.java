package dev.towline.scenarios;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several things at the same time, each on a thread of its own. */
final class Together {

    private Together() {}

    /** One of them. */
    @FunctionalInterface
    interface Task<R> {
        R run();
    }

    /** Starts all at once and waits for all; what they gave, in their order. Fails if one of them did. */
    static <R> List<R> run(List<? extends Task<R>> tasks) throws InterruptedException {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<R>> running = tasks.stream()
                    .map(task -> threads.submit((Callable<R>) () -> {
                        start.await();
                        return task.run();
                    }))
                    .toList();
            start.countDown();
            List<R> results = new ArrayList<>(running.size());
            for (Future<R> each : running) {
                results.add(each.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }
}
