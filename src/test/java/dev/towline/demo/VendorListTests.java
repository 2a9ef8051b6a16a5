package dev.towline.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.demo.city.City;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VendorListTests {

    private final List<DemoVendor> vendors = VendorList.in(City.austin());

    @Test
    void isTheSameEveryTime() {
        assertThat(VendorList.in(City.austin())).isEqualTo(vendors).hasSize(40);
        assertThat(vendors)
                .extracting(DemoVendor::id)
                .startsWith("demo-vendor-01")
                .endsWith("demo-vendor-40");
    }

    @Test
    void givesEachANameAPhoneAndAPlaceOfItsOwn() {
        assertThat(vendors).extracting(DemoVendor::name).doesNotHaveDuplicates();
        assertThat(vendors).extracting(DemoVendor::position).doesNotHaveDuplicates();
        assertThat(vendors)
                .extracting(DemoVendor::phone)
                .doesNotHaveDuplicates()
                .allMatch(phone -> phone.matches("\\+1 512-555-01\\d\\d"));
        assertThat(vendors).allMatch(vendor -> vendor.rating() >= 3.2 && vendor.rating() <= 5);
    }

    @Test
    void hasSomebodyForEveryBreakdownBothInTheFleetAndFree() {
        SplittableRandom random = new SplittableRandom(1);
        List<String> needs = Stream.generate(() -> Breakdown.any(random))
                .limit(500)
                .map(Breakdown::needs)
                .distinct()
                .toList();
        assertThat(needs).hasSize(7);
        for (boolean free : List.of(true, false)) {
            assertThat(vendors.stream()
                            .filter(vendor -> vendor.free() == free)
                            .flatMap(vendor -> vendor.capabilities().stream()))
                    .containsAll(needs);
        }
    }
}
