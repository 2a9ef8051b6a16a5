package dev.towline.vendor;

import dev.towline.geo.GeoPoint;
import dev.towline.geo.Meters;
import dev.towline.geo.PositionInput;
import dev.towline.paging.PageRequest;
import dev.towline.problem.BadInput;
import dev.towline.problem.Require;
import dev.towline.store.BatchReads;
import dev.towline.store.SeenVersions;
import dev.towline.vendor.VendorSearch.Question;
import dev.towline.viewer.Viewer;
import graphql.GraphQLContext;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.dataloader.DataLoader;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.execution.BatchLoaderRegistry;
import org.springframework.stereotype.Controller;

@Controller
class VendorController {

    private static final int MAX_IDS = 100;

    private final Vendors vendors;
    private final VendorSearch search;

    VendorController(Vendors vendors, VendorSearch search, BatchReads reads, BatchLoaderRegistry loaders) {
        this.vendors = vendors;
        this.search = search;
        loaders.forTypePair(VendorKey.class, Vendor.class).registerMappedBatchLoader(reads.of(Vendors.TABLE));
    }

    @QueryMapping
    CompletableFuture<@Nullable Vendor> getVendor(
            @Argument String id, @ContextValue Viewer viewer, DataLoader<VendorKey, @Nullable Vendor> loader) {
        return loader.load(new VendorKey(viewer.tenant(), Require.id("id", id)));
    }

    @QueryMapping
    CompletableFuture<List<@Nullable Vendor>> getVendors(
            @Argument List<String> ids, @ContextValue Viewer viewer, DataLoader<VendorKey, @Nullable Vendor> loader) {
        if (ids.size() > MAX_IDS) {
            throw new BadInput("ids", "must have at most " + MAX_IDS + " entries.");
        }
        return loader.loadMany(IntStream.range(0, ids.size())
                .mapToObj(i -> new VendorKey(viewer.tenant(), Require.id("ids[" + i + "]", ids.get(i))))
                .toList());
    }

    @QueryMapping
    VendorSearchConnection searchVendorsNearby(
            @Argument PositionInput near,
            @Argument double radiusMiles,
            @Argument @Nullable VendorFilter filter,
            @Argument @Nullable Integer first,
            @Argument @Nullable String after,
            @ContextValue Viewer viewer,
            GraphQLContext context) {
        GeoPoint center = near.toPoint("near");
        Meters radius = Meters.ofMiles(Require.positive("radiusMiles", radiusMiles, Vendors.MAX_MILES));
        PageRequest page = VendorSearch.page(center, first, after);
        Question question = new Question(
                viewer.tenant(),
                center,
                radius,
                filter == null ? VendorFilter.ANY : filter,
                context.get(SeenVersions.class));
        return search.search(question, page);
    }

    @MutationMapping
    Vendor registerVendor(@Argument RegisterVendorInput input, @ContextValue Viewer viewer) {
        return vendors.register(viewer.tenant(), input);
    }

    @MutationMapping
    Vendor updateVendor(@Argument UpdateVendorInput input, @ContextValue Viewer viewer) {
        return vendors.update(viewer, input);
    }

    @MutationMapping
    Vendor setVendorAvailability(@Argument SetVendorAvailabilityInput input, @ContextValue Viewer viewer) {
        return vendors.setAvailability(viewer, input);
    }
}
