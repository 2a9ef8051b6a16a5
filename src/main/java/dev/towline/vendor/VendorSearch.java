package dev.towline.vendor;

import dev.towline.geo.Area;
import dev.towline.geo.GeoPoint;
import dev.towline.geo.Meters;
import dev.towline.paging.Connection;
import dev.towline.paging.KeysetPage;
import dev.towline.paging.PageRequest;
import dev.towline.problem.Unavailable;
import dev.towline.store.EntityBytes;
import dev.towline.store.SeenVersions;
import dev.towline.vendor.NearestVendors.Found;
import dev.towline.vendor.VendorGrids.LastKnown;
import dev.towline.vendor.VendorSearchConnection.Edge;
import dev.towline.viewer.Tenant;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Searches vendors around a position: in the grid of this instance if it is current, otherwise in Redis. If Redis cannot answer, it goes on
 * from the last known state, or, without one, from DynamoDB. Blocking, thread-safe.
 */
@Component
class VendorSearch {

    /** How often a page of the last known state is computed anew, because its vendors had changed. */
    private static final int MOST_ROUNDS = 10;

    private final VendorIndex index;
    private final VendorGrids grids;
    private final VendorIndexLoads loads;
    private final Vendors vendors;
    private final EntityBytes entities;
    private final SearchSettings settings;
    private final MeterRegistry meters;

    VendorSearch(
            VendorIndex index,
            VendorGrids grids,
            VendorIndexLoads loads,
            Vendors vendors,
            EntityBytes entities,
            SearchSettings settings,
            MeterRegistry meters) {
        this.index = index;
        this.grids = grids;
        this.loads = loads;
        this.vendors = vendors;
        this.entities = entities;
        this.settings = settings;
        this.meters = meters;
    }

    /**
     * What to search.
     *
     * @param seen what the client has seen, null if it does not say
     */
    record Question(
            Tenant tenant,
            GeoPoint near,
            Meters radius,
            VendorFilter filter,
            @Nullable SeenVersions seen) {

        /** The vendors that the client says it has seen. */
        List<VendorKey> seenVendors() {
            List<VendorKey> keys = new ArrayList<>();
            if (seen != null) {
                seen.forEach(tenant, (entity, _) -> {
                    if (entity.entity().equals(Vendors.TABLE.entity())) {
                        keys.add(new VendorKey(tenant, entity.id()));
                    }
                });
            }
            return keys;
        }

        /** Whether a grid has all that the client has seen. Of what is no vendor, only Redis surely knows what followed. */
        boolean isCoveredBy(VendorGrid grid) {
            return seen == null
                    || seen.allMatch(
                            tenant,
                            (entity, version) -> entity.entity().equals(Vendors.TABLE.entity())
                                    && grid.version(entity.id()) >= version);
        }
    }

    /** Where the vendors come from. */
    private enum Source {
        INDEX,
        REDIS,
        LAST_KNOWN,
        DYNAMODB;

        String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Vendors to choose from.
     *
     * @param cells passes cells with all vendors around the position, and maybe others, to a consumer; may be called again
     * @param isUpToDate whether the source certainly had every write. The index of DynamoDB is eventually consistent
     * @param lastKnown the last known state that they come from, null if they do not
     */
    private record Candidates(
            Source source,
            Consumer<Consumer<GridCell>> cells,
            boolean isUpToDate,
            @Nullable LastKnown lastKnown) {}

    /** A page of hits, and how many hits there are on all pages. */
    private record Hits(Connection<Found> page, int count) {}

    /** The request for a page with these arguments. A cursor is valid only for a search around the same position. */
    static PageRequest page(GeoPoint near, @Nullable Integer first, @Nullable String after) {
        return PageRequest.of("vendors@" + near.latitude() + "," + near.longitude(), VendorHit::isSort, first, after);
    }

    /** Finds the tenant's vendors that are within the radius, serve the position, and match the filter. Returns one page, nearest first. */
    VendorSearchConnection search(Question question, PageRequest page) {
        Timer.Sample sample = Timer.start(meters);
        Candidates from = candidates(question);
        Hits found = hits(question, page, from);
        for (int round = 0;
                from.lastKnown != null && refresh(question, found, from.lastKnown.grid()) && round < MOST_ROUNDS;
                round++) {
            from = lastKnown(question, from.lastKnown);
            found = hits(question, page, from);
        }
        sample.stop(meters.timer("towline.search", "source", from.source.tag()));
        return new VendorSearchConnection(
                edges(found, from.lastKnown),
                found.page.pageInfo(),
                found.count,
                new Area(question.near, question.radius),
                from.isUpToDate,
                from.lastKnown == null ? null : from.lastKnown.age());
    }

    private static Hits hits(Question question, PageRequest page, Candidates from) {
        @Nullable NearestVendors[] first = new @Nullable NearestVendors[1];
        Connection<Found> found = KeysetPage.fill(
                page,
                (after, limit) -> {
                    NearestVendors nearest = new NearestVendors(
                            question.near,
                            question.radius,
                            question.filter,
                            after == null ? null : VendorHit.ofSort(after),
                            limit);
                    from.cells.accept(nearest);
                    first[0] = first[0] == null ? nearest : first[0];
                    return nearest.nearest();
                },
                hit -> hit.hit().sort(),
                hits -> hits);
        return new Hits(found, Objects.requireNonNull(first[0]).count());
    }

    /** Reads the vendors of a page and puts newer states into the grid. Returns whether there were some: the page is another one then. */
    private boolean refresh(Question question, Hits hits, VendorGrid grid) {
        Map<String, IndexedVendor> found = hits.page.edges().stream()
                .map(edge -> edge.node().vendor())
                .collect(Collectors.toMap(IndexedVendor::id, vendor -> vendor));
        Map<VendorKey, Vendor> read = vendors.getAll(found.keySet().stream()
                .map(id -> new VendorKey(question.tenant, id))
                .toList());
        List<Vendor> newer = read.values().stream()
                .filter(vendor -> vendor.version()
                        > Objects.requireNonNull(found.get(vendor.id())).version())
                .toList();
        newer.forEach(vendor -> grid.put(IndexedVendor.of(vendor, entities)));
        return !newer.isEmpty();
    }

    private Candidates candidates(Question question) {
        return current(question).orElseGet(() -> elsewhere(question));
    }

    private Optional<Candidates> current(Question question) {
        VendorGrid grid = grids.current(question.tenant);
        return grid != null && question.isCoveredBy(grid)
                ? Optional.of(new Candidates(
                        Source.INDEX, to -> grid.forEachAround(question.near, question.radius, to), true, null))
                : Optional.empty();
    }

    private Candidates elsewhere(Question question) {
        boolean isComplete = !index.mayLackWrites();
        List<IndexedVendor> inRedis = index.inRedis(question.tenant, question.near, question.radius);
        if (inRedis != null) {
            return new Candidates(Source.REDIS, cell(question, inRedis), isComplete, null);
        }
        LastKnown last = grids.lastKnown(question.tenant);
        if (last != null && last.grid().size() > settings.maxListed()) {
            return lastKnown(question, last);
        }
        VendorGrid loaded;
        try {
            loaded = loads.await(question.tenant);
        } catch (Unavailable e) {
            if (last == null) {
                throw e;
            }
            return lastKnown(question, last);
        }
        return current(question)
                .orElseGet(
                        () -> new Candidates(Source.DYNAMODB, cell(question, around(question, loaded)), false, null));
    }

    private Candidates lastKnown(Question question, LastKnown last) {
        return new Candidates(Source.LAST_KNOWN, cell(question, around(question, last.grid())), false, last);
    }

    /** The vendors around the position. */
    private static List<IndexedVendor> around(Question question, VendorGrid grid) {
        List<IndexedVendor> around = new ArrayList<>();
        grid.forEachAround(question.near, question.radius, cell -> {
            for (int i = 0; i < cell.size(); i++) {
                around.add(cell.vendor(i));
            }
        });
        return around;
    }

    /** The vendors in one cell, with those that the client has seen no older than it has seen them. */
    private Consumer<Consumer<GridCell>> cell(Question question, List<IndexedVendor> found) {
        Map<VendorKey, Vendor> seen = vendors.getAll(question.seenVendors());
        List<IndexedVendor> newest = new ArrayList<>();
        found.stream()
                .filter(each -> !seen.containsKey(new VendorKey(question.tenant, each.id())))
                .forEach(newest::add);
        seen.values().forEach(vendor -> newest.add(IndexedVendor.of(vendor, entities)));
        GridCell cell = GridCell.of(newest);
        return to -> to.accept(cell);
    }

    /** Leaves out vendors of the last known state that had changed when they were read after the last round. */
    private List<Edge> edges(Hits hits, @Nullable LastKnown from) {
        return hits.page.edges().stream()
                .filter(edge -> from == null
                        || from.grid().version(edge.node().vendor().id())
                                <= edge.node().vendor().version())
                .map(edge -> new Edge(
                        edge.cursor(),
                        edge.node().hit().distanceMiles(),
                        edge.node().vendor().vendor(entities)))
                .toList();
    }
}
