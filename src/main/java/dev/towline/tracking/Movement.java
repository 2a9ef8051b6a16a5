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

    /** Two fixes further apart do not show that the vehicle stayed between them; some vehicles report every few minutes. */
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(5);

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
            return new Result(motion.withOrigin(null).withStay(null), null);
        }
        GeoPoint origin = origin(motion, fix);
        Stay stay = stay(motion.stay(), fix, destination);
        if (stay != null && stay.length().compareTo(settings.arrivalDwell()) >= 0) {
            return new Result(motion.withOrigin(null).withStay(null), SessionStatus.ARRIVED);
        }
        boolean isAway = origin != null
                && origin.distanceTo(fix.point()).value() - accuracyMeters(fix) >= settings.departureMeters();
        if (status == SessionStatus.ASSIGNED && isAway) {
            return new Result(motion.withOrigin(null).withStay(stay), SessionStatus.EN_ROUTE);
        }
        GeoPoint remembered = status == SessionStatus.ASSIGNED ? origin : null;
        return new Result(motion.withOrigin(remembered).withStay(stay), null);
    }

    /** Where the vehicle set out. A vague first fix is no such place, or the next accurate one would look like a departure. */
    private @Nullable GeoPoint origin(Motion motion, TrackedLocation fix) {
        if (motion.origin() != null) {
            return motion.origin();
        }
        return accuracyMeters(fix) <= settings.departureMeters() ? fix.point() : null;
    }

    /**
     * The stay near the incident after this fix; null if there is none. An accurate fix within the radius begins it and shows that it lasts; a
     * fix that is outside beyond its accuracy ends it. Fixes between do neither. After a long time without an accurate fix it begins anew.
     */
    private @Nullable Stay stay(@Nullable Stay before, TrackedLocation fix, GeoPoint destination) {
        Instant time = fix.recordedAt();
        if (isNear(fix, destination)) {
            return before == null || Duration.between(before.until(), time).compareTo(LONGEST_SILENCE) > 0
                    ? new Stay(time, time)
                    : new Stay(before.since(), time);
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
