package dev.towline.tracking;

import dev.towline.geo.GeoPoint;
import dev.towline.tracking.IntakeSettings.FollowMovement;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Derives the status of a session from the movement of its vehicle: EN_ROUTE when it is away from its first accurate fix, ARRIVED when it
 * has stayed near the incident. Pure functions.
 */
record Movement(FollowMovement settings) {

    /**
     * The result of one numbered fix.
     *
     * @param motion what to remember
     * @param status the new status, null if it stays
     */
    record Result(Motion motion, @Nullable SessionStatus status) {}

    /** Follows one numbered fix; fixes must come in the order of their numbers. */
    Result follow(Motion motion, SessionStatus status, TrackedLocation fix, GeoPoint destination) {
        if (!settings.followsMovement() || !status.isUnderway()) {
            return new Result(motion.withOrigin(null).withNearSince(null), null);
        }
        GeoPoint origin = origin(motion, fix);
        Instant nearSince = nearSince(motion.nearSince(), fix, destination);
        if (nearSince != null
                && isNear(fix, destination)
                && Duration.between(nearSince, fix.recordedAt()).compareTo(settings.arrivalDwell()) >= 0) {
            return new Result(motion.withOrigin(null).withNearSince(null), SessionStatus.ARRIVED);
        }
        boolean isAway = origin != null
                && origin.distanceTo(fix.point()).value() - accuracyMeters(fix) >= settings.departureMeters();
        if (status == SessionStatus.ASSIGNED && isAway) {
            return new Result(motion.withOrigin(null).withNearSince(nearSince), SessionStatus.EN_ROUTE);
        }
        GeoPoint remembered = status == SessionStatus.ASSIGNED ? origin : null;
        return new Result(motion.withOrigin(remembered).withNearSince(nearSince), null);
    }

    /** Where the vehicle set out. A vague first fix is no such place, or the next accurate one would look like a departure. */
    private @Nullable GeoPoint origin(Motion motion, TrackedLocation fix) {
        if (motion.origin() != null) {
            return motion.origin();
        }
        return accuracyMeters(fix) <= settings.departureMeters() ? fix.point() : null;
    }

    /**
     * Since when the vehicle has been near the incident; null if it is not. It comes near with a fix within the radius that is accurate
     * enough, and leaves with a fix that is outside beyond its accuracy. Fixes between neither begin nor end the stay, nor show that it lasted.
     */
    private @Nullable Instant nearSince(@Nullable Instant before, TrackedLocation fix, GeoPoint destination) {
        if (before == null) {
            return isNear(fix, destination) ? fix.recordedAt() : null;
        }
        double meters = fix.point().distanceTo(destination).value();
        return meters - accuracyMeters(fix) > settings.arrivalRadiusMeters() ? null : before;
    }

    private boolean isNear(TrackedLocation fix, GeoPoint destination) {
        double meters = fix.point().distanceTo(destination).value();
        return Math.max(meters, accuracyMeters(fix)) <= settings.arrivalRadiusMeters();
    }

    private static double accuracyMeters(TrackedLocation fix) {
        return fix.accuracyMeters() == null ? 0 : fix.accuracyMeters();
    }
}
