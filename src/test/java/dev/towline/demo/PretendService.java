package dev.towline.demo;

import dev.towline.demo.city.Fix;
import dev.towline.geo.GeoPoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The service as far as the fleet knows it, in memory. What is public can be changed behind the fleet's back. For one thread. */
final class PretendService implements Api {

    record Session(String id, String incidentId, String vendorId, Stage stage, List<Fix> trail) {

        Session in(Stage next) {
            return new Session(id, incidentId, vendorId, next, trail);
        }

        GeoPoint vehicle() {
            return trail.getLast().point();
        }
    }

    final Map<String, KnownVendor> vendors = new TreeMap<>();
    final Map<String, OpenIncident> incidents = new LinkedHashMap<>();
    final Map<String, Session> sessions = new LinkedHashMap<>();

    /** Every mutation that was taken. */
    final List<String> log = new ArrayList<>();

    boolean down;

    /** Another one asks for every vendor a moment before the fleet does. */
    boolean vendorsAreSnatched;

    private final Map<String, String> activeAt = new LinkedHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();

    @Override
    public List<KnownVendor> vendors(List<String> wanted) {
        failIfDown();
        return wanted.stream().map(vendors::get).filter(Objects::nonNull).toList();
    }

    @Override
    public void register(DemoVendor vendor) {
        failIfDown();
        refuseIf(vendors.containsKey(vendor.id()));
        log.add("register " + vendor.id());
        vendors.put(vendor.id(), new KnownVendor(vendor.id(), true, vendor.capabilities(), vendor.position()));
    }

    @Override
    public OpenIncidents openIncidents() {
        failIfDown();
        return new OpenIncidents(
                incidents.values().stream()
                        .filter(incident -> !activeAt.containsKey(incident.id()))
                        .toList()
                        .reversed(),
                false);
    }

    @Override
    public OpenIncident report(Breakdown breakdown, GeoPoint position) {
        failIfDown();
        OpenIncident incident = new OpenIncident("i" + ids.incrementAndGet(), breakdown.kind(), position);
        incidents.put(incident.id(), incident);
        log.add("report " + incident);
        return incident;
    }

    @Override
    public List<ActiveSession> activeSessions() {
        failIfDown();
        return activeAt.entrySet().stream()
                .filter(active -> incidents.containsKey(active.getKey()))
                .map(active -> session(active.getValue()))
                .map(session -> new ActiveSession(
                        session.id(),
                        session.stage(),
                        session.vendorId(),
                        session.vehicle(),
                        incident(session).position()))
                .sorted(Comparator.comparing(ActiveSession::id))
                .toList();
    }

    @Override
    public String start(String incidentId, String vendorId, @Nullable Instant startedAt) {
        failIfDown();
        KnownVendor vendor = Objects.requireNonNull(vendors.get(vendorId));
        refuseIf(vendorsAreSnatched || !vendor.available() || activeAt.containsKey(incidentId));
        Session session =
                new Session("s" + ids.incrementAndGet(), incidentId, vendorId, Stage.ASSIGNED, new ArrayList<>());
        sessions.put(session.id(), session);
        activeAt.put(incidentId, session.id());
        setAvailable(vendor, false, vendor.position());
        log.add("start " + session.id() + " " + incidentId + " " + vendorId + " " + startedAt);
        return session.id();
    }

    @Override
    public Stage move(String sessionId, List<Fix> fixes) {
        failIfDown();
        Session session = session(sessionId);
        if (!session.stage().isEnd()) {
            session.trail().addAll(fixes);
            log.add("move " + sessionId + " " + fixes.size() + " " + fixes.getLast());
        }
        return session.stage();
    }

    @Override
    public Stage advance(String sessionId, Stage stage) {
        failIfDown();
        Session session = session(sessionId);
        refuseIf(session.stage().isEnd() || stage.isBefore(session.stage()));
        log.add("advance " + sessionId + " " + stage);
        sessions.put(sessionId, session.in(stage));
        if (stage.isEnd()) {
            activeAt.remove(session.incidentId());
            setAvailable(Objects.requireNonNull(vendors.get(session.vendorId())), true, session.vehicle());
        }
        if (stage == Stage.COMPLETED) {
            incidents.remove(session.incidentId());
        }
        return stage;
    }

    @Override
    public @Nullable Stage stage(String sessionId) {
        failIfDown();
        return session(sessionId).stage();
    }

    /** Of the demo's incidents. */
    List<Session> active() {
        return activeAt.values().stream().map(this::session).toList();
    }

    Session session(String id) {
        return Objects.requireNonNull(sessions.get(id));
    }

    OpenIncident incident(Session session) {
        return Objects.requireNonNull(incidents.get(session.incidentId()));
    }

    private void setAvailable(KnownVendor vendor, boolean available, GeoPoint position) {
        vendors.put(vendor.id(), new KnownVendor(vendor.id(), available, vendor.capabilities(), position));
    }

    private void failIfDown() {
        if (down) {
            throw new ApiFailure(ApiFailure.NO_ANSWER, "down");
        }
    }

    private static void refuseIf(boolean conflict) {
        if (conflict) {
            throw new ApiFailure("CONFLICT", "refused");
        }
    }
}
