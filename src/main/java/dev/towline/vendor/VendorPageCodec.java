package dev.towline.vendor;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.towline.geo.Area;
import dev.towline.geo.GeoPoint;
import dev.towline.geo.Meters;
import dev.towline.paging.PageInfo;
import dev.towline.store.ComputedValue;
import dev.towline.store.ComputedValueCodec;
import dev.towline.store.Entity;
import dev.towline.store.EntityBytes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import tools.jackson.dataformat.cbor.CBORMapper;

/** The format of search pages that instances share: CBOR, with the vendors in their own binary format. */
@Component
class VendorPageCodec implements ComputedValueCodec {

    private static final CBORMapper CBOR = CBORMapper.shared();

    private final EntityBytes vendors;
    private final BooleanSupplier ready;

    @Autowired
    VendorPageCodec(EntityBytes vendors, VendorIndex index) {
        this(vendors, index::isComplete);
    }

    VendorPageCodec(EntityBytes vendors, BooleanSupplier ready) {
        this.vendors = vendors;
        this.ready = ready;
    }

    @Override
    public Class<VendorSearchConnection> type() {
        return VendorSearchConnection.class;
    }

    @Override
    public int layout() {
        return 2;
    }

    @Override
    public boolean isReady() {
        return ready.getAsBoolean();
    }

    @Override
    public String entity() {
        return Vendors.TABLE.entity();
    }

    @Override
    public Collection<Vendor> entities(ComputedValue value) {
        return ((VendorSearchConnection) value)
                .edges().stream().map(VendorSearchConnection.Edge::node).toList();
    }

    /** A page as it is stored. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    private record StoredPage(
            double latitude,
            double longitude,
            double radiusMeters,
            int totalCount,
            PageInfo pageInfo,
            List<StoredEdge> edges) {}

    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record StoredEdge(String cursor, double distanceMiles, byte[] vendor) {}

    @Override
    public byte[] encode(ComputedValue value) {
        VendorSearchConnection page = (VendorSearchConnection) value;
        return CBOR.writeValueAsBytes(new StoredPage(
                page.lookedIn().center().latitude(),
                page.lookedIn().center().longitude(),
                page.lookedIn().radius().value(),
                page.totalCount(),
                page.pageInfo(),
                page.edges().stream()
                        .map(edge -> new StoredEdge(edge.cursor(), edge.distanceMiles(), vendors.encode(edge.node())))
                        .toList()));
    }

    @Override
    public @Nullable ComputedValue decode(byte[] bytes) {
        StoredPage page = CBOR.readValue(bytes, StoredPage.class);
        List<VendorSearchConnection.Edge> edges = new ArrayList<>();
        for (StoredEdge edge : page.edges) {
            Optional<Entity> vendor = vendors.decode(edge.vendor);
            if (vendor.isEmpty()) {
                return null;
            }
            edges.add(new VendorSearchConnection.Edge(edge.cursor, edge.distanceMiles, (Vendor) vendor.get()));
        }
        Area area = new Area(new GeoPoint(page.latitude, page.longitude), new Meters(page.radiusMeters));
        return new VendorSearchConnection(edges, page.pageInfo, page.totalCount, area, true);
    }
}
