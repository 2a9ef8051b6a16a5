package dev.towline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.geo.GeoPoint;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Searches around random places, compared with a brute-force search, especially near poles and the antimeridian. */
class NearbyEverywhereScenarios extends RunningTowline {

    private static final int VENDORS = 90;
    private static final int SEARCHES = 60;

    @Autowired
    private MeterRegistry meters;

    private final Random random = new Random(23);

    @Test
    void findsEveryVendorThatIsInReach() {
        Map<String, GeoPoint> vendors = new HashMap<>();
        StringBuilder registrations = new StringBuilder();
        List<String> mutations = new ArrayList<>();
        for (int i = 0; i < VENDORS; i++) {
            GeoPoint point = anywhere();
            vendors.put("v" + i, point);
            registrations.append(
                    "v%1$d: registerVendor(input: {id: 'v%1$d', name: 'Ace', capabilities: [], serviceRadiusMiles: 1000, position: {latitude: %2$s, longitude: %3$s}}) { id }%n"
                            .formatted(i, point.latitude(), point.longitude()));
            // so many as the limit of tokens allows
            if (i % 15 == 14 || i == VENDORS - 1) {
                mutations.add("mutation { " + registrations + " }");
                registrations.setLength(0);
            }
        }
        assertThat(mutations)
                .allSatisfy(
                        each -> assertThat(dispatcher.api().ask(each).errors()).isEmpty());
        Nearby nearby = new Nearby(dispatcher.api(), meters);
        nearby.untilIndexed();

        int found = 0;
        for (int i = 0; i < SEARCHES; i++) {
            GeoPoint center = anywhere();
            double radiusMiles = random.nextDouble(1, 1_000);
            List<String> expected = vendors.entrySet().stream()
                    .filter(vendor -> center.distanceTo(vendor.getValue()).miles() <= radiusMiles)
                    .sorted(Comparator.comparing(vendor -> center.distanceTo(vendor.getValue())))
                    .map(Entry::getKey)
                    .toList();
            found += expected.size();
            assertThat(Nearby.ids(nearby.search(center, radiusMiles, "first: 100")))
                    .as("%s miles around %s", radiusMiles, center)
                    .containsExactlyElementsOf(expected);
        }
        assertThat(found).as("something to find").isGreaterThan(SEARCHES);
    }

    /** Near a pole, near the antimeridian, or elsewhere. */
    private GeoPoint anywhere() {
        return switch (random.nextInt(4)) {
            case 0 -> new GeoPoint(random.nextDouble(78, 90), random.nextDouble(-180, 180));
            case 1 -> new GeoPoint(random.nextDouble(-90, -78), random.nextDouble(-180, 180));
            case 2 ->
                new GeoPoint(random.nextDouble(-20, 20), (random.nextBoolean() ? 1 : -1) * random.nextDouble(175, 180));
            default -> new GeoPoint(random.nextDouble(-80, 80), random.nextDouble(-180, 180));
        };
    }
}
