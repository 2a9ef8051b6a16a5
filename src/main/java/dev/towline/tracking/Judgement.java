package dev.towline.tracking;

import dev.towline.geo.GeoPoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The decision about some fixes of one session.
 *
 * @param verdicts one for each fix, in the same order
 * @param accepted the locations to write to the trail
 * @param session the session after the fixes; the same object as before if no fix was stored
 */
record Judgement(List<Verdict> verdicts, List<TrackedLocation> accepted, TrackingSession session) {

    Judgement {
        verdicts = List.copyOf(verdicts);
        accepted = List.copyOf(accepted);
    }

    /** The decision about one fix. */
    record Verdict(
            LocationOutcome outcome,
            @Nullable Integer sequence,
            @Nullable String reason) {}

    /**
     * Decides about fixes in the given order, with the same outcome as if each had come in its own call.
     *
     * @param session the session before the fixes
     * @param knownTimes the recorded times of these fixes that the trail already has
     * @param now the time at which the fixes arrived
     */
    static Judgement of(
            TrackingSession session,
            Set<Instant> knownTimes,
            IntakeSettings settings,
            Instant now,
            List<LocationInput> fixes) {
        Judge judge = new Judge(session, new HashSet<>(knownTimes), settings, now);
        List<Verdict> verdicts = fixes.stream().map(judge::judge).toList();
        TrackedLocation newest = judge.newest;
        return new Judgement(
                verdicts, judge.accepted, newest == null ? session : session.at(newest, judge.sequence, now));
    }

    /** The state of the decision after some of the fixes. */
    private static final class Judge {

        private final TrackingSession session;
        private final Set<Instant> knownTimes;
        private final IntakeSettings settings;
        private final Instant now;
        private final List<TrackedLocation> accepted = new ArrayList<>();
        private @Nullable TrackedLocation newest;
        private int sequence;

        Judge(TrackingSession session, Set<Instant> knownTimes, IntakeSettings settings, Instant now) {
            this.session = session;
            this.knownTimes = knownTimes;
            this.settings = settings;
            this.now = now;
            this.sequence = session.sequence();
        }

        Verdict judge(LocationInput fix) {
            String objection = objection(fix);
            if (objection != null) {
                return new Verdict(LocationOutcome.REJECTED, null, objection);
            }
            if (!knownTimes.add(fix.recordedAt())) {
                return new Verdict(LocationOutcome.DUPLICATE, null, null);
            }
            TrackedLocation current = newest == null ? session.currentLocation() : newest;
            if (current != null && fix.recordedAt().isBefore(current.recordedAt())) {
                accepted.add(location(fix, null));
                return new Verdict(LocationOutcome.LATE, null, null);
            }
            TrackedLocation stored = location(fix, ++sequence);
            newest = stored;
            accepted.add(stored);
            return new Verdict(LocationOutcome.STORED, sequence, null);
        }

        /** The reason to reject a fix, null if it is acceptable. */
        private @Nullable String objection(LocationInput fix) {
            if (session.status().isEnd()) {
                return "The session is " + session.status() + ".";
            }
            if (!GeoPoint.isLatitude(fix.latitude())) {
                return "`latitude` must be between -90 and 90 degrees.";
            }
            if (!GeoPoint.isLongitude(fix.longitude())) {
                return "`longitude` must be between -180 and 180 degrees.";
            }
            if (fix.recordedAt().isAfter(now.plus(settings.maxAhead()))) {
                return "`recordedAt` is in the future.";
            }
            if (fix.recordedAt().isBefore(session.startedAt().minus(settings.maxBeforeStart()))) {
                return "`recordedAt` is before the start of the session.";
            }
            return null;
        }

        private TrackedLocation location(LocationInput fix, @Nullable Integer itsSequence) {
            return new TrackedLocation(
                    new GeoPoint(fix.latitude(), fix.longitude()),
                    fix.recordedAt(),
                    now,
                    itsSequence,
                    plausible(fix.speedMetersPerSecond(), TrackedLocation.MAX_SPEED_METERS_PER_SECOND),
                    plausible(fix.headingDegrees(), TrackedLocation.MAX_HEADING_DEGREES),
                    plausible(fix.accuracyMeters(), TrackedLocation.MAX_ACCURACY_METERS));
        }

        /** The value, null if it is absent or impossible. */
        private static @Nullable Double plausible(@Nullable Double value, double max) {
            return value != null && value >= 0 && value <= max ? value : null;
        }
    }
}
