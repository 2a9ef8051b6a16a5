package dev.towline.tracking;

import dev.towline.paging.Connection;
import dev.towline.paging.KeysetPage;
import dev.towline.paging.PageRequest;
import dev.towline.problem.NotFound;
import dev.towline.store.Index;
import dev.towline.store.IndexedList;
import dev.towline.store.Order;
import dev.towline.store.SortKey;
import dev.towline.store.Store;
import dev.towline.store.Table;
import dev.towline.viewer.Tenant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads sessions and their trails. Blocking, thread-safe. */
@Component
class Sessions {

    static final Index<TrackingSession> BY_TENANT = new Index<>("byTenant", s -> "", Sessions::sort);
    static final Index<TrackingSession> BY_STATUS =
            new Index<>("byStatus", s -> s.status().name(), Sessions::sort);
    static final Index<TrackingSession> BY_VENDOR = new Index<>("byVendor", TrackingSession::vendorId, Sessions::sort);
    static final Index<TrackingSession> BY_INCIDENT =
            new Index<>("byIncident", TrackingSession::incidentId, Sessions::sort);

    static final Table<TrackingSession> TABLE = new Table<>(
            "sessions",
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

    /** The trail of a session by recorded time, oldest first. */
    Connection<TrackedLocation> trail(SessionKey key, PageRequest page) {
        return KeysetPage.fill(
                page,
                (after, limit) ->
                        store.rows(TrailPoint.TABLE, key.tenant(), key.id(), after, null, Order.ASCENDING, limit),
                TrailPoint::sort,
                points -> points.stream()
                        .<@Nullable TrackedLocation>map(TrailPoint::location)
                        .toList());
    }

    /**
     * The locations with sequences after the given one, newest first, and the one before them if there is one. Sequences increase with
     * recorded time, so it is sufficient to read from the end of the trail.
     */
    List<TrackedLocation> numberedSince(SessionKey key, int afterSequence) {
        List<TrackedLocation> numbered = new ArrayList<>();
        @Nullable String before = null;
        while (true) {
            List<TrailPoint> points = store.rows(
                    TrailPoint.TABLE, key.tenant(), key.id(), null, before, Order.DESCENDING, PageRequest.MAX_FIRST);
            for (TrailPoint point : points) {
                Integer sequence = point.location().sequence();
                if (sequence != null) {
                    numbered.add(point.location());
                    if (sequence <= afterSequence) {
                        return numbered;
                    }
                }
            }
            if (points.size() < PageRequest.MAX_FIRST) {
                return numbered;
            }
            before = points.getLast().sort();
        }
    }

    private static String sort(TrackingSession session) {
        return SortKey.of(session.startedAt(), session.id());
    }
}
