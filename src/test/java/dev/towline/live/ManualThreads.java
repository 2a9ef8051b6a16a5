package dev.towline.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/** An executor whose tasks run when the test calls it. For one thread. */
final class ManualThreads implements Executor {

    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();

    @Override
    public void execute(Runnable task) {
        assertThat(waiting).as("tasks begun").hasSizeLessThan(1000);
        waiting.add(task);
    }

    /** Runs the next task, if there is one. */
    void runOne() {
        Runnable task = waiting.poll();
        if (task != null) {
            task.run();
        }
    }

    /** Runs everything, also what is begun meanwhile; fails if that never ends. */
    void runAll() {
        int tasks = 0;
        for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
            assertThat(++tasks).as("tasks run").isLessThan(1000);
            task.run();
        }
    }
}
