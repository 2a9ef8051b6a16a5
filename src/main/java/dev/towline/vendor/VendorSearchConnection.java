package dev.towline.vendor;

import dev.towline.geo.Area;
import dev.towline.paging.PageInfo;
import dev.towline.store.ComputedValue;
import dev.towline.store.EntityRef;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A page of vendors around a position, the nearest first.
 *
 * @param totalCount how many vendors match, on all pages
 * @param lookedIn where it was looked for them
 * @param isUpToDate whether all of them were surely known
 */
record VendorSearchConnection(List<Edge> edges, PageInfo pageInfo, int totalCount, Area lookedIn, boolean isUpToDate)
        implements ComputedValue {

    VendorSearchConnection {
        edges = List.copyOf(edges);
    }

    @Override
    public Set<EntityRef> madeFrom() {
        return edges.stream().map(edge -> edge.node.key().ref()).collect(Collectors.toSet());
    }

    /**
     * A vendor in the page.
     *
     * @param distanceMiles from the position searched around, as the crow flies
     */
    record Edge(String cursor, double distanceMiles, Vendor node) {}
}
