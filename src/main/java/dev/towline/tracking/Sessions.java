package dev.towline.tracking;

import dev.towline.paging.Connection;
import dev.towline.paging.PageRequest;
import dev.towline.problem.NotFound;
import dev.towline.store.Index;
import dev.towline.store.IndexedList;
import dev.towline.store.SortKey;
import dev.towline.store.Store;
import dev.towline.store.Table;
import dev.towline.viewer.Tenant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads sessions. Blocking, thread-safe. */
@Component
class Sessions {

    static final Index<TrackingSession> BY_TENANT = index("byTenant", s -> "");
    static final Index<TrackingSession> BY_STATUS =
            index("byStatus", s -> s.status().name());
    static final Index<TrackingSession> BY_VENDOR = index("byVendor", TrackingSession::vendorId);
    static final Index<TrackingSession> BY_INCIDENT = index("byIncident", TrackingSession::incidentId);

    static final Table<TrackingSession> TABLE = new Table<>(
            "tracking-sessions",
            "session",
            false,
            new SessionItems(),
            List.of(BY_TENANT, BY_STATUS, BY_VENDOR, BY_INCIDENT),
            null);

    private final Store store;

    Sessions(Store store) {
        this.store = store;
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

    /** The request for a page of sessions with these arguments. */
    static PageRequest page(@Nullable Integer first, @Nullable String after) {
        return PageRequest.of("sessions", SortKey::isMomentAndUuid, first, after);
    }

    /** The matching sessions of the tenant, latest start first. */
    Connection<TrackingSession> list(Tenant tenant, TrackingSessionFilter filter, PageRequest page) {
        return new IndexedList<>(
                        TABLE,
                        filter.index(),
                        tenant,
                        filter.partitions(),
                        id -> new SessionKey(tenant, id),
                        filter::matches)
                .page(store, page);
    }

    /** All indexes share one sort attribute, because each would take 65 bytes of the item. */
    private static Index<TrackingSession> index(String name, Function<TrackingSession, String> partition) {
        return new Index<>(name, partition, Sessions::sort, "sort");
    }

    private static String sort(TrackingSession session) {
        return SortKey.of(session.startedAt(), session.id());
    }
}
