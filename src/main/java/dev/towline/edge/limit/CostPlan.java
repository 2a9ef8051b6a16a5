package dev.towline.edge.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operation costs, except for the lists whose sizes depend on variables. Immutable.
 *
 * @param fixed the cost of everything else
 * @param lists the lists
 */
record CostPlan(int fixed, List<Repeated> lists) {

    static final CostPlan NOTHING = of(0);

    /** A sum or a product that would be greater. */
    private static final int MOST = Integer.MAX_VALUE;

    /** The size of a list. */
    @FunctionalInterface
    interface Size {

        /** The size with these variables, 0 or more. The variables are coerced, and have their defaults. */
        int with(Map<String, ? extends @Nullable Object> variables);
    }

    /** Something that is selected for each element of a list. */
    record Repeated(Size size, CostPlan each) {}

    static CostPlan of(int cost) {
        return new CostPlan(cost, List.of());
    }

    /** The cost with these variables, at most 2,147,483,647. */
    int with(Map<String, ? extends @Nullable Object> variables) {
        long cost = fixed;
        for (Repeated list : lists) {
            cost += product(list.size.with(variables), list.each.with(variables));
        }
        return atMost(cost);
    }

    CostPlan plus(CostPlan other) {
        List<Repeated> all = lists;
        if (!other.lists.isEmpty()) {
            all = new ArrayList<>(lists);
            all.addAll(other.lists);
        }
        return new CostPlan(atMost((long) fixed + other.fixed), List.copyOf(all));
    }

    /** The cost of a list with so many of these. */
    CostPlan times(int size) {
        return lists.isEmpty() ? of(product(size, fixed)) : times(_ -> size);
    }

    /** The cost of a list whose size depends on variables. */
    CostPlan times(Size size) {
        return equals(NOTHING) ? NOTHING : new CostPlan(0, List.of(new Repeated(size, this)));
    }

    private static int product(int size, int cost) {
        return atMost((long) size * cost);
    }

    private static int atMost(long cost) {
        return (int) Math.min(MOST, cost);
    }
}
