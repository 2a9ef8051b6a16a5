package dev.towline.tracking;

import dev.towline.store.Table;
import dev.towline.viewer.Tenant;

/** Sessions for tests of other packages. */
public final class SomeSessions {

    /** The table of sessions. */
    public static final Table<TrackingSession> TABLE = Sessions.TABLE;

    private SomeSessions() {}

    /** A new session. */
    public static TrackingSession of(Tenant tenant, String id, String incidentId, String vendorId) {
        return TrackingSession.begin(
                new SessionKey(tenant, id), incidentId, vendorId, Drives.SCENE, Drives.START, Drives.START);
    }

    /** Its next state; it has no end. */
    public static TrackingSession next(TrackingSession session) {
        return session.in(session.status(), Drives.START);
    }
}
