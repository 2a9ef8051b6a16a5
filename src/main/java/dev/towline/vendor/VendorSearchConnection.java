package dev.towline.vendor;

import dev.towline.paging.PageInfo;
import java.util.List;

/**
 * A page of vendors around a position, the nearest first.
 *
 * @param totalCount how many vendors match, on all pages
 */
record VendorSearchConnection(List<Edge> edges, PageInfo pageInfo, int totalCount) {

    VendorSearchConnection {
        edges = List.copyOf(edges);
    }

    /**
     * A vendor in the page.
     *
     * @param distanceMiles from the position searched around, as the crow flies
     */
    record Edge(String cursor, double distanceMiles, Vendor node) {}
}
