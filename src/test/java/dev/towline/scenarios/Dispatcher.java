package dev.towline.scenarios;

import java.time.Instant;
<<<<<<< HEAD
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a dispatcher asks of the service, with the fields that scenarios look at. Blocking, thread-safe. */
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
=======
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A dispatcher at work: what scenarios need again and again, each with what is usual. Blocking, thread-safe. */
record Dispatcher(Caller api) {

    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private static final String POSITION = "position: {latitude: 30.25, longitude: -97.75}";

    /** A fix of a vehicle as it is sent. */
    record Fix(Instant recordedAt, double latitude, double longitude) {

        String literal() {
            return "{latitude: %s, longitude: %s, recordedAt: '%s', speedMetersPerSecond: 20}"
                    .formatted(latitude, longitude, recordedAtText());
        }

        /** As the API says it. */
        String recordedAtText() {
            return MILLISECONDS.format(recordedAt);
        }
    }

    /** A fix that was recorded so long ago, on the way from the north; the newer, the closer. */
    static Fix secondsAgo(int seconds) {
        return new Fix(
                Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(seconds), 30.25 + seconds / 1e4, -97.75);
    }

    /** Reports an incident; its id. */
    String incident() {
        return id(api.mutate("createIncident(input: {kind: TIRE, %s}) { id }".formatted(POSITION)));
    }

    /** Registers a vendor that can tow; its id. */
    String vendor() {
        return id(api.mutate(
                "registerVendor(input: {name: 'Ace', capabilities: [TOWING], %s}) { id }".formatted(POSITION)));
    }

    /** Gives the incident to the vendor; the session's id. */
    String session(String incidentId, String vendorId) {
        return id(api.mutate("startTrackingSession(input: {incidentId: '%s', vendorId: '%s'}) { id }"
                .formatted(incidentId, vendorId)));
    }

    /** Gives a new incident to a new vendor; the session's id. */
    String session() {
        return session(incident(), vendor());
    }

    /** Takes a session forward; how it is then. */
    JsonNode step(String sessionId, String status) {
        return api.mutate(
                "updateSessionStatus(input: {sessionId: '%s', status: %s}) { status sequence version endedAt }"
                        .formatted(sessionId, status));
    }

    /** Sends one fix; what became of it. */
    JsonNode send(String sessionId, Fix fix) {
        return api.mutate(
                "updateLocation(input: {sessionId: '%s', location: %s}) { outcome sequence reason session { sequence version } }"
                        .formatted(sessionId, fix.literal()));
    }

    /** Sends fixes in one call; what became of each. */
    JsonNode sendAll(String sessionId, Fix... fixes) {
        String locations = Arrays.stream(fixes).map(Fix::literal).collect(Collectors.joining(", ", "[", "]"));
        return api.mutate(
                "updateLocations(input: {sessionId: '%s', locations: %s}) { outcome sequence reason session { sequence version } }"
                        .formatted(sessionId, locations));
    }

    JsonNode readIncident(String id) {
        return api.query("getIncident(id: '%s') { id status version activeSession { id } }".formatted(id));
    }

    JsonNode readVendor(String id) {
        return api.query(
                "getVendor(id: '%s') { id name availability version position { latitude longitude } }".formatted(id));
    }

    JsonNode readSession(String id) {
        return api.query("""
            getTrackingSession(id: '%s') { id status sequence version startedAt endedAt incident { id } vendor { id }
              currentLocation { latitude longitude recordedAt sequence } }\
            """.formatted(id));
    }

    private static String id(JsonNode created) {
        return created.path("id").asString();
>>>>>>> rules
    }
}
