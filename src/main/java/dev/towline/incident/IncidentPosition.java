package dev.towline.incident;

import dev.towline.geo.GeoPoint;
import dev.towline.viewer.Role;
import dev.towline.viewer.Viewer;
import dev.towline.viewer.VisibilityRule;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Hides the position of an incident from a guest whose session has ended. Thread-safe, does not block. */
@Component
final class IncidentPosition implements VisibilityRule<GeoPoint> {

    @Override
    public Class<GeoPoint> type() {
        return GeoPoint.class;
    }

    @Override
    public GeoPoint visible(GeoPoint point, Viewer viewer) {
        return point;
    }

    @Override
    public @Nullable GeoPoint visibleWithin(Object parent, GeoPoint point, Viewer viewer) {
        boolean isHidden = viewer.role() == Role.GUEST
                && parent instanceof Incident incident
                && (incident.activeSessionId() == null
                        || !incident.activeSessionId().equals(viewer.sharedSessionId()));
        return isHidden ? null : point;
    }
}
