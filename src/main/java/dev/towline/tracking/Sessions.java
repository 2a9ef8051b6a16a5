package dev.towline.tracking;

import dev.towline.paging.PageRequest;
import dev.towline.problem.NotFound;
import dev.towline.store.Index;
import dev.towline.store.SortKey;
import dev.towline.store.Store;
import dev.towline.store.Table;
import dev.towline.viewer.Viewer;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads sessions. Blocking, thread-safe. */
@Component
public final class Sessions {

    /** How long a GUEST sees that a session has ended, so that one who was disconnected at the end learns of it. */
    public static final Duration SEEN_BY_GUEST_AFTER_END = Duration.ofMinutes(5);

    static final Index<TrackingSession> BY_TENANT = index("byTenant", s -> "");
    static final Index<TrackingSession> BY_STATUS =
            index("byStatus", s -> s.status().name());
    static final Index<TrackingSession> BY_VENDOR = index("byVendor", TrackingSession::vendorId);
    static final Index<TrackingSession> BY_INCIDENT = index("byIncident", TrackingSession::incidentId);

    /** The table of sessions. */
    public static final Table<TrackingSession> TABLE = new Table<>(
            "tracking-sessions",
            "session",
            false,
            new SessionItems(),
            List.of(BY_TENANT, BY_STATUS, BY_VENDOR, BY_INCIDENT),
            null);

    private final Store store;
    private final SessionAccess access;

    Sessions(Store store, SessionAccess access) {
        this.store = store;
        this.access = access;
    }

    /**
     * Reads a session with strong consistency.
     *
     * @param argument the path of the argument with its id
     * @throws NotFound if it does not exist
     */
    TrackingSession require(String argument, SessionKey key) {
        TrackingSession session = store.getConsistently(TABLE, key);
        if (session == null) {
            throw new NotFound(argument, "a tracking session");
        }
        return session;
    }

    /**
     * Reads a session with strong consistency.
     *
     * @param argument the path of the argument with its id
     * @throws NotFound if it does not exist for this viewer
     */
    public TrackingSession require(String argument, SessionKey key, Viewer viewer) {
        return access.require(argument, store.getConsistently(TABLE, key), viewer);
    }

    /** Reads a session with strong consistency; whether it exists for this viewer. */
    public boolean isVisible(SessionKey key, Viewer viewer) {
        TrackingSession session = store.getConsistently(TABLE, key);
        return session != null && access.visible(session, viewer) != null;
    }

    /** The request for a page of sessions with these arguments. */
    static PageRequest page(@Nullable Integer first, @Nullable String after) {
        return PageRequest.of("sessions", SortKey::isMomentAndUuid, first, after);
    }

    /** All indexes share one sort attribute, because each would take 65 bytes of the item. */
    private static Index<TrackingSession> index(String name, Function<TrackingSession, String> partition) {
        return new Index<>(name, partition, Sessions::sort, "sort");
    }

    private static String sort(TrackingSession session) {
        return SortKey.of(session.startedAt(), session.id());
    }
}
