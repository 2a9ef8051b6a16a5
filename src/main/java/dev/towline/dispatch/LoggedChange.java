package dev.towline.dispatch;

import dev.towline.incident.Incident;
import dev.towline.store.Change;
import dev.towline.store.EntityRef;
import dev.towline.tracking.TrackingSession;
import dev.towline.vendor.Vendor;
import dev.towline.viewer.Viewer;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A change of an incident, a session or a vendor.
 *
 * @param publisher who told of it
 * @param place its place among the changes of that publisher
 * @param kind what changed
 * @param object the changed object
 * @param version the version of the object that the change led to
 * @param vendorIds the vendors that may see the change
 */
record LoggedChange(
        long publisher, Place place, DispatchChangeKind kind, EntityRef object, int version, Set<String> vendorIds) {

    /** The change at this index of a write; null if boards do not show that kind of entity. */
    static @Nullable LoggedChange of(long publisher, long number, List<Change> write, int index) {
        Place place = new Place(number, index);
        Change change = write.get(index);
        EntityRef object = change.key().ref();
        int version = change.value().version();
        return switch (change.value()) {
            case Incident incident ->
                new LoggedChange(
                        publisher, place, DispatchChangeKind.INCIDENT, object, version, vendorsOf(incident, write));
            case TrackingSession session ->
                new LoggedChange(
                        publisher, place, DispatchChangeKind.SESSION, object, version, Set.of(session.vendorId()));
            case Vendor vendor ->
                new LoggedChange(publisher, place, DispatchChangeKind.VENDOR, object, version, Set.of(vendor.id()));
            default -> null;
        };
    }

    /** The vendors whose sessions change the incident with the same write. What happens before and after is not their business. */
    private static Set<String> vendorsOf(Incident incident, List<Change> write) {
        return write.stream()
                .map(Change::value)
                .filter(TrackingSession.class::isInstance)
                .map(TrackingSession.class::cast)
                .filter(session -> session.incidentId().equals(incident.id())
                        && session.key().tenant().equals(incident.key().tenant()))
                .map(TrackingSession::vendorId)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a viewer of the same tenant may see the change. */
    boolean isVisibleTo(Viewer viewer) {
        return switch (viewer.role()) {
            case OPERATOR, DISPATCHER -> true;
            case VENDOR -> vendorIds.contains(viewer.subject());
            case CALLER, GUEST -> false;
        };
    }

    /** Whether this change of the same object makes the other one needless: it is not older, and everybody who may see the other sees it. */
    boolean replaces(LoggedChange other) {
        return version >= other.version && vendorIds.containsAll(other.vendorIds);
    }
}
