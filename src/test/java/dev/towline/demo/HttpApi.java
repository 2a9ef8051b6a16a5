package dev.towline.demo;

import dev.towline.demo.city.Fix;
import dev.towline.geo.GeoPoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The service's GraphQL. Blocking, thread-safe. */
final class HttpApi implements Api {

    private static final String VENDORS =
            "query ($ids: [ID!]!) { getVendors(ids: $ids) { id availability capabilities position { latitude longitude"
                    + " } } }";
    private static final String REGISTER =
            "mutation ($input: RegisterVendorInput!) { registerVendor(input: $input) { id } }";
    private static final String OPEN_INCIDENTS = """
        { listIncidents(filter: {statuses: [REPORTED]}, first: 100) {
            edges { node { id kind description position { latitude longitude } } } pageInfo { hasNextPage } } }\
        """;
    private static final String REPORT = """
        mutation ($input: CreateIncidentInput!) { createIncident(input: $input) { id kind position { latitude longitude } } }\
        """;
    private static final String ACTIVE_SESSIONS = """
        query ($after: String) { listTrackingSessions(filter: {active: true}, first: 100, after: $after) {
            edges { node { id status currentLocation { latitude longitude }
                vendor { id position { latitude longitude } } incident { description position { latitude longitude } } } }
            pageInfo { hasNextPage endCursor } } }\
        """;
    private static final String START =
            "mutation ($input: StartTrackingSessionInput!) { startTrackingSession(input: $input) { id } }";
    private static final String MOVE =
            "mutation ($input: UpdateLocationsInput!) { updateLocations(input: $input) { session { status } } }";
    private static final String ADVANCE =
            "mutation ($input: UpdateSessionStatusInput!) { updateSessionStatus(input: $input) { status } }";
    private static final String STAGE = "query ($id: ID!) { getTrackingSession(id: $id) { status } }";

    private static final double ACCURACY_METERS = 5;

    private final GraphQlClient client;

    HttpApi(GraphQlClient client) {
        this.client = client;
    }

    @Override
    public List<KnownVendor> vendors(List<String> ids) {
        return client.call(VENDORS, Map.of("ids", ids))
                .path("getVendors")
                .valueStream()
                .filter(JsonNode::isObject)
                .map(vendor -> new KnownVendor(
                        text(vendor, "id"),
                        text(vendor, "availability").equals("AVAILABLE"),
                        vendor.path("capabilities")
                                .valueStream()
                                .map(JsonNode::asString)
                                .toList(),
                        point(vendor.path("position"))))
                .toList();
    }

    @Override
    public void register(DemoVendor vendor) {
        client.call(
                REGISTER,
                input(Map.of(
                        "id", vendor.id(),
                        "name", vendor.name(),
                        "phone", vendor.phone(),
                        "capabilities", vendor.capabilities(),
                        "rating", vendor.rating(),
                        "position", position(vendor.position()))));
    }

    @Override
    public OpenIncidents openIncidents() {
        JsonNode page = client.call(OPEN_INCIDENTS, Map.of()).path("listIncidents");
        List<OpenIncident> incidents = page.path("edges")
                .valueStream()
                .map(edge -> edge.path("node"))
                .filter(HttpApi::isOfTheDemo)
                .map(HttpApi::incident)
                .toList();
        return new OpenIncidents(
                incidents, page.path("pageInfo").path("hasNextPage").asBoolean());
    }

    @Override
    public OpenIncident report(Breakdown breakdown, GeoPoint position) {
        Map<String, Object> incident = Map.of(
                "kind", breakdown.kind(),
                "description", breakdown.description() + Breakdown.MARK,
                "position", position(position),
                "clientToken", UUID.randomUUID().toString());
        return incident(client.call(REPORT, input(incident)).path("createIncident"));
    }

    @Override
    public List<ActiveSession> activeSessions() {
        List<ActiveSession> sessions = new ArrayList<>();
        Map<String, Object> after = new HashMap<>();
        while (true) {
            JsonNode page = client.call(ACTIVE_SESSIONS, after).path("listTrackingSessions");
            page.path("edges")
                    .valueStream()
                    .map(edge -> edge.path("node"))
                    .filter(session -> isOfTheDemo(session.path("incident")))
                    .map(HttpApi::session)
                    .forEach(sessions::add);
            if (!page.path("pageInfo").path("hasNextPage").asBoolean()) {
                return sessions;
            }
            after.put("after", text(page.path("pageInfo"), "endCursor"));
        }
    }

    @Override
    public String start(String incidentId, String vendorId, @Nullable Instant startedAt) {
        Map<String, Object> session = new HashMap<>(Map.of(
                "incidentId", incidentId,
                "vendorId", vendorId,
                "clientToken", UUID.randomUUID().toString()));
        if (startedAt != null) {
            session.put("startedAt", startedAt.toString());
        }
        return text(client.call(START, input(session)).path("startTrackingSession"), "id");
    }

    @Override
    public Stage move(String sessionId, List<Fix> fixes) {
        Map<String, Object> locations = Map.of(
                "sessionId",
                sessionId,
                "locations",
                fixes.stream().map(HttpApi::location).toList());
        return stage(client.call(MOVE, input(locations))
                .path("updateLocations")
                .path(0)
                .path("session"));
    }

    @Override
    public Stage advance(String sessionId, Stage stage) {
        Map<String, Object> status = Map.of("sessionId", sessionId, "status", stage.name());
        return stage(client.call(ADVANCE, input(status)).path("updateSessionStatus"));
    }

    @Override
    public @Nullable Stage stage(String sessionId) {
        JsonNode session = client.call(STAGE, Map.of("id", sessionId)).path("getTrackingSession");
        return session.isObject() ? stage(session) : null;
    }

    private static Map<String, Object> input(Map<String, Object> input) {
        return Map.of("input", input);
    }

    private static boolean isOfTheDemo(JsonNode incident) {
        return incident.path("description").asString("").endsWith(Breakdown.MARK);
    }

    private static OpenIncident incident(JsonNode incident) {
        return new OpenIncident(text(incident, "id"), text(incident, "kind"), point(incident.path("position")));
    }

    private static ActiveSession session(JsonNode session) {
        JsonNode vehicle = session.path("currentLocation");
        JsonNode vendor = session.path("vendor");
        return new ActiveSession(
                text(session, "id"),
                stage(session),
                text(vendor, "id"),
                point(vehicle.isObject() ? vehicle : vendor.path("position")),
                point(session.path("incident").path("position")));
    }

    private static Map<String, Object> location(Fix fix) {
        return Map.of(
                "latitude", fix.point().latitude(),
                "longitude", fix.point().longitude(),
                "recordedAt", fix.recordedAt().toString(),
                "speedMetersPerSecond", fix.speedMetersPerSecond(),
                "headingDegrees", fix.headingDegrees(),
                "accuracyMeters", ACCURACY_METERS);
    }

    private static Map<String, Object> position(GeoPoint point) {
        return Map.of("latitude", point.latitude(), "longitude", point.longitude());
    }

    private static GeoPoint point(JsonNode position) {
        return new GeoPoint(
                position.path("latitude").asDouble(), position.path("longitude").asDouble());
    }

    private static Stage stage(JsonNode session) {
        return Stage.valueOf(text(session, "status"));
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString();
    }
}
