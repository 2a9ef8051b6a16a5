package dev.towline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.geo.GeoPoint;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/** Searches of one viewer: at first they are answered from DynamoDB, and from memory as soon as the index of the tenant is loaded. */
record Nearby(Caller caller, MeterRegistry meters) {

    private static final AtomicInteger SEARCHES = new AtomicInteger();

    static String document(GeoPoint center, double radiusMiles, String more) {
        return """
            searchVendorsNearby(near: {latitude: %s, longitude: %s}, radiusMiles: %s, %s) {
              totalCount edges { cursor distanceMiles node { id } } pageInfo { hasNextPage hasPreviousPage endCursor } }\
            """.formatted(center.latitude(), center.longitude(), radiusMiles, more);
    }

    JsonNode search(GeoPoint center, double radiusMiles, String more) {
        return caller.query(document(center, radiusMiles, more));
    }

    /** Holds what is found now, wherever it comes from, and what the index finds to these vendors in this order. */
    void assertFinds(GeoPoint center, double radiusMiles, String more, String... ids) {
        assertFindsNow(center, radiusMiles, more, ids);
        untilIndexed();
        assertFindsNow(center, radiusMiles, more, ids);
    }

    /** Holds what is found now to these vendors in this order. */
    void assertFindsNow(GeoPoint center, double radiusMiles, String more, String... ids) {
        JsonNode found = search(center, radiusMiles, more);
        assertThat(ids(found)).containsExactly(ids);
        assertThat(found.path("totalCount").asInt()).isEqualTo(ids.length);
    }

    /** The ids of the vendors in a page. */
    static List<String> ids(JsonNode found) {
        return found.path("edges")
                .valueStream()
                .map(edge -> edge.at("/node/id").asString())
                .toList();
    }

    /** Waits until searches of this tenant are answered from memory. */
    void untilIndexed() {
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            long before = answeredFromIndex();
            // another one each time, so that it is not remembered
            search(new GeoPoint(0, 0), 1 + SEARCHES.incrementAndGet() / 1e6, "");
            return answeredFromIndex() > before;
        });
    }

    private long answeredFromIndex() {
        return meters.timer("towline.search", "source", "index").count();
    }
}
