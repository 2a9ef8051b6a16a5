package dev.towline.tracking;

import dev.towline.geo.GeoPoint;
import dev.towline.viewer.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sessions and fixes to try rules on. A fix is named by when it was recorded: seconds since the start of its session. */
final class Drives {

    static final Instant START = Instant.parse("2026-03-21T14:00:00Z");
    static final GeoPoint SCENE = new GeoPoint(30.25, -97.75);
    static final IntakeSettings SETTINGS = new IntakeSettings(Duration.ofMinutes(1), Duration.ofMinutes(15));

    private Drives() {}

    /** A new session. */
    static TrackingSession begun() {
        return TrackingSession.begin(new SessionKey(new Tenant("acme"), "s1"), "i1", "v1", SCENE, START, START);
    }

    static Instant at(double seconds) {
        return START.plusMillis(Math.round(seconds * 1_000));
    }

    static LocationInput fix(double seconds) {
        return fix(seconds, 30 + seconds / 10_000, -97, 12.5);
    }

    static LocationInput fix(double seconds, double latitude, double longitude, @Nullable Double speed) {
        return new LocationInput(latitude, longitude, at(seconds), speed, 90.0, 4.0);
    }

    /** A location that was accepted as this number, a second after it was recorded. */
    static TrackedLocation numbered(int sequence, double seconds) {
        return new TrackedLocation(
                new GeoPoint(30 + seconds / 10_000, -97), at(seconds), at(seconds + 1), sequence, 12.5, 90.0, 4.0);
    }

    static Judgement judge(TrackingSession session, LocationInput... fixes) {
        return Judgement.of(session, Set.of(), SETTINGS, at(600), List.of(fixes));
    }
}
