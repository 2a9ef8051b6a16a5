package dev.towline.scenarios.instances;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The requests of a dispatcher, with the fields that scenarios use. Blocking, thread-safe. */
record Dispatcher(GraphQl graphQl) {

    private static final String SESSION =
            "{ id status sequence incident { id status } vendor { id availability } currentLocation { latitude"
                    + " longitude } }";

    /** Reports an incident; its id. */
    String createIncident(double latitude, double longitude) {
        JsonNode answer = createIncident(latitude, longitude, null);
        return answer.at("/data/createIncident/id").asString();
    }

    /** Reports an incident with a client token, or without one; the whole answer. */
    JsonNode createIncident(double latitude, double longitude, @Nullable String clientToken) {
        return mutate(
                "createIncident",
                "CreateIncidentInput",
                "{ id status activeSession { id } }",
                input("kind", "TIRE", "position", position(latitude, longitude), "clientToken", clientToken));
    }

    /** Registers a vendor; its id. */
    String registerVendor(String name, double latitude, double longitude) {
        return mutate(
                        "registerVendor",
                        "RegisterVendorInput",
                        "{ id }",
                        input(
                                "name",
                                name,
                                "capabilities",
                                new String[] {"TIRE_REPAIR"},
                                "position",
                                position(latitude, longitude)))
                .at("/data/registerVendor/id")
                .asString();
    }

    /** Assigns a vendor; the whole answer. */
    JsonNode start(String incidentId, String vendorId, @Nullable String clientToken) {
        return mutate(
                "startTrackingSession",
                "StartTrackingSessionInput",
                SESSION,
                input("incidentId", incidentId, "vendorId", vendorId, "clientToken", clientToken));
    }

    /** Reports the status of a session; the whole answer. */
    JsonNode advance(String sessionId, String status) {
        return mutate(
                "updateSessionStatus",
                "UpdateSessionStatusInput",
                SESSION,
                input("sessionId", sessionId, "status", status));
    }

    /** Reports where the vehicle is; the whole answer. */
    JsonNode move(String sessionId, double latitude, double longitude, Instant recordedAt) {
        return mutate(
                "updateLocation",
                "UpdateLocationInput",
                "{ outcome sequence reason session " + SESSION + " }",
                input(
                        "sessionId",
                        sessionId,
                        "location",
                        input("latitude", latitude, "longitude", longitude, "recordedAt", recordedAt.toString())));
    }

    /** An incident with its active session. */
    JsonNode incident(String id) {
        return graphQl.data(
                        "query($id: ID!) { getIncident(id: $id) { id status activeSession { id vendor { id } } } }",
                        Map.of("id", id))
                .path("getIncident");
    }

    /** A vendor. */
    JsonNode vendor(String id) {
        return graphQl.data(
                        "query($id: ID!) { getVendor(id: $id) { id name availability position { latitude longitude } }"
                                + " }",
                        Map.of("id", id))
                .path("getVendor");
    }

    /** The sessions that match, all in one page. */
    JsonNode sessions(Map<String, ?> filter) {
        return graphQl.data(
                        "query($filter: TrackingSessionFilter) { listTrackingSessions(filter: $filter, first: 100) {"
                                + " edges { node { id } } } }",
                        Map.of("filter", filter))
                .at("/listTrackingSessions/edges");
    }

    /** The vendors around a position, all in one page. */
    JsonNode search(double latitude, double longitude, double radiusMiles) {
        return graphQl.data("""
            query($near: PositionInput!, $radiusMiles: Float!) {
              searchVendorsNearby(near: $near, radiusMiles: $radiusMiles, first: 100) {
                totalCount edges { distanceMiles node { id name availability } }
              }
            }\
            """, Map.of("near", position(latitude, longitude), "radiusMiles", radiusMiles))
                .path("searchVendorsNearby");
    }

    private JsonNode mutate(String field, String type, String selection, Map<String, Object> input) {
        String text = "mutation($input: %s!) { %s(input: $input) %s }".formatted(type, field, selection);
        return graphQl.query(text, Map.of("input", input));
    }

    private static Map<String, Double> position(double latitude, double longitude) {
        return Map.of("latitude", latitude, "longitude", longitude);
    }

    /** Names and values by turns; what is null is left out. */
    private static Map<String, Object> input(@Nullable Object... namesAndValues) {
        Map<String, Object> input = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            if (value != null) {
                input.put(String.valueOf(namesAndValues[i]), value);
            }
        }
        return input;
    }
}
