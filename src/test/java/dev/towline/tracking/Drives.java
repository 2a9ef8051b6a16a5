package dev.towline.tracking;

import dev.towline.geo.GeoPoint;
import dev.towline.tracking.IntakeSettings.FollowMovement;
import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sessions and fixes to try rules on. A fix is named by when it was recorded: seconds since the start of its session. */
final class Drives {

    /** In the future, so that no trail has expired. */
    static final String EPOCH = "epoch";

    static final Instant START = Instant.parse("2046-03-21T14:00:00Z");

    static final GeoPoint SCENE = new GeoPoint(30.25, -97.75);
    static final IntakeSettings SETTINGS = settings(false);
    static final EtaModel ETAS = new SmoothedSpeedEta();

    /** The subject of who reported the incidents. */
    static final String CALLER = "caller";

    /** For viewers whose rights do not depend on the time. */
    static final SessionAccess ACCESS = new SessionAccess(() -> START);

    private static final double METERS_PER_DEGREE =
            new GeoPoint(30, 0).distanceTo(new GeoPoint(31, 0)).value();

    private Drives() {}

    /** The default settings. */
    static IntakeSettings settings(boolean followsMovement) {
        return new IntakeSettings(
                Duration.ofMinutes(1),
                Duration.ofMinutes(15),
                5,
                Duration.ofMillis(500),
                Duration.ofMinutes(1),
                70,
                100,
                new FollowMovement(followsMovement, 100, 75, Duration.ofSeconds(30)));
    }

    /** A viewer who may change every session. */
    static Viewer dispatcher(Tenant tenant) {
        return new Viewer(Role.DISPATCHER, "d", tenant);
    }

    /** A viewer who may see this session: its caller, or a guest with a link to it. */
    static Viewer outsider(Role role, SessionKey session) {
        return new Viewer(role, CALLER, session.tenant(), role == Role.GUEST ? session.id() : null);
    }

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

    /** A fix so many metres north of the scene. */
    static LocationInput north(double seconds, double meters, @Nullable Double accuracyMeters) {
        return new LocationInput(
                SCENE.latitude() + meters / METERS_PER_DEGREE,
                SCENE.longitude(),
                at(seconds),
                null,
                null,
                accuracyMeters);
    }

    /** A location without a number, which arrived a second after it was recorded. */
    static TrackedLocation location(double seconds) {
        return TrackedLocation.of(fix(seconds), at(seconds + 1));
    }

    /** A location that was accepted as this number, a second after it was recorded. */
    static TrackedLocation numbered(int sequence, double seconds) {
        return location(seconds).withNumber(sequence, new Remaining(100 + sequence, 1_000 + sequence));
    }

    /** The session after it stored this location. */
    static TrackingSession moved(TrackingSession session, TrackedLocation... locations) {
        TrackedLocation newest = locations[locations.length - 1];
        Integer sequence = newest.sequence();
        if (sequence == null) {
            throw new IllegalArgumentException("the newest location has a number");
        }
        List<TailEntry> entries = List.of(locations).stream()
                .<TailEntry>map(TailEntry.Stored::new)
                .toList();
        return session.next(
                session.steps(),
                newest,
                newest.receivedAt(),
                sequence,
                session.motion(),
                session.tail().plus(entries));
    }

    static Judgement judge(TrackingSession session, LocationInput... fixes) {
        return judge(session, List.of(), fixes);
    }

    static Judgement judge(TrackingSession session, List<TailEntry> around, LocationInput... fixes) {
        return new Judge(session, around, SETTINGS, ETAS, at(600)).judge(List.of(fixes));
    }

    /** The updates of a state. */
    static TrackingUpdates updates(TrackingSession session) {
        return new TrackingUpdates(session, EPOCH);
    }
}
