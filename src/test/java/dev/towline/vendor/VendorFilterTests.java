package dev.towline.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.geo.GeoPoint;
import dev.towline.vendor.Vendor.Profile;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VendorFilterTests {

    private final IndexedVendor towing = mark(Availability.AVAILABLE, 4.0, Capability.TOWING, Capability.LOCKOUT);

    @Test
    void wantsNothingIfNothingIsSaid() {
        IndexedVendor poorest = mark(Availability.OFFLINE, null);
        assertThat(VendorFilter.ANY.matches(poorest)).isTrue();
        assertThat(new VendorFilter(List.of(), false, null).matches(poorest)).isTrue();
    }

    @Test
    void wantsAllCapabilities() {
        assertThat(able(Capability.TOWING).matches(towing)).isTrue();
        assertThat(able(Capability.LOCKOUT, Capability.TOWING).matches(towing)).isTrue();
        assertThat(able(Capability.TOWING, Capability.WINCHING).matches(towing)).isFalse();
    }

    @Test
    void wantsSomebodyWhoTakesAJobNow() {
        VendorFilter available = new VendorFilter(null, true, null);
        assertThat(available.matches(towing)).isTrue();
        assertThat(available.matches(mark(Availability.BUSY, 4.0))).isFalse();
        assertThat(available.matches(mark(Availability.OFFLINE, 4.0))).isFalse();
    }

    @Test
    void wantsStarsOfWhichAnUnratedOneHasNone() {
        assertThat(rated(4.0).matches(towing)).isTrue();
        assertThat(rated(4.1).matches(towing)).isFalse();
        assertThat(rated(0.0).matches(mark(Availability.AVAILABLE, null))).isFalse();
    }

    @Test
    void wantsEverythingAtOnce() {
        VendorFilter filter = new VendorFilter(List.of(Capability.TOWING), true, 4.0);
        assertThat(filter.matches(towing)).isTrue();
        assertThat(filter.matches(mark(Availability.AVAILABLE, 4.0))).isFalse();
        assertThat(filter.matches(mark(Availability.BUSY, 4.0, Capability.TOWING)))
                .isFalse();
        assertThat(filter.matches(mark(Availability.AVAILABLE, 3.9, Capability.TOWING)))
                .isFalse();
    }

    private static VendorFilter able(Capability... capabilities) {
        return new VendorFilter(List.of(capabilities), null, null);
    }

    private static VendorFilter rated(double stars) {
        return new VendorFilter(null, null, stars);
    }

    private static IndexedVendor mark(Availability availability, @Nullable Double rating, Capability... capabilities) {
        return SomeVendors.indexed(SomeVendors.vendor(
                "v", new GeoPoint(0, 0), new Profile("v", null, List.of(capabilities), rating, 10), availability));
    }
}
