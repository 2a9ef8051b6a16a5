package dev.towline.edge;

import dev.towline.edge.rate.CostCharge;
import dev.towline.edge.rate.RateReport;
import dev.towline.viewer.Authentication;

/**
 * A request whose viewer is known and which was counted.
 *
 * @param report the checks of the request against limits of rates
 * @param charge counts the cost of the request
 */
public record Admission(Authentication authentication, RateReport report, CostCharge charge) {}
