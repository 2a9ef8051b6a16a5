package dev.towline.scenarios;

import static dev.towline.scenarios.Dispatcher.secondsAgo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.towline.geo.GeoPoint;
import dev.towline.scenarios.Dispatcher.Fix;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Searches for vendors around a position. */
class NearbyScenarios extends RunningTowline {

    private static final GeoPoint CENTER = new GeoPoint(30, -97);

    /** Of latitude, on the sphere that distances are measured on. */
    private static final double DEGREES_PER_MILE = 0.014469;

    @Autowired
    private MeterRegistry meters;

    private Nearby nearby;

    @BeforeEach
    void lookAround() {
        nearby = new Nearby(dispatcher.api(), meters);
    }

    @Test
    void listsTheNearestFirstWithTheirDistance() {
        vendor("c", 30, "");
        vendor("a", 10, "");
        vendor("b", 20, "");
        vendor("b0", 20, "");
        nearby.assertFinds(CENTER, 50, "", "a", "b", "b0", "c");
        assertThat(nearby.search(CENTER, 50, "").path("totalCount").asInt()).isEqualTo(4);
        List<Double> miles = nearby.search(CENTER, 50, "")
                .path("edges")
                .valueStream()
                .map(edge -> edge.path("distanceMiles").asDouble())
                .toList();
        assertThat(miles.getFirst()).isCloseTo(10, within(0.01));
        assertThat(miles.getLast()).isCloseTo(30, within(0.01));
    }

    @Test
    void reachesAsFarAsTheSearchAndTheVendorGo() {
        vendor("inside", 19.99, "serviceRadiusMiles: 20");
        vendor("outside", 20.01, "");
        vendor("homely", 15, "serviceRadiusMiles: 14.99");
        nearby.assertFinds(CENTER, 20, "", "inside");
        nearby.assertFinds(CENTER, 21, "", "inside", "outside");
    }

    @Test
    void findsWhoFitsTheFilter() {
        vendor("tow", 1, "capabilities: [TOWING, LOCKOUT], rating: 4");
        vendor("fuel", 2, "capabilities: [FUEL_DELIVERY], rating: 3");
        vendor("off", 3, "capabilities: [TOWING], rating: 5");
        vendor("unrated", 4, "capabilities: [TOWING]");
        dispatcher.api().mutate("setVendorAvailability(input: {vendorId: 'off', availability: OFFLINE}) { id }");

        nearby.assertFinds(CENTER, 9, "filter: {}", "tow", "fuel", "off", "unrated");
        nearby.assertFinds(CENTER, 9, "filter: null", "tow", "fuel", "off", "unrated");
        nearby.assertFinds(CENTER, 9, "filter: {capabilities: []}", "tow", "fuel", "off", "unrated");
        nearby.assertFinds(
                CENTER,
                9,
                "filter: {capabilities: null, availableOnly: null, minRating: null}",
                "tow",
                "fuel",
                "off",
                "unrated");
        nearby.assertFinds(CENTER, 9, "filter: {minRating: 1e-135}", "tow", "fuel", "off");
        nearby.assertFinds(CENTER, 9, "filter: {minRating: 1e300}");
        nearby.assertFinds(CENTER, 9, "filter: {capabilities: [TOWING]}", "tow", "off", "unrated");
        nearby.assertFinds(CENTER, 9, "filter: {capabilities: [TOWING, LOCKOUT]}", "tow");
        nearby.assertFinds(CENTER, 9, "filter: {availableOnly: true}", "tow", "fuel", "unrated");
        nearby.assertFinds(CENTER, 9, "filter: {minRating: 4}", "tow", "off");
        nearby.assertFinds(CENTER, 9, "filter: {capabilities: [TOWING], availableOnly: true, minRating: 1}", "tow");
        nearby.assertFinds(CENTER, 9, "filter: {capabilities: [WINCHING]}");
    }

    @Test
    void looksAroundThePlaceItselfHoweverCloseIsMeant() {
        register("here", 0, 0, "serviceRadiusMiles: 1e-129");
        GeoPoint there = new GeoPoint(1e-135, -0.0);
        nearby.assertFinds(there, 1e-129, "", "here");
        String cursor = nearby.search(there, 9, "").at("/pageInfo/endCursor").asString();
        assertThat(Nearby.ids(nearby.search(new GeoPoint(0, 0), 9, "after: '%s'".formatted(cursor))))
                .isEmpty();
    }

    @Test
    void goesThroughAllPagesWhileVendorsAreAdded() {
        for (int i = 0; i < 7; i++) {
            vendor("v" + i, 2 + i, "");
        }
        int[] added = {0};
        List<String> walked = Pages.of(dispatcher.api(), Nearby.document(CENTER, 50, "%s"))
                .ids(2, () -> vendor("new" + added[0]++, 1, ""));
        assertThat(walked).containsExactly("v0", "v1", "v2", "v3", "v4", "v5", "v6");
    }

    @Test
    void knowsOfEveryChangeAtOnce() {
        vendor("v", 1, "");
        nearby.untilIndexed();
        vendor("w", 2, "");
        nearby.assertFindsNow(CENTER, 9, "", "v", "w");

        dispatcher
                .api()
                .mutate("updateVendor(input: {vendorId: 'v', position: {latitude: 31, longitude: -97}}) { id }");
        nearby.assertFindsNow(CENTER, 9, "", "w");
        nearby.assertFindsNow(new GeoPoint(31, -97), 9, "", "v");

        String session = dispatcher.session(dispatcher.incident(), "w");
        nearby.assertFindsNow(CENTER, 9, "", "w");
        nearby.assertFindsNow(CENTER, 9, "filter: {availableOnly: true}");

        Fix last = secondsAgo(10);
        dispatcher.send(session, last);
        dispatcher.step(session, "COMPLETED");
        nearby.assertFindsNow(CENTER, 9, "");
        nearby.assertFindsNow(new GeoPoint(last.latitude(), last.longitude()), 9, "filter: {availableOnly: true}", "w");
    }

    @ParameterizedTest
    @CsvSource({
        "17, 179.95, 17, -179.95",
        "17, -179.95, 17, 179.95",
        "17, 180, 17, -180",
        "89.7, 10, 89.7, -170",
        "90, 0, 89.5, 123",
        "89.5, 123, 90, 0",
        "-89.8, 0, -89.8, 180",
        "85, 20, 85.3, 20",
        "85.3, 20, 85, 20"
    })
    void findsVendorsAcrossTheEdgesOfTheMap(double fromLat, double fromLon, double vendorLat, double vendorLon) {
        register("there", vendorLat, vendorLon, "");
        register("elsewhere", 0, 0, "");
        nearby.assertFinds(new GeoPoint(fromLat, fromLon), 50, "", "there");
    }

    @Test
    void saysWhatIsWrongWithTheInput() {
        vendor("v", 1, "");
        String cursor = nearby.search(CENTER, 9, "").at("/pageInfo/endCursor").asString();
        refused(CENTER, 0, "").is("BAD_INPUT", "radiusMiles");
        refused(CENTER, 1000.1, "").is("BAD_INPUT", "radiusMiles", "1000");
        refused(CENTER, 1e-135, "").is("BAD_INPUT", "radiusMiles", "greater than 0");
        refused(CENTER, 1e-320, "").is("BAD_INPUT", "radiusMiles", "greater than 0");
        refused(CENTER, 1e126, "").is("BAD_INPUT", "radiusMiles");
        refused(CENTER, 9, "first: 101").is("BAD_INPUT", "first");
        refused(new GeoPoint(30.001, -97), 9, "after: '%s'".formatted(cursor)).is("BAD_INPUT", "after");
        dispatcher
                .api()
                .refusedQuery("searchVendorsNearby(near: {latitude: 91, longitude: 0}, radiusMiles: 1) { totalCount }")
                .is("BAD_INPUT", "near.latitude");
    }

    private Refusal refused(GeoPoint center, double miles, String more) {
        return dispatcher.api().refusedQuery(Nearby.document(center, miles, more));
    }

    private void vendor(String id, double milesNorth, String more) {
        register(id, CENTER.latitude() + milesNorth * DEGREES_PER_MILE, CENTER.longitude(), more);
    }

    private void register(String id, double latitude, double longitude, String more) {
        String capabilities = more.contains("capabilities") ? "" : "capabilities: [], ";
        dispatcher
                .api()
                .mutate(
                        "registerVendor(input: {id: '%s', name: 'Ace', %sposition: {latitude: %s, longitude: %s}, %s}) { id }"
                                .formatted(id, capabilities, latitude, longitude, more));
    }
}
