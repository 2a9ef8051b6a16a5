package dev.towline.incident;

import dev.towline.geo.GeoPoint;
import dev.towline.viewer.Viewer;
import dev.towline.viewer.VisibilityRule;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Hides the position of an incident from a vendor and a guest whose session has ended. Thread-safe, does not block. */
@Component
final class IncidentPosition implements VisibilityRule<GeoPoint> {

    @Override
    public Class<GeoPoint> type() {
        return GeoPoint.class;
    }

    @Override
    public boolean isPersonal() {
        return false;
    }

    @Override
    public GeoPoint visible(GeoPoint point, Viewer viewer) {
        return point;
    }

    @Override
    public @Nullable GeoPoint visibleWithin(Object parent, GeoPoint point, Viewer viewer) {
        return parent instanceof Incident incident && isHidden(incident, viewer) ? null : point;
    }

    private static boolean isHidden(Incident incident, Viewer viewer) {
        String session = incident.activeSessionId();
        return switch (viewer.role()) {
            case OPERATOR, DISPATCHER, CALLER -> false;
            // see IncidentAccess, which leaves out the session if it is not the vendor's
            case VENDOR -> session == null;
            case GUEST -> session == null || !session.equals(viewer.sharedSessionId());
        };
    }
}
