package dev.towline.tracking;

import dev.towline.geo.GeoPoint;
import org.jspecify.annotations.Nullable;

/**
 * What the intake remembers of a vehicle's movement between fixes.
 *
 * @param pace the smoothed speed, null before the first fix
 * @param origin the position of the first accurate fix, from which the first movement is measured; null before it and after the vehicle set off
 * @param stay the stay near the incident, null while the vehicle is not near
 * @param pending the last fix that was rejected as a jump, until another one confirms or refutes it; null if there is none
 */
record Motion(
        @Nullable Pace pace,
        @Nullable GeoPoint origin,
        @Nullable Stay stay,
        @Nullable TrackedLocation pending) {

    static final Motion UNKNOWN = new Motion(null, null, null, null);

    Motion {
        origin = origin == null ? null : TrackedLocation.rounded(origin);
    }

    Motion withPace(Pace next) {
        return new Motion(next, origin, stay, pending);
    }

    Motion withOrigin(@Nullable GeoPoint next) {
        return new Motion(pace, next, stay, pending);
    }

    Motion withStay(@Nullable Stay next) {
        return new Motion(pace, origin, next, pending);
    }

    Motion withPending(@Nullable TrackedLocation next) {
        return new Motion(pace, origin, stay, next);
    }
}
