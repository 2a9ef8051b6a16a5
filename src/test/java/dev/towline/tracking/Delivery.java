package dev.towline.tracking;

import dev.towline.tracking.Judgement.Verdict;
import dev.towline.viewer.Tenant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What became of the fixes of a trace, in a session of their own whose status follows the vehicle to the last of them.
 *
 * @param verdicts one for each fix, in the order of the trace
 * @param session the session after the last fix
 * @param entries all entries of the trail and the tail, by recorded time
 */
record Delivery(List<Verdict> verdicts, TrackingSession session, List<TailEntry> entries) {

    /** Fewer than in {@link Intake}, so that it is quick. The tail's length must make no difference. */
    private static final int MOST_ENTRIES = 8;

    /** So many entries stay in the tail when it has become too large. */
    private static final int KEPT_ENTRIES = 2;

    /** Delivers a trace in calls of so many fixes, as soon as its newest fix was recorded. */
    static Delivery of(RecordedTrace trace, int fixesInACall) {
        Instant now = trace.newest();
        TrackingSession session = TrackingSession.begin(
                new SessionKey(new Tenant("acme"), "s1"), "i1", "v1", trace.end(), trace.oldest(), now);
        List<Verdict> verdicts = new ArrayList<>();
        List<TailEntry> moved = new ArrayList<>();
        for (int from = 0; from < trace.fixes().size(); from += fixesInACall) {
            List<LocationInput> call =
                    trace.fixes().subList(from, Math.min(trace.fixes().size(), from + fixesInACall));
            List<TailEntry> around = needsMoved(session.tail(), call) ? moved : List.of();
            Judgement judgement = new Judge(session, around, Drives.settings(true), Drives.ETAS, now).judge(call);
            verdicts.addAll(judgement.verdicts());
            session = judgement.session();
            if (session.tail().entries().size() > MOST_ENTRIES) {
                Tail.Split split = session.tail().keeping(KEPT_ENTRIES);
                moved.addAll(split.moved());
                session = session.with(split.rest());
            }
        }
        List<TailEntry> entries = Stream.concat(moved.stream(), session.tail().entries().stream())
                .sorted(Comparator.comparing(TailEntry::recordedAt))
                .toList();
        return new Delivery(verdicts, session, entries);
    }

    private static boolean needsMoved(Tail tail, List<LocationInput> call) {
        Instant movedThrough = tail.movedThrough();
        return movedThrough != null
                && call.stream().anyMatch(fix -> !fix.recordedAt().isAfter(movedThrough));
    }

    int count(LocationOutcome outcome) {
        return Math.toIntExact(verdicts.stream()
                .filter(verdict -> verdict.outcome() == outcome)
                .count());
    }

    /** How many fixes were rejected, but became LATE when another one confirmed them. */
    int confirmed() {
        long withoutNumber =
                entries.stream().filter(entry -> entry.sequence() == null).count();
        return Math.toIntExact(withoutNumber) - count(LocationOutcome.LATE);
    }
}
