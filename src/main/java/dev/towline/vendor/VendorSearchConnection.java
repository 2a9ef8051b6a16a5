package dev.towline.vendor;

import dev.towline.geo.Area;
import dev.towline.paging.PageInfo;
import dev.towline.store.ComputedValue;
import dev.towline.store.EntityRef;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A page of vendors around a position, nearest first.
 *
 * @param totalCount the number of matching vendors on all pages
 * @param lookedIn the searched area
 * @param isUpToDate whether the source was certainly up to date
 * @param lastKnownAge how long it may lack changes if it was made from the last known state, null otherwise
 */
record VendorSearchConnection(
        List<Edge> edges,
        PageInfo pageInfo,
        int totalCount,
        Area lookedIn,
        boolean isUpToDate,
        @Nullable Duration lastKnownAge)
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
     * @param distanceMiles the great-circle distance to the searched position in miles
     */
    record Edge(String cursor, double distanceMiles, Vendor node) {}
}
