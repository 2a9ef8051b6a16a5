package dev.towline.demo;

import dev.towline.demo.city.Fix;
import dev.towline.geo.GeoPoint;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the fleet asks of the service. Every call blocks and throws {@link ApiFailure}; none harms when it is made twice. */
interface Api {

    /** What the service writes at once. */
    int MAX_FIXES = 99;

    /** A vendor as the service knows it. */
    record KnownVendor(String id, boolean available, List<String> capabilities, GeoPoint position) {}

    /** An incident of the demo that nobody is on the way to. */
    record OpenIncident(String id, String kind, GeoPoint position) {}

    /** A session that has not ended, at an incident of the demo. */
    record ActiveSession(String id, Stage stage, String vendorId, GeoPoint vehicle, GeoPoint incident) {}

    /** Incidents of the demo that are REPORTED, the newest first. */
    record OpenIncidents(List<OpenIncident> newest, boolean hasMore) {}

    /** The vendors of those ids that there are. */
    List<KnownVendor> vendors(List<String> ids);

    void register(DemoVendor vendor);

    OpenIncidents openIncidents();

    OpenIncident report(Breakdown breakdown, GeoPoint position);

    /** The sessions of the demo's incidents, of whatever vendor. */
    List<ActiveSession> activeSessions();

    /**
     * Returns the id of the new session.
     *
     * @param startedAt for one that is entered late, null for now
     */
    String start(String incidentId, String vendorId, @Nullable Instant startedAt);

    /** Sends fixes, the oldest first, at most {@link #MAX_FIXES}. Returns how far the session is. */
    Stage move(String sessionId, List<Fix> fixes);

    /** Returns how far the session is then. */
    Stage advance(String sessionId, Stage stage);

    /** How far the session is, null if there is none. */
    @Nullable
    Stage stage(String sessionId);
}
