package dev.towline.tracking;

import dev.towline.geo.GeoPoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of some fixes of one session.
 *
 * @param verdicts one for each fix, at the same place
 * @param kept the locations that are to be written to the trail
 * @param session after the fixes: the same one as before if none of them was stored
 */
record Judgement(List<Verdict> verdicts, List<TrackedLocation> kept, TrackingSession session) {

    Judgement {
        verdicts = List.copyOf(verdicts);
        kept = List.copyOf(kept);
    }

    /** What is to become of one fix. */
    record Verdict(
            LocationOutcome outcome,
            @Nullable Integer sequence,
            @Nullable String reason) {}

    /**
     * Decides about fixes one after another in the order in which they came, as though each had come by itself.
     *
     * @param session as it was before the fixes
     * @param knownTimes the recorded times that are in its trail already, as far as these fixes may repeat them
     * @param now when the fixes came
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
        return new Judgement(verdicts, judge.kept, newest == null ? session : session.at(newest, judge.sequence, now));
    }

    /** Where the decisions have got to. */
    private static final class Judge {

        private final TrackingSession session;
        private final Set<Instant> knownTimes;
        private final IntakeSettings settings;
        private final Instant now;
        private final List<TrackedLocation> kept = new ArrayList<>();
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
            String doubt = doubt(fix);
            if (doubt != null) {
                return new Verdict(LocationOutcome.REJECTED, null, doubt);
            }
            if (!knownTimes.add(fix.recordedAt())) {
                return new Verdict(LocationOutcome.DUPLICATE, null, null);
            }
            TrackedLocation current = newest == null ? session.currentLocation() : newest;
            if (current != null && fix.recordedAt().isBefore(current.recordedAt())) {
                kept.add(location(fix, null));
                return new Verdict(LocationOutcome.LATE, null, null);
            }
            TrackedLocation stored = location(fix, ++sequence);
            newest = stored;
            kept.add(stored);
            return new Verdict(LocationOutcome.STORED, sequence, null);
        }

        private @Nullable String doubt(LocationInput fix) {
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
                    believable(fix.speedMetersPerSecond(), TrackedLocation.MAX_SPEED_METERS_PER_SECOND),
                    believable(fix.headingDegrees(), TrackedLocation.MAX_HEADING_DEGREES),
                    believable(fix.accuracyMeters(), TrackedLocation.MAX_ACCURACY_METERS));
        }

        private static @Nullable Double believable(@Nullable Double value, double max) {
            return value != null && value >= 0 && value <= max ? value : null;
        }
    }
}
