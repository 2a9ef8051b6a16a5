package dev.towline.edge.limit;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The cost of an operation. It is in the {@link graphql.GraphQLContext} under this class.
 *
 * @param requested what the operation costs
 * @param budget what it may cost
 */
public record RequestCost(int requested, int budget) {

    /** For {@code extensions.cost}. */
    Map<String, Integer> specification() {
        // In this order, because the entity tag depends on it.
        Map<String, Integer> cost = new LinkedHashMap<>();
        cost.put("requested", requested);
        cost.put("budget", budget);
        return cost;
    }
}
