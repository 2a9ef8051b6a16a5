package dev.towline.edge.limit;

import java.util.Map;

/**
 * The cost of an operation. It is in the {@link graphql.GraphQLContext} under this class.
 *
 * @param requested what the operation costs
 * @param budget what it may cost
 */
record RequestCost(int requested, int budget) {

    /** For {@code extensions.cost}. */
    Map<String, Integer> specification() {
        return Map.of("requested", requested, "budget", budget);
    }
}
