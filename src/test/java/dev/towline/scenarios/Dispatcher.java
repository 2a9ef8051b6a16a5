package dev.towline.scenarios;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A dispatcher at work: what scenarios need again and again, each with what is usual. Blocking, thread-safe. */
public record Dispatcher(Caller api) {

    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private static final String POSITION = "position: {latitude: 30.25, longitude: -97.75}";

    /** A fix of a vehicle as it is sent. */
    public record Fix(Instant recordedAt, double latitude, double longitude) {

        public String literal() {
            return "{latitude: %s, longitude: %s, recordedAt: '%s', speedMetersPerSecond: 20}"
                    .formatted(latitude, longitude, recordedAtText());
        }

        Map<String, Object> variable() {
            return Map.of(
                    "latitude",
                    latitude,
                    "longitude",
                    longitude,
                    "recordedAt",
                    recordedAtText(),
                    "speedMetersPerSecond",
                    20);
        }

        /** As the API says it. */
        String recordedAtText() {
            return MILLISECONDS.format(recordedAt);
        }
    }

    /** A fix that was recorded so long ago, on the way from the north; the newer, the closer. */
    public static Fix secondsAgo(int seconds) {
        return new Fix(
                Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(seconds), 30.25 + seconds / 1e4, -97.75);
    }

    private static final String SESSION =
            "{ id status sequence incident { id status } vendor { id availability } currentLocation { latitude"
                    + " longitude } }";

    /** Reports an incident; its id. */
    public String incident() {
        return id(api.mutate("createIncident(input: {kind: TIRE, %s}) { id }".formatted(POSITION)));
    }

    /** Registers a vendor that can tow; its id. */
    public String vendor() {
        return id(api.mutate(
                "registerVendor(input: {name: 'Ace', capabilities: [TOWING], %s}) { id }".formatted(POSITION)));
    }

    /** Gives the incident to the vendor; the session's id. */
    String session(String incidentId, String vendorId) {
        return id(api.mutate("startTrackingSession(input: {incidentId: '%s', vendorId: '%s'}) { id }"
                .formatted(incidentId, vendorId)));
    }

    /** Gives a new incident to a new vendor; the session's id. */
    public String session() {
        return session(incident(), vendor());
    }

    /** Takes a session forward; how it is then. */
    public JsonNode step(String sessionId, String status) {
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
    public JsonNode sendAll(String sessionId, Fix... fixes) {
        return answerToAll(sessionId, fixes).value();
    }

    Answer answerToAll(String sessionId, Fix... fixes) {
        return api.ask(
                "mutation($input: UpdateLocationsInput!) { updateLocations(input: $input) { outcome sequence reason"
                        + " session { sequence version } } }",
                Map.of(
                        "input",
                        Map.of(
                                "sessionId",
                                sessionId,
                                "locations",
                                Arrays.stream(fixes).map(Fix::variable).toList())));
    }

    JsonNode readIncident(String id) {
        return api.query("getIncident(id: '%s') { id status version activeSession { id } }".formatted(id));
    }

    public JsonNode readVendor(String id) {
        return api.query(
                "getVendor(id: '%s') { id name availability version position { latitude longitude } }".formatted(id));
    }

    JsonNode readSession(String id) {
        return api.query("""
            getTrackingSession(id: '%s') { id status sequence version startedAt endedAt incident { id } vendor { id }
              currentLocation { latitude longitude recordedAt sequence } }\
            """.formatted(id));
    }

    /** Reports an incident there; its id. */
    public String createIncident(double latitude, double longitude) {
        return createIncident(latitude, longitude, null)
                .at("/data/createIncident/id")
                .asString();
    }

    /** Reports an incident with a client token, or without one; the whole response. */
    public JsonNode createIncident(double latitude, double longitude, @Nullable String clientToken) {
        return mutation(
                "createIncident",
                "CreateIncidentInput",
                "{ id status activeSession { id } }",
                input("kind", "TIRE", "position", position(latitude, longitude), "clientToken", clientToken));
    }

    /** Registers a vendor there; its id. */
    public String registerVendor(String name, double latitude, double longitude) {
        Object position = position(latitude, longitude);
        return mutation(
                        "registerVendor",
                        "RegisterVendorInput",
                        "{ id }",
                        input("name", name, "capabilities", List.of("TIRE_REPAIR"), "position", position))
                .at("/data/registerVendor/id")
                .asString();
    }

    /** Gives the incident to the vendor; the whole response. */
    public JsonNode start(String incidentId, String vendorId, @Nullable String clientToken) {
        return mutation(
                "startTrackingSession",
                "StartTrackingSessionInput",
                SESSION,
                input("incidentId", incidentId, "vendorId", vendorId, "clientToken", clientToken));
    }

    /** Takes a session forward; the whole response. */
    public JsonNode advance(String sessionId, String status) {
        return mutation(
                "updateSessionStatus",
                "UpdateSessionStatusInput",
                SESSION,
                input("sessionId", sessionId, "status", status));
    }

    /** Sends where the vehicle is; the whole response. */
    public JsonNode move(String sessionId, double latitude, double longitude, Instant recordedAt) {
        Object location = input("latitude", latitude, "longitude", longitude, "recordedAt", recordedAt.toString());
        return mutation(
                "updateLocation",
                "UpdateLocationInput",
                "{ outcome sequence reason session " + SESSION + " }",
                input("sessionId", sessionId, "location", location));
    }

    /** An incident with the vendor that is on its way. */
    public JsonNode readAssignment(String incidentId) {
        return api.query(
                "getIncident(id: '%s') { id status activeSession { id vendor { id } } }".formatted(incidentId));
    }

    /** The sessions that match, all in one page. */
    public JsonNode sessions(Map<String, ?> filter) {
        return api.data(
                        "query($filter: TrackingSessionFilter) { listTrackingSessions(filter: $filter, first: 100) {"
                                + " edges { node { id } } } }",
                        Map.of("filter", filter))
                .at("/listTrackingSessions/edges");
    }

    /** The vendors around a position, all in one page. */
    public JsonNode search(double latitude, double longitude, double radiusMiles) {
        return api.data("""
            query($near: PositionInput!, $radiusMiles: Float!) {
              searchVendorsNearby(near: $near, radiusMiles: $radiusMiles, first: 100) {
                totalCount edges { distanceMiles node { id name availability } }
              }
            }\
            """, Map.of("near", position(latitude, longitude), "radiusMiles", radiusMiles))
                .path("searchVendorsNearby");
    }

    private JsonNode mutation(String field, String type, String selection, Map<String, Object> input) {
        String document = "mutation($input: %s!) { %s(input: $input) %s }".formatted(type, field, selection);
        return api.response(document, Map.of("input", input));
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

    private static String id(JsonNode created) {
        return created.path("id").asString();
    }
}
