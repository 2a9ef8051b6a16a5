package dev.towline.cache;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs actors in all interleavings of their steps. A step goes from one {@link #pause} to the next; one actor runs at a time. An actor
 * may {@link #start} another one.
 */
final class Interleavings {

    private static final ThreadLocal<@Nullable Actor> CURRENT = new ThreadLocal<>();

    /** The decisions to repeat at the start of this run, from an earlier run. This run removes each as it takes it. */
    private final Deque<int[]> decided = new ArrayDeque<>();

    /** The decisions of this run: the index of the actor that continued, and the number of actors that could. */
    private final List<int[]> next = new ArrayList<>();

    private final List<Actor> ready = new ArrayList<>();
    private final List<String> trace = new ArrayList<>();

    private Interleavings(List<int[]> prefix) {
        decided.addAll(prefix);
    }

    private static final class Actor {

        final Semaphore go = new Semaphore(0);
        final Semaphore stands = new Semaphore(0);
        final String name;

        @Nullable
        Throwable failure;

        boolean isDone;

        Actor(String name) {
            this.name = name;
        }
    }

    /**
     * Runs a scenario in all interleavings.
     *
     * @param scenario starts the actors and returns the invariant, which is checked after each step
     * @return the number of interleavings
     */
    static int explore(Function<Interleavings, Runnable> scenario) {
        List<int[]> prefix = new ArrayList<>();
        for (int runs = 1; ; runs++) {
            Interleavings run = new Interleavings(prefix);
            run.run(scenario.apply(run));
            prefix = new ArrayList<>(run.next);
            while (!prefix.isEmpty() && prefix.getLast()[0] + 1 >= prefix.getLast()[1]) {
                prefix.removeLast();
            }
            if (prefix.isEmpty()) {
                return runs;
            }
            int[] last = prefix.removeLast();
            prefix.add(new int[] {last[0] + 1, last[1]});
        }
    }

    /** Starts an actor. It runs when the schedule selects it. */
    void start(String name, Consumer<Interleavings> steps) {
        Actor actor = new Actor(name);
        ready.add(actor);
        Thread.ofVirtual().start(() -> {
            CURRENT.set(actor);
            actor.go.acquireUninterruptibly();
            try {
                steps.accept(this);
            } catch (Throwable e) {
                actor.failure = e;
            }
            actor.isDone = true;
            actor.stands.release();
        });
    }

    /** Ends a step of the running actor. Does nothing outside of an actor. */
    void pause() {
        Actor actor = CURRENT.get();
        if (actor != null) {
            actor.stands.release();
            actor.go.acquireUninterruptibly();
        }
    }

    private void run(Runnable invariant) {
        while (!ready.isEmpty()) {
            Actor actor = ready.get(choose(ready.size()));
            trace.add(actor.name);
            actor.go.release();
            actor.stands.acquireUninterruptibly();
            if (actor.isDone) {
                ready.remove(actor);
            }
            try {
                if (actor.failure != null) {
                    throw new AssertionError(actor.failure);
                }
                invariant.run();
            } catch (Throwable e) {
                throw new AssertionError("after the steps of " + trace, e);
            }
        }
    }

    private int choose(int options) {
        int[] decision = decided.isEmpty() ? new int[] {0, options} : decided.removeFirst();
        next.add(decision);
        return decision[0];
    }
}
