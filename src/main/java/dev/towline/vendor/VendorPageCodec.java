package dev.towline.vendor;

import dev.towline.geo.Area;
import dev.towline.geo.GeoPoint;
import dev.towline.geo.Meters;
import dev.towline.paging.PageInfo;
import dev.towline.store.ComputedValue;
import dev.towline.store.ComputedValueCodec;
import dev.towline.store.Entity;
import dev.towline.store.EntityBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** The binary format of search pages that instances share. */
@Component
class VendorPageCodec implements ComputedValueCodec {

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
        return 1;
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

    @Override
    public byte[] encode(ComputedValue value) {
        VendorSearchConnection page = (VendorSearchConnection) value;
        ByteArrayOutputStream bytes =
                new ByteArrayOutputStream(64 + 512 * page.edges().size());
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeDouble(page.lookedIn().center().latitude());
            out.writeDouble(page.lookedIn().center().longitude());
            out.writeDouble(page.lookedIn().radius().value());
            out.writeInt(page.totalCount());
            out.writeBoolean(page.pageInfo().hasNextPage());
            out.writeBoolean(page.pageInfo().hasPreviousPage());
            optional(out, page.pageInfo().startCursor());
            optional(out, page.pageInfo().endCursor());
            out.writeShort(page.edges().size());
            for (VendorSearchConnection.Edge edge : page.edges()) {
                out.writeUTF(edge.cursor());
                out.writeDouble(edge.distanceMiles());
                byte[] vendor = vendors.encode(edge.node());
                out.writeInt(vendor.length);
                out.write(vendor);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public @Nullable ComputedValue decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            Area area = new Area(new GeoPoint(in.readDouble(), in.readDouble()), new Meters(in.readDouble()));
            int totalCount = in.readInt();
            PageInfo pageInfo = new PageInfo(in.readBoolean(), in.readBoolean(), optional(in), optional(in));
            List<VendorSearchConnection.Edge> edges = edges(in);
            return edges == null ? null : new VendorSearchConnection(edges, pageInfo, totalCount, area, true);
        } catch (IOException e) {
            throw new UncheckedIOException("the bytes of a page of vendors end too early", e);
        }
    }

    /** Null if a vendor has a layout that this instance does not support. */
    private @Nullable List<VendorSearchConnection.Edge> edges(DataInputStream in) throws IOException {
        List<VendorSearchConnection.Edge> edges = new ArrayList<>();
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            String cursor = in.readUTF();
            double distanceMiles = in.readDouble();
            Optional<Entity> vendor = vendors.decode(in.readNBytes(in.readInt()));
            if (vendor.isEmpty()) {
                return null;
            }
            edges.add(new VendorSearchConnection.Edge(cursor, distanceMiles, (Vendor) vendor.get()));
        }
        return edges;
    }

    private static void optional(DataOutputStream out, @Nullable String text) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            out.writeUTF(text);
        }
    }

    private static @Nullable String optional(DataInputStream in) throws IOException {
        return in.readBoolean() ? in.readUTF() : null;
    }
}
