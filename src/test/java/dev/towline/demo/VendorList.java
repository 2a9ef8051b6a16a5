package dev.towline.demo;

import dev.towline.demo.city.City;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The vendors of the demo: the same forty in every run. Both parts, the fleet's and the free ones, can do everything. */
final class VendorList {

    static final int FREE = 12;

    private static final List<String> TOW = List.of("TOWING", "WINCHING");
    private static final List<String> TIRES = List.of("TIRE_REPAIR");
    private static final List<String> START = List.of("BATTERY_JUMP", "FUEL_DELIVERY");
    private static final List<String> LOCKS = List.of("LOCKOUT");
    private static final List<String> GARAGE = List.of("ENGINE_REPAIR", "TOWING", "BATTERY_JUMP");

    private record Entry(String name, List<String> capabilities) {}

    private static final List<Entry> ENTRIES = List.of(
            new Entry("Juniper Towing", TOW),
            new Entry("Quick Lug Tire Van", TIRES),
            new Entry("Spark & Go Battery", START),
            new Entry("Armadillo Recovery", TOW),
            new Entry("Latchkey Mobile Locksmiths", LOCKS),
            new Entry("Third Gear Garage", GARAGE),
            new Entry("Grackle Tow & Winch", TOW),
            new Entry("Round Again Tires", TIRES),
            new Entry("Cold Crank Jump Starts", START),
            new Entry("Limestone Towing", TOW),
            new Entry("Bent Wrench Motors", GARAGE),
            new Entry("Roadside Rubber", TIRES),
            new Entry("Mesquite Hauling", TOW),
            new Entry("Open Sesame Auto Locks", LOCKS),
            new Entry("Last Mile Fuel & Battery", START),
            new Entry("Live Oak Wrecker Service", TOW),
            new Entry("Tread Lightly Mobile Tire", TIRES),
            new Entry("Two Posts Auto Repair", GARAGE),
            new Entry("Bat Bridge Towing", TOW),
            new Entry("Amp Up Roadside", START),
            new Entry("Spare Moment Tires", TIRES),
            new Entry("Night Heron Recovery", TOW),
            new Entry("Tumbler Car Locksmith", LOCKS),
            new Entry("Crankcase Corner", GARAGE),
            new Entry("Prickly Pear Tow", TOW),
            new Entry("Volt & Gallon", START),
            new Entry("Valve Stem Tire Service", TIRES),
            new Entry("Cedar Elm Towing", TOW),
            // from here on the free ones
            new Entry("Sunrise Wrecker", TOW),
            new Entry("Patch & Plug Tire", TIRES),
            new Entry("Jumper Bros Battery", START),
            new Entry("Side Street Garage", GARAGE),
            new Entry("Key Under Mat Locksmiths", LOCKS),
            new Entry("Firefly Towing", TOW),
            new Entry("Full Circle Tire Van", TIRES),
            new Entry("Half Tank Fuel Delivery", START),
            new Entry("Roadrunner Recovery", TOW),
            new Entry("Blue Door Auto", GARAGE),
            new Entry("Skeleton Key Mobile", LOCKS),
            new Entry("Hill & Dale Towing", TOW));

    private VendorList() {}

    static List<DemoVendor> in(City city) {
        return IntStream.range(0, ENTRIES.size()).mapToObj(i -> vendor(city, i)).toList();
    }

    private static DemoVendor vendor(City city, int index) {
        Entry entry = ENTRIES.get(index);
        // not the run's seed: a run with another one finds them where they are
        SplittableRandom random = new SplittableRandom(index);
        return new DemoVendor(
                "demo-vendor-%02d".formatted(index + 1),
                entry.name,
                "+1 512-555-01%02d".formatted(index),
                entry.capabilities,
                random.nextInt(32, 51) / 10.0,
                city.anywhere(random).point(),
                index >= ENTRIES.size() - FREE);
    }
}
