package dev.towline.tracking;

import dev.towline.problem.Require;
import dev.towline.store.Index;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The filter of {@code listTrackingSessions}. A null component does not filter. */
record TrackingSessionFilter(
        @Nullable List<SessionStatus> statuses,
        @Nullable String vendorId,
        @Nullable String incidentId,
        @Nullable Boolean active) {

    static final TrackingSessionFilter ANY = new TrackingSessionFilter(null, null, null, null);

    private static final TrackingSessionFilter NONE = new TrackingSessionFilter(List.of(), null, null, null);

    /** This filter, after its ids were checked. */
    TrackingSessionFilter checked() {
        if (vendorId != null) {
            Require.id("filter.vendorId", vendorId);
        }
        if (incidentId != null) {
            Require.id("filter.incidentId", incidentId);
        }
        return this;
    }

    /** The sessions of this vendor that match this filter. */
    TrackingSessionFilter ofVendor(String id) {
        return vendorId == null || vendorId.equals(id)
                ? new TrackingSessionFilter(statuses, id, incidentId, active)
                : NONE;
    }

    /** Whether the session matches. */
    boolean matches(TrackingSession session) {
        return wanted().contains(session.status())
                && (vendorId == null || vendorId.equals(session.vendorId()))
                && (incidentId == null || incidentId.equals(session.incidentId()));
    }

    /** The most selective index for this filter. */
    Index<TrackingSession> index() {
        if (incidentId != null) {
            return Sessions.BY_INCIDENT;
        }
        if (vendorId != null) {
            return Sessions.BY_VENDOR;
        }
        return wanted().size() < SessionStatus.values().length ? Sessions.BY_STATUS : Sessions.BY_TENANT;
    }

    /** The partitions of that index that can contain matching sessions. */
    List<String> partitions() {
        if (wanted().isEmpty()) {
            return List.of();
        }
        if (incidentId != null) {
            return List.of(incidentId);
        }
        if (vendorId != null) {
            return List.of(vendorId);
        }
        return wanted().size() == SessionStatus.values().length
                ? List.of("")
                : wanted().stream().map(Enum::name).toList();
    }

    private Set<SessionStatus> wanted() {
        EnumSet<SessionStatus> wanted = EnumSet.allOf(SessionStatus.class);
        if (statuses != null) {
            wanted.retainAll(statuses);
        }
        if (active != null) {
            wanted.removeIf(status -> status.isEnd() == active);
        }
        return wanted;
    }
}
