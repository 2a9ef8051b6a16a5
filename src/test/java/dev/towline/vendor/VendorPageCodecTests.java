package dev.towline.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.towline.geo.Area;
import dev.towline.geo.GeoPoint;
import dev.towline.geo.Meters;
import dev.towline.paging.PageInfo;
import dev.towline.store.EntityBytes;
import dev.towline.store.Revision;
import dev.towline.vendor.Vendor.Profile;
import dev.towline.viewer.Tenant;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The shared format of search pages. */
class VendorPageCodecTests {

    private static final Area AREA = new Area(new GeoPoint(30.25, -97.75), Meters.ofMiles(5));

    private final VendorPageCodec codec = new VendorPageCodec(new EntityBytes(List.of(Vendors.TABLE)), () -> true);

    @Test
    void readsWhatItWrote() {
        for (VendorSearchConnection page : List.of(
                page(0, new PageInfo(false, false, null, null), 0),
                page(1, new PageInfo(false, true, "first", "first"), 1),
                page(100, new PageInfo(true, false, "first", "last"), 2_000_000))) {
            assertThat(codec.decode(codec.encode(page))).isEqualTo(page);
        }
    }

    @Test
    void namesItsVendors() {
        assertThat(codec.entities(page(3, new PageInfo(false, false, null, null), 3)))
                .extracting(Vendor::id)
                .containsExactly("v0", "v1", "v2");
    }

    @Test
    void saysThatBytesAreMissing() {
        byte[] bytes = codec.encode(page(2, new PageInfo(true, true, "first", "last"), 2));
        for (int length = 0; length < bytes.length; length++) {
            byte[] some = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> codec.decode(some)).isInstanceOf(RuntimeException.class);
        }
    }

    private static VendorSearchConnection page(int size, PageInfo pageInfo, int totalCount) {
        return new VendorSearchConnection(
                IntStream.range(0, size)
                        .mapToObj(i -> new VendorSearchConnection.Edge("cursor" + i, i + 0.1, vendor(i)))
                        .toList(),
                pageInfo,
                totalCount,
                AREA,
                true);
    }

    private static Vendor vendor(int i) {
        return new Vendor(
                new VendorKey(new Tenant("acme"), "v" + i),
                Revision.first(),
                new Profile("Ace é " + i, i % 2 == 0 ? null : "1", List.of(Capability.TOWING), 4.5, 50),
                Availability.AVAILABLE,
                new GeoPoint(30 + i / 1000.0, -97),
                Instant.EPOCH,
                i % 3 == 0 ? "s1" : null);
    }
}
