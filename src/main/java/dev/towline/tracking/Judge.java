package dev.towline.tracking;

import dev.towline.geo.GeoPoint;
import dev.towline.tracking.Judgement.Verdict;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Decides about the fixes of one session, one after another in the order of their recorded times, with the same outcome as if each had come
 * in its own call in this order. So a buffer that a device sends backwards has the same outcome as one that it sends forwards. One object
 * judges the fixes of one call. Not thread-safe.
 *
 * <p>A fix after the current location moves the vehicle: it is STORED, or LIVE_ONLY if it is too near to the last fix of the trail. A fix
 * before it is LATE. A fix that the vehicle cannot have reached is rejected, but kept as pending: if the next fix agrees with it, that one
 * is STORED and the pending one becomes LATE. See decision 0019.
 */
final class Judge {

    private static final String JUMP = "The vehicle cannot have reached this position at that time.";

    /** Recorded vehicles reported 0, 0 and latitude 0 while they had no position, often several times in a row. */
    private static final String NOWHERE = "`latitude` is exactly 0, which devices report while they have no position.";

    private final TrackingSession before;
    private final IntakeSettings settings;
    private final EtaModel etas;
    private final Movement movement;
    private final Instant now;
    private final Set<Instant> knownTimes = new HashSet<>();

    /** Where the vehicle was, by time: what a late fix must be plausible beside. */
    private final NavigableMap<Instant, TrackedLocation> trail = new TreeMap<>();

    private final List<TailEntry> further = new ArrayList<>();
    private final List<StatusChange> steps;
    private Motion motion;
    private @Nullable TrackedLocation current;
    private @Nullable TrackedLocation lastInTrail;
    private int sequence;

    /**
     * A judge of the next fixes.
     *
     * @param before the session before the fixes
     * @param around the entries of the trail in storage that decide about these fixes ({@link Trail#around})
     * @param now the time at which the fixes arrived
     */
    Judge(TrackingSession before, List<TailEntry> around, IntakeSettings settings, EtaModel etas, Instant now) {
        this.before = before;
        this.settings = settings;
        this.etas = etas;
        this.movement = new Movement(settings.status());
        this.now = now.truncatedTo(ChronoUnit.MILLIS);
        this.steps = new ArrayList<>(before.steps());
        this.motion = before.motion();
        this.current = before.currentLocation();
        this.lastInTrail = before.tail().newestInTrail();
        this.sequence = before.sequence();
        around.forEach(this::know);
        know(before.tail().base());
        before.tail().entries().forEach(this::know);
        if (current != null && !knownTimes.contains(current.recordedAt())) {
            know(current);
        }
    }

    /** Judges all fixes. May be called once. The verdicts have the order of the fixes; of two fixes with the same time, the first wins. */
    Judgement judge(List<LocationInput> fixes) {
        Verdict[] verdicts = new Verdict[fixes.size()];
        IntStream.range(0, fixes.size())
                .boxed()
                .sorted(Comparator.comparing(i -> fixes.get(i).recordedAt().truncatedTo(ChronoUnit.MILLIS)))
                .forEach(i -> verdicts[i] = judge(fixes.get(i)));
        boolean isUnchanged = further.isEmpty() && motion.equals(before.motion());
        return new Judgement(
                List.of(verdicts),
                isUnchanged
                        ? before
                        : before.next(
                                steps,
                                current,
                                now,
                                sequence,
                                motion,
                                before.tail().plus(further)));
    }

    private Verdict judge(LocationInput input) {
        String objection = objection(input);
        if (objection != null) {
            return Verdict.rejected(objection);
        }
        TrackedLocation fix = TrackedLocation.of(input, now);
        if (knownTimes.contains(fix.recordedAt())) {
            return new Verdict(LocationOutcome.DUPLICATE, null, null);
        }
        return current != null && fix.recordedAt().isBefore(current.recordedAt()) ? late(fix) : newest(fix);
    }

    private Verdict late(TrackedLocation fix) {
        if (isJump(trail.floorEntry(fix.recordedAt()), fix) || isJump(trail.ceilingEntry(fix.recordedAt()), fix)) {
            return Verdict.rejected(JUMP);
        }
        add(new TailEntry.Stored(fix));
        return new Verdict(LocationOutcome.LATE, null, null);
    }

    private Verdict newest(TrackedLocation fix) {
        TrackedLocation pending = motion.pending();
        boolean isConfirmed = pending != null && current != null && confirms(fix, pending, current);
        if (current != null && settings.isJump(current, fix) && !isConfirmed) {
            motion = motion.withPending(pending != null && isRepeated(pending, fix) ? pending : fix);
            return Verdict.rejected(JUMP);
        }
        motion = motion.withPending(null);
        boolean isInTrail = lastInTrail == null || !settings.isTooClose(lastInTrail, fix);
        if (pending == null || !isConfirmed) {
            return number(current, fix, isInTrail);
        }
        // The vehicle never was where it seemed to be before: neither its movement nor its speed counts from there.
        // The fix has a place in the trail however soon it comes, because the last one in it is elsewhere.
        motion = motion.withOrigin(null).withStay(null);
        Verdict verdict = number(pending, fix, true);
        add(new TailEntry.Stored(pending));
        return verdict;
    }

    /** Whether a fix shows that the pending one was no error: the vehicle can have come from there, and is not back where it was before. */
    private boolean confirms(TrackedLocation fix, TrackedLocation pending, TrackedLocation last) {
        return fix.recordedAt().isAfter(pending.recordedAt())
                && !settings.isJump(pending, fix)
                && meters(pending, fix) < meters(last, fix);
    }

    private static double meters(TrackedLocation from, TrackedLocation to) {
        return from.point().distanceTo(to.point()).value();
    }

    private static boolean isRepeated(TrackedLocation pending, TrackedLocation fix) {
        return pending.recordedAt().equals(fix.recordedAt());
    }

    private Verdict number(@Nullable TrackedLocation previous, TrackedLocation fix, boolean isInTrail) {
        EtaModel.Estimate estimate = etas.estimate(motion.pace(), previous, fix, before.destination());
        int itsSequence = ++sequence;
        TrackedLocation numbered = fix.withNumber(itsSequence, estimate.remaining());
        current = numbered;
        Movement.Result result =
                movement.follow(motion.withPace(estimate.pace()), status(), numbered, before.destination());
        motion = result.motion();
        // a step tells the location before it, also when it is told again later
        boolean isStored = isInTrail || result.status() != null;
        if (isStored) {
            lastInTrail = numbered;
            add(new TailEntry.Stored(numbered));
        } else {
            add(new TailEntry.LiveOnly(numbered.recordedAt(), itsSequence));
        }
        if (result.status() != null) {
            steps.add(new StatusChange(result.status(), ++sequence, now));
        }
        return new Verdict(isStored ? LocationOutcome.STORED : LocationOutcome.LIVE_ONLY, itsSequence, null);
    }

    private void add(TailEntry entry) {
        further.add(entry);
        know(entry);
    }

    private void know(TailEntry entry) {
        knownTimes.add(entry.recordedAt());
        switch (entry) {
            case TailEntry.Stored(TrackedLocation location) -> know(location);
            case TailEntry.LiveOnly(Instant time, Integer _) -> {
                // its position is not kept, but it was near the fix before it in the trail
                Map.Entry<Instant, TrackedLocation> near = trail.floorEntry(time);
                if (near != null) {
                    trail.put(time, near.getValue().at(time));
                }
            }
        }
    }

    private void know(@Nullable TrackedLocation location) {
        if (location != null) {
            knownTimes.add(location.recordedAt());
            trail.put(location.recordedAt(), location);
        }
    }

    private SessionStatus status() {
        return steps.getLast().status();
    }

    private boolean isJump(Map.@Nullable Entry<Instant, TrackedLocation> neighbour, TrackedLocation fix) {
        return neighbour != null && settings.isJump(neighbour.getValue(), fix);
    }

    /** The reason to reject a fix whatever the vehicle did before, null if there is none. */
    private @Nullable String objection(LocationInput fix) {
        if (status().isEnd()) {
            return "The session is " + status() + ".";
        }
        if (!GeoPoint.isLatitude(fix.latitude())) {
            return "`latitude` must be between -90 and 90 degrees.";
        }
        if (!GeoPoint.isLongitude(fix.longitude())) {
            return "`longitude` must be between -180 and 180 degrees.";
        }
        if (fix.latitude() == 0) {
            return NOWHERE;
        }
        if (fix.recordedAt().isAfter(now.plus(settings.maxAhead()))) {
            return "`recordedAt` is in the future.";
        }
        if (fix.recordedAt().isBefore(before.startedAt().minus(settings.maxBeforeStart()))) {
            return "`recordedAt` is before the start of the session.";
        }
        return null;
    }
}
