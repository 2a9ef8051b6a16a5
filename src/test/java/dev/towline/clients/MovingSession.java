package dev.towline.clients;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.graphql.test.tester.GraphQlTester;

/**
 * A session whose vehicle moves, a newer one whose vehicle does not, and a vendor that is free for whoever wants one, made through the
 * API. Stands still once closed.
 */
final class MovingSession implements AutoCloseable {

    private static final double LATITUDE = 30.2747;
    private static final double LONGITUDE = -97.7404;
    private static final long MILLIS_BETWEEN_FIXES = 400;
    private static final double DEGREES_BETWEEN_FIXES = 0.0001;

    private final ScheduledExecutorService vehicle = Executors.newSingleThreadScheduledExecutor();
    private final GraphQlTester api;
    private final String id;
    private int fixes;

    private MovingSession(GraphQlTester api, String id) {
        this.api = api;
        this.id = id;
    }

    /** Returns once the session has a first location. */
    static MovingSession start(GraphQlTester api) {
        String busy = vendor(api, "Hill Country Towing", LATITUDE + 0.2);
        vendor(api, "Lone Star Tire", LATITUDE + 0.01);
        String session = session(api, busy);
        MovingSession moving = new MovingSession(api, session);
        moving.setOut();
        moving.move();
        var _ = standing(api);
        var _ = moving.vehicle.scheduleWithFixedDelay(moving::move, 0, MILLIS_BETWEEN_FIXES, TimeUnit.MILLISECONDS);
        return moving;
    }

    String id() {
        return id;
    }

    /** Starts a session whose vehicle has no location yet, and gives its id. */
    static String standing(GraphQlTester api) {
        return session(api, vendor(api, "Parked Towing", LATITUDE + 0.3));
    }

    private static String session(GraphQlTester api, String vendor) {
        String incident = make(
                api,
                "createIncident",
                "CreateIncidentInput!",
                Map.of("kind", "BATTERY", "position", at(LATITUDE), "description", "Does not start"));
        return make(
                api,
                "startTrackingSession",
                "StartTrackingSessionInput!",
                Map.of("incidentId", incident, "vendorId", vendor));
    }

    private void setOut() {
        api.document("mutation($input: UpdateSessionStatusInput!) { updateSessionStatus(input: $input) { status } }")
                .variable("input", Map.of("sessionId", id, "status", "EN_ROUTE"))
                .executeAndVerify();
    }

    private void move() {
        Map<String, Object> location = Map.of(
                "latitude",
                LATITUDE + 0.1 - DEGREES_BETWEEN_FIXES * fixes++,
                "longitude",
                LONGITUDE,
                "recordedAt",
                Instant.now().toString(),
                "speedMetersPerSecond",
                14,
                "headingDegrees",
                180);
        api.document("mutation($input: UpdateLocationInput!) { updateLocation(input: $input) { outcome } }")
                .variable("input", Map.of("sessionId", id, "location", location))
                .executeAndVerify();
    }

    private static String vendor(GraphQlTester api, String name, double latitude) {
        return make(
                api,
                "registerVendor",
                "RegisterVendorInput!",
                Map.of(
                        "name",
                        name,
                        "capabilities",
                        List.of("TIRE_REPAIR", "BATTERY_JUMP"),
                        "rating",
                        4.7,
                        "position",
                        at(latitude)));
    }

    private static Map<String, Object> at(double latitude) {
        return Map.of("latitude", latitude, "longitude", LONGITUDE);
    }

    private static String make(GraphQlTester api, String mutation, String type, Map<String, Object> input) {
        return api.document("mutation($input: %s) { made: %s(input: $input) { id } }".formatted(type, mutation))
                .variable("input", input)
                .execute()
                .path("made.id")
                .entity(String.class)
                .get();
    }

    @Override
    public void close() {
        vehicle.shutdownNow();
    }
}
