package dev.towline.tracking;

import dev.towline.incident.Incident;
import dev.towline.incident.Incidents;
import dev.towline.paging.Connection;
import dev.towline.paging.PageRequest;
import dev.towline.store.Index;
import dev.towline.store.IndexedList;
import dev.towline.store.Store;
import dev.towline.viewer.Viewer;
import java.util.List;
import org.springframework.stereotype.Component;

/** Lists the sessions that a viewer may see. Blocking, thread-safe. */
@Component
final class SessionLists {

    /** The most incidents of a CALLER whose sessions are listed. Each costs a query. */
    private static final int MOST_INCIDENTS = 20;

    private final Store store;
    private final Incidents incidents;
    private final SessionAccess access;

    SessionLists(Store store, Incidents incidents, SessionAccess access) {
        this.store = store;
        this.incidents = incidents;
        this.access = access;
    }

    /**
     * The matching sessions that the viewer may see, latest start first. For a CALLER it reads the newest incidents of that caller, at most
     * {@value #MOST_INCIDENTS}, and then the sessions of each: an index of callers would make every session larger.
     */
    Connection<TrackingSession> page(Viewer viewer, TrackingSessionFilter filter, PageRequest page) {
        return switch (viewer.role()) {
            case OPERATOR, DISPATCHER -> list(filter.index(), filter.partitions(), viewer, filter, page);
            case VENDOR -> {
                TrackingSessionFilter own = filter.ofVendor(viewer.subject());
                // By incident, a page could end at a session of another vendor, and its cursor would tell of it.
                List<String> partitions = own.partitions().isEmpty() ? List.of() : List.of(viewer.subject());
                yield list(Sessions.BY_VENDOR, partitions, viewer, own, page);
            }
            case CALLER -> {
                List<String> own = incidents.newestOf(viewer, MOST_INCIDENTS).stream()
                        .map(Incident::id)
                        .filter(id -> filter.incidentId() == null
                                || filter.incidentId().equals(id))
                        .toList();
                yield list(Sessions.BY_INCIDENT, own, viewer, filter, page);
            }
            case GUEST -> Connection.empty();
        };
    }

    private Connection<TrackingSession> list(
            Index<TrackingSession> index,
            List<String> partitions,
            Viewer viewer,
            TrackingSessionFilter filter,
            PageRequest page) {
        return new IndexedList<>(
                        Sessions.TABLE,
                        index,
                        viewer.tenant(),
                        partitions,
                        id -> new SessionKey(viewer.tenant(), id),
                        session -> filter.matches(session) && access.visible(session, viewer) != null)
                .page(store, page);
    }
}
