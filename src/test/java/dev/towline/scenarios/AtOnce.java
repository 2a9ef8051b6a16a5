package dev.towline.scenarios;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Does many things at the same moment. */
final class AtOnce {

    private AtOnce() {}

    /** Runs the tasks 0 to {@code count - 1}, none before all can; the results in this order. Blocks until all have ended. */
    static <R> List<R> times(int count, IntFunction<R> task) {
        CountDownLatch gate = new CountDownLatch(count);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<R>> running = IntStream.range(0, count)
                    .mapToObj(i -> threads.submit(() -> {
                        gate.countDown();
                        gate.await();
                        return task.apply(i);
                    }))
                    .toList();
            return running.stream().map(AtOnce::result).toList();
        }
    }

    private static <R> R result(Future<R> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
