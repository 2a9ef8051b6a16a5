package dev.towline.edge.rate;

import dev.towline.problem.RateLimited;
import dev.towline.rate.Rates;
import dev.towline.viewer.Viewer;
import graphql.GraphQLContext;
import org.jspecify.annotations.Nullable;

/**
 * Counts a request of a viewer twice: as one request when the viewer is known, and with the rest of its cost when that is known, before the
 * execution. So a request that is not executed counts, too. For one request.
 */
public final class CostCharge {

    private static final int COUNTED_BEFORE = 1;

    private final Rates rates;
    private final Viewer viewer;
    private final RateReport report;
    private volatile @Nullable RateLimited refused;

    private CostCharge(Rates rates, Viewer viewer, RateReport report) {
        this.rates = rates;
        this.viewer = viewer;
        this.report = report;
    }

    /**
     * Counts the request. The result is for the context of the resolvers, under its class.
     *
     * @throws RateLimited if the viewer sends too much
     */
    public static CostCharge begin(Rates rates, Viewer viewer, RateReport report) {
        report.add(rates.ofViewer(viewer, COUNTED_BEFORE));
        return new CostCharge(rates, viewer, report);
    }

    /**
     * Counts the rest of the cost of the request with this context.
     *
     * @throws RateLimited if the viewer sends too much
     */
    public static void charge(GraphQLContext context, int cost) {
        CostCharge begun = context.get(CostCharge.class);
        if (begun != null) {
            begun.charge(cost);
        }
    }

    /**
     * Counts the rest of the cost of the request.
     *
     * @throws RateLimited if the viewer sends too much
     */
    public void charge(int cost) {
        if (refused != null) {
            throw refused; // counted once, although a remembered answer was tried before the execution
        }
        if (cost > COUNTED_BEFORE) {
            try {
                report.add(rates.ofViewer(viewer, cost - COUNTED_BEFORE));
            } catch (RateLimited limited) {
                refused = limited;
                throw limited;
            }
        }
    }
}
