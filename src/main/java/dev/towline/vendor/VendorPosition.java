package dev.towline.vendor;

import dev.towline.geo.GeoPoint;
import dev.towline.viewer.Role;
import dev.towline.viewer.Viewer;
import dev.towline.viewer.VisibilityRule;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Hides the position of a vendor from callers and guests. During a session they see the location of the session; the end of a session moves
 * the vendor to the last one. Thread-safe, does not block.
 */
@Component
final class VendorPosition implements VisibilityRule<GeoPoint> {

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
        boolean isHidden = parent instanceof Vendor && (viewer.role() == Role.CALLER || viewer.role() == Role.GUEST);
        return isHidden ? null : point;
    }
}
