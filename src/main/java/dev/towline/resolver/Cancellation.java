package dev.towline.resolver;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody still waits for an operation. It is in the {@link graphql.GraphQLContext} under this class while the operation runs. A
 * stream that an operation returns is no part of it. Thread-safe.
 */
public final class Cancellation {

    private static final ScopedValue<Cancellation> CURRENT = ScopedValue.newInstance();

    private enum State {
        RUNNING,
        CANCELLED,
        ENDED
    }

    private State state = State.RUNNING;
    private List<Runnable> actions = new ArrayList<>();

    /** That of the operation for which this thread starts work, null if it starts it for no operation. See {@link #during}. */
    public static @Nullable Cancellation current() {
        return CURRENT.isBound() ? CURRENT.get() : null;
    }

    /**
     * An executor that interrupts a task when nobody waits any more for the operation that started it. A task that no operation started runs
     * to its end.
     *
     * @param threads runs each task on a thread of its own, because an interrupt may come after the task has ended
     */
    public static Executor interrupting(Executor threads) {
        return task -> {
            Cancellation cancellation = current();
            threads.execute(
                    cancellation == null
                            ? task
                            : () -> {
                                cancellation.onCancel(Thread.currentThread()::interrupt);
                                task.run();
                            });
        };
    }

    /** Calls something that starts work for this operation. */
    public <T, X extends Throwable> T during(ScopedValue.CallableOp<? extends T, X> call) throws X {
        return ScopedValue.where(CURRENT, this).call(call);
    }

    /** Runs an action when nobody waits any more, at once if that is so already, and never if the operation ends before. It must not block. */
    public void onCancel(Runnable action) {
        synchronized (this) {
            if (state == State.RUNNING) {
                actions.add(action);
                return;
            }
            if (state == State.ENDED) {
                return;
            }
        }
        action.run();
    }

    /** Nobody waits any more. */
    public void cancel() {
        leave(State.CANCELLED).forEach(Runnable::run);
    }

    /** The operation has ended, so there is nothing to cancel. */
    public void end() {
        leave(State.ENDED);
    }

    private synchronized List<Runnable> leave(State end) {
        if (state != State.RUNNING) {
            return List.of();
        }
        state = end;
        List<Runnable> all = actions;
        actions = List.of();
        return all;
    }
}
