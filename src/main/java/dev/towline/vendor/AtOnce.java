package dev.towline.vendor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** Works on several elements at once, each on a virtual thread. */
final class AtOnce {

    private AtOnce() {}

    /**
     * Works on each element, some at once. Blocks until all work has ended. After a failure no element is begun, and the failure is thrown.
     *
     * @param atOnce the most elements at once
     * @param work returns some results of an element, and may block
     * @return the results of all elements, in any order
     */
    static <T, R> List<R> each(Collection<T> elements, int atOnce, Function<T, List<R>> work) {
        Queue<T> left = new ConcurrentLinkedQueue<>(elements);
        List<CompletableFuture<List<R>>> workers = new ArrayList<>();
        for (int i = 0; i < Math.min(atOnce, elements.size()); i++) {
            workers.add(CompletableFuture.supplyAsync(() -> workOff(left, work), Thread::startVirtualThread));
        }
        try {
            CompletableFuture.allOf(workers.toArray(CompletableFuture<?>[]::new))
                    .join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw failed;
        }
        return workers.stream().flatMap(worker -> worker.join().stream()).toList();
    }

    private static <T, R> List<R> workOff(Queue<T> left, Function<T, List<R>> work) {
        List<R> results = new ArrayList<>();
        try {
            for (T element = left.poll(); element != null; element = left.poll()) {
                results.addAll(work.apply(element));
            }
        } catch (RuntimeException failure) {
            left.clear();
            throw failure;
        }
        return results;
    }
}
