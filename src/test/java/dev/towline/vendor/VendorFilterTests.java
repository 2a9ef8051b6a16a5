package dev.towline.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.geo.GeoPoint;
import dev.towline.vendor.Vendor.Profile;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VendorFilterTests {

    private final IndexedVendor towing = indexed(Availability.AVAILABLE, 4.0, Capability.TOWING, Capability.LOCKOUT);

    @Test
    void wantsNothingIfNothingIsSaid() {
        IndexedVendor poorest = indexed(Availability.OFFLINE, null);
        assertThat(matches(VendorFilter.ANY, poorest)).isTrue();
        assertThat(matches(new VendorFilter(List.of(), false, null), poorest)).isTrue();
    }

    @Test
    void wantsAllCapabilities() {
        assertThat(matches(able(Capability.TOWING), towing)).isTrue();
        assertThat(matches(able(Capability.LOCKOUT, Capability.TOWING), towing)).isTrue();
        assertThat(matches(able(Capability.TOWING, Capability.WINCHING), towing))
                .isFalse();
    }

    @Test
    void wantsSomebodyWhoTakesAJobNow() {
        VendorFilter available = new VendorFilter(null, true, null);
        assertThat(matches(available, towing)).isTrue();
        assertThat(matches(available, indexed(Availability.BUSY, 4.0))).isFalse();
        assertThat(matches(available, indexed(Availability.OFFLINE, 4.0))).isFalse();
    }

    @Test
    void wantsStarsOfWhichAnUnratedOneHasNone() {
        assertThat(matches(rated(4.0), towing)).isTrue();
        assertThat(matches(rated(4.1), towing)).isFalse();
        assertThat(matches(rated(0.0), indexed(Availability.AVAILABLE, null))).isFalse();
    }

    @Test
    void wantsEverythingAtOnce() {
        VendorFilter filter = new VendorFilter(List.of(Capability.TOWING), true, 4.0);
        assertThat(matches(filter, towing)).isTrue();
        assertThat(matches(filter, indexed(Availability.AVAILABLE, 4.0))).isFalse();
        assertThat(matches(filter, indexed(Availability.BUSY, 4.0, Capability.TOWING)))
                .isFalse();
        assertThat(matches(filter, indexed(Availability.AVAILABLE, 3.9, Capability.TOWING)))
                .isFalse();
    }

    private static boolean matches(VendorFilter filter, IndexedVendor vendor) {
        int required = filter.requiredAbilities();
        return (vendor.abilities() & required) == required && filter.allowsRating(vendor.rating());
    }

    private static VendorFilter able(Capability... capabilities) {
        return new VendorFilter(List.of(capabilities), null, null);
    }

    private static VendorFilter rated(double stars) {
        return new VendorFilter(null, null, stars);
    }

    private static IndexedVendor indexed(
            Availability availability, @Nullable Double rating, Capability... capabilities) {
        return SomeVendors.indexed(SomeVendors.vendor(
                "v", new GeoPoint(0, 0), new Profile("v", null, List.of(capabilities), rating, 10), availability));
    }
}
