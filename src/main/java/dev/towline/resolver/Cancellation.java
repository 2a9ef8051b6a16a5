package dev.towline.resolver;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether somebody still waits for an operation. It is in the {@link graphql.GraphQLContext} under this class while the operation runs. A
 * stream that an operation returns is no part of it. Thread-safe.
 */
public final class Cancellation {

    private enum State {
        RUNNING,
        CANCELLED,
        ENDED
    }

    private State state = State.RUNNING;
    private List<Runnable> actions = new ArrayList<>();

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
