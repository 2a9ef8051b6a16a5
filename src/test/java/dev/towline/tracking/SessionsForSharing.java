package dev.towline.tracking;

import dev.towline.store.Store;
import dev.towline.store.Write;
import dev.towline.viewer.Tenant;
import java.time.Instant;

/** A stored session, for tests of other packages. */
public final class SessionsForSharing {

    private final Store store;
    private TrackingSession session;

    public SessionsForSharing(Store store, Tenant tenant, Instant start) {
        this.store = store;
        session = TrackingSession.begin(new SessionKey(tenant, "s1"), "i1", "v1", Drives.SCENE, start, start);
        store.write(new Write<>(Sessions.TABLE, session));
    }

    public String id() {
        return session.id();
    }

    public void move() {
        write(Drives.moved(session, Drives.numbered(session.sequence() + 1, 10)));
    }

    public void end(Instant at) {
        write(session.in(SessionStatus.COMPLETED, at));
    }

    private void write(TrackingSession next) {
        store.write(new Write<>(Sessions.TABLE, next));
        session = next;
    }
}
