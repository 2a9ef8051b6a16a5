package dev.towline.vendor;

import dev.towline.geo.Area;
import dev.towline.geo.GeoPoint;
import dev.towline.geo.Meters;
import dev.towline.paging.Connection;
import dev.towline.paging.KeysetPage;
import dev.towline.paging.PageRequest;
import dev.towline.problem.Require;
import dev.towline.viewer.Tenant;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Searches vendors around a position. Blocking, thread-safe. */
@Component
class VendorSearch {

    private final VendorIndex index;
    private final Vendors vendors;
    private final MeterRegistry meters;

    VendorSearch(VendorIndex index, Vendors vendors, MeterRegistry meters) {
        this.index = index;
        this.vendors = vendors;
        this.meters = meters;
    }

    /** A found vendor; results are ordered by distance, then by id. */
    private record Hit(double distanceMiles, String id) implements Comparable<Hit> {

        private static final Comparator<Hit> NEAREST_FIRST =
                Comparator.comparingDouble(Hit::distanceMiles).thenComparing(Hit::id);

        @Override
        public int compareTo(Hit other) {
            return NEAREST_FIRST.compare(this, other);
        }

        String sort() {
            return distanceMiles + "|" + id;
        }

        static Hit ofSort(String sort) {
            int end = sort.indexOf('|');
            return new Hit(Double.parseDouble(sort.substring(0, end)), sort.substring(end + 1));
        }

        static boolean isSort(String sort) {
            int end = sort.indexOf('|');
            try {
                double miles = end < 0 ? -1 : Double.parseDouble(sort.substring(0, end));
                // Double.compare orders -0.0 before 0.0 and NaN after all numbers.
                return Double.compare(miles, 0) >= 0
                        && Double.isFinite(miles)
                        && Require.isNewId(sort.substring(end + 1))
                        && ofSort(sort).sort().equals(sort);
            } catch (NumberFormatException other) {
                return false;
            }
        }
    }

    /** The request for a page with these arguments. A cursor is valid only for a search around the same position. */
    static PageRequest page(GeoPoint near, @Nullable Integer first, @Nullable String after) {
        return PageRequest.of("vendors@" + near.latitude() + "," + near.longitude(), Hit::isSort, first, after);
    }

    /** Finds the tenant's vendors that are within the radius, serve the position, and match the filter. Returns one page, nearest first. */
    VendorSearchConnection search(Tenant tenant, GeoPoint near, Meters radius, VendorFilter filter, PageRequest page) {
        Timer.Sample sample = Timer.start(meters);
        List<VendorMark> indexed = index.around(tenant, near, radius);
        List<VendorMark> marks = indexed == null
                ? vendors.all(tenant).stream().map(VendorMark::of).toList()
                : indexed;
        List<Hit> hits = marks.stream()
                .filter(filter::matches)
                .<Hit>mapMulti((mark, found) -> {
                    double miles = near.distanceTo(mark.position()).miles();
                    if (miles <= radius.miles() && miles <= mark.serviceRadiusMiles()) {
                        found.accept(new Hit(miles, mark.id()));
                    }
                })
                .sorted()
                .toList();
        Connection<VendorSearchConnection.Edge> found = page(tenant, hits, page);
        VendorSearchConnection answer = new VendorSearchConnection(
                found.edges().stream().map(Connection.Edge::node).toList(),
                found.pageInfo(),
                hits.size(),
                new Area(near, radius),
                // Without the position index, the source is a DynamoDB index, which is eventually consistent.
                indexed != null);
        sample.stop(meters.timer("towline.search", "source", indexed == null ? "dynamodb" : "redis"));
        return answer;
    }

    private Connection<VendorSearchConnection.Edge> page(Tenant tenant, List<Hit> hits, PageRequest page) {
        return KeysetPage.fill(
                page, (after, limit) -> behind(hits, after, limit), Hit::sort, rows -> edges(tenant, rows, page));
    }

    private static List<Hit> behind(List<Hit> hits, @Nullable String after, int limit) {
        if (after == null) {
            return hits.stream().limit(limit).toList();
        }
        Hit last = Hit.ofSort(after);
        return hits.stream().filter(hit -> hit.compareTo(last) > 0).limit(limit).toList();
    }

    private List<VendorSearchConnection.@Nullable Edge> edges(Tenant tenant, List<Hit> hits, PageRequest page) {
        Map<VendorKey, Vendor> found = vendors.getAll(
                hits.stream().map(hit -> new VendorKey(tenant, hit.id())).toList());
        return hits.stream()
                .<VendorSearchConnection.@Nullable Edge>map(hit -> {
                    Vendor vendor = found.get(new VendorKey(tenant, hit.id()));
                    return vendor == null
                            ? null
                            : new VendorSearchConnection.Edge(page.cursor(hit.sort()), hit.distanceMiles(), vendor);
                })
                .toList();
    }
}
