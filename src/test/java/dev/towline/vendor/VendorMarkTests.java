package dev.towline.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.geo.GeoPoint;
import dev.towline.store.Revision;
import dev.towline.vendor.Vendor.Profile;
import dev.towline.viewer.Tenant;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VendorMarkTests {

    @Test
    void decodesWhatItEncoded() {
        Random random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            VendorMark mark = randomMark(random);
            assertThat(VendorMark.decode(mark.id(), mark.version(), mark.encode()))
                    .isEqualTo(mark);
        }
    }

    @Test
    void decodesExtremeValues() {
        VendorMark mark =
                new VendorMark("v", 1, new GeoPoint(-90, 180), Double.MIN_VALUE, Availability.OFFLINE, Set.of(), -0.0);
        assertThat(VendorMark.decode("v", 1, mark.encode())).isEqualTo(mark);
    }

    @Test
    void containsTheSearchPropertiesOfAVendor() {
        Vendor vendor = new Vendor(
                new VendorKey(new Tenant("acme"), "v1"),
                Revision.first(),
                new Profile("Ace", "1", List.of(Capability.TOWING), 4.5, 50),
                Availability.AVAILABLE,
                new GeoPoint(30, -97),
                Instant.EPOCH,
                "s1");
        // a vendor with an active session is BUSY
        assertThat(VendorMark.of(vendor))
                .isEqualTo(new VendorMark(
                        "v1", 1, new GeoPoint(30, -97), 50, Availability.BUSY, Set.of(Capability.TOWING), 4.5));
    }

    private static VendorMark randomMark(Random random) {
        EnumSet<Capability> capabilities = EnumSet.noneOf(Capability.class);
        Arrays.stream(Capability.values()).filter(_ -> random.nextBoolean()).forEach(capabilities::add);
        Availability[] availabilities = Availability.values();
        return new VendorMark(
                "v" + random.nextInt(),
                random.nextInt(1, Integer.MAX_VALUE),
                new GeoPoint(random.nextDouble(-90, 90), random.nextDouble(-180, 180)),
                random.nextBoolean() ? random.nextInt(1, 1_000) : random.nextDouble(1e-9, 1_000),
                availabilities[random.nextInt(availabilities.length)],
                capabilities,
                random.nextInt(4) == 0 ? null : random.nextDouble(0, 5));
    }
}
