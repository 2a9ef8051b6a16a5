package dev.towline.scenarios;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.stream.Collectors;
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
    }
}
