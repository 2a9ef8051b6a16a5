package dev.towline.live;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/** Threads that run only when, and where, they are told to. For one thread. */
final class ManualThreads implements Executor {

    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();

    @Override
    public void execute(Runnable task) {
        waiting.add(task);
    }

    /** Runs everything, also what is begun meanwhile. */
    void runAll() {
        for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
            task.run();
        }
    }
}
