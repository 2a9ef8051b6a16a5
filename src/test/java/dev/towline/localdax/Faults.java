package dev.towline.localdax;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The faults that are set for one node. Each request takes at most one: the first that was set and fits. Thread-safe. */
final class Faults {

    static final int ALWAYS = Integer.MAX_VALUE;

    private final List<Planned> planned = new ArrayList<>();

    private static final class Planned {

        private final Fault fault;
        private final Set<Operation> operations;
        private int left;

        private Planned(Fault fault, Set<Operation> operations, int left) {
            this.fault = fault;
            this.operations = operations;
            this.left = left;
        }
    }

    /** @param operations all if it is empty */
    synchronized void plan(Fault fault, int requests, Operation... operations) {
        Set<Operation> which =
                operations.length == 0 ? EnumSet.allOf(Operation.class) : EnumSet.copyOf(List.of(operations));
        planned.add(new Planned(fault, which, requests));
    }

    synchronized void clear() {
        planned.clear();
    }

    /** Answers a request with the fault that is set for it, if any. */
    <T> T apply(Operation operation, Supplier<T> answer) {
        return switch (take(operation)) {
            case null -> answer.get();
            case Fault.Delay(var delay) -> {
                sleep(delay);
                yield answer.get();
            }
            case Fault.Refuse(var error) -> throw error.get();
            case Fault.Cut(var after) -> {
                if (after) {
                    var _ = answer.get();
                }
                throw new ConnectionCut();
            }
        };
    }

    private static void sleep(Duration delay) {
        try {
            Thread.sleep(delay);
        } catch (InterruptedException e) {
            // the node is closing
            Thread.currentThread().interrupt();
            throw new ConnectionCut();
        }
    }

    private synchronized @Nullable Fault take(Operation operation) {
        for (Iterator<Planned> each = planned.iterator(); each.hasNext(); ) {
            Planned next = each.next();
            if (next.operations.contains(operation)) {
                if (next.left != ALWAYS && --next.left == 0) {
                    each.remove();
                }
                return next.fault;
            }
        }
        return null;
    }
}
