package dev.towline.tracking;

import dev.towline.problem.BadInput;
import dev.towline.problem.Require;
import dev.towline.problem.Unavailable;
import dev.towline.store.ChangeEvent;
import dev.towline.store.Store;
import dev.towline.store.WriteConflict;
import dev.towline.tracking.Judgement.Verdict;
import dev.towline.viewer.Viewer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Accepts the fixes of vehicles. Blocking, thread-safe.
 *
 * <p>Calls for one session run one after another on this instance ({@link SessionTurns}), so they do not conflict with each other. A call
 * decides on the newest state that this instance knows, without a read, and writes the session once, whatever the number of fixes: the tail
 * of its item has them. A tail that became too large moves to the trail in the same transaction. The condition of the write finds out that
 * another writer changed the session meanwhile; then the state is read and the fixes are judged again. A call without anything to write has
 * no condition, so it reads the state, and is judged again if that is another one.
 *
 * <p>The turn of a call ends when DynamoDB answers. Only then does the call announce the change, because Redis may be slow. Announcements may
 * therefore come out of order, and live streams sort them. See decisions 0013 and 0019.
 */
@Component
class Intake {

    private static final int MAX_FIXES = 500;
    private static final String SESSION_ID = "input.sessionId";

    private final Store store;
    private final Sessions sessions;
    private final KnownSessions known;
    private final Trail trail;
    private final SessionAccess access;
    private final IntakeSettings settings;
    private final EtaModel etas;
    private final MeterRegistry meters;
    private final InstantSource clock;
    private final SessionTurns turns = new SessionTurns();
    private final SessionTurns reads = new SessionTurns();

    Intake(
            Store store,
            Sessions sessions,
            KnownSessions known,
            Trail trail,
            SessionAccess access,
            IntakeSettings settings,
            EtaModel etas,
            MeterRegistry meters,
            InstantSource clock) {
        this.store = store;
        this.sessions = sessions;
        this.known = known;
        this.trail = trail;
        this.access = access;
        this.settings = settings;
        this.etas = etas;
        this.meters = meters;
        this.clock = clock;
    }

    private record Reader(Viewer viewer, SessionKey session) {}

    /** The decision about a call, and what it wrote. */
    private record Taken(Judgement judgement, ChangeEvent.@Nullable Applied write) {}

    /**
     * Accepts fixes in the order of their recorded times.
     *
     * @return one result for each fix, in the same order
     */
    List<LocationResult> take(Viewer viewer, String sessionId, List<LocationInput> fixes) {
        if (fixes.size() > MAX_FIXES) {
            throw new BadInput("input.locations", "must have at most " + MAX_FIXES + " entries.");
        }
        SessionKey key = new SessionKey(viewer.tenant(), Require.id(SESSION_ID, sessionId));
        TrackingSession read = readUnlessSeen(viewer, key);
        Taken taken = turns.take(key, () -> take(viewer, key, read, fixes));
        // outside the turn, because the stages may wait for Redis
        announce(taken);
        Judgement judgement = taken.judgement;
        judgement.verdicts().forEach(this::count);
        return judgement.verdicts().stream()
                .map(v -> new LocationResult(v.outcome(), v.sequence(), v.reason(), judgement.session()))
                .toList();
    }

    /**
     * Reads the session, unless this viewer is known to see it. It comes before the turn, which a stranger must not take. A foreign session
     * costs the same read as an absent one, so that their times do not tell them apart. Calls of one viewer at one time share the read.
     *
     * @return null if this call did not read it
     */
    private @Nullable TrackingSession readUnlessSeen(Viewer viewer, SessionKey key) {
        if (isKnownToSee(viewer, key)) {
            return null;
        }
        return reads.<@Nullable TrackingSession>take(new Reader(viewer, key), () -> {
            if (isKnownToSee(viewer, key)) {
                return null;
            }
            TrackingSession read = sessions.require(SESSION_ID, key, viewer);
            known.put(read);
            return read;
        });
    }

    private boolean isKnownToSee(Viewer viewer, SessionKey key) {
        TrackingSession remembered = known.get(key);
        return remembered != null && access.visible(remembered, viewer) != null;
    }

    private void announce(Taken taken) {
        TrackingSession session = taken.judgement.session();
        if (taken.write != null) {
            store.announce(taken.write);
        } else if (taken.judgement.verdicts().stream()
                .anyMatch(verdict -> verdict.outcome() == LocationOutcome.DUPLICATE)) {
            // The call may be a retry of one whose instance crashed between the write and its announcement.
            store.announceAgain(Sessions.TABLE, session);
        } else {
            // The answer has this state, so that a later one of this instance must not be older.
            store.announceHere(Sessions.TABLE, session);
        }
    }

    /** @param alreadyRead the state that this call has read, null if it has not */
    private Taken take(
            Viewer viewer, SessionKey key, @Nullable TrackingSession alreadyRead, List<LocationInput> fixes) {
        TrackingSession remembered = known.get(key);
        Taken withoutWrite = null;
        if (remembered != null) {
            access.require(SESSION_ID, remembered, viewer);
            try {
                Taken taken = decide(remembered, fixes);
                if (taken.write != null || isSame(remembered, alreadyRead)) {
                    return taken;
                }
                withoutWrite = taken;
            } catch (WriteConflict changedMeanwhile) {
                known.forget(key);
            }
        }
        @Nullable Taken decided = withoutWrite;
        return store.retryingConflicts(() -> {
            TrackingSession read = sessions.require(SESSION_ID, key, viewer);
            if (decided != null && isSame(decided.judgement.session(), read)) {
                return decided;
            }
            known.put(read);
            return decide(read, fixes);
        });
    }

    private static boolean isSame(TrackingSession state, @Nullable TrackingSession other) {
        return other != null && state.version() == other.version();
    }

    private Taken decide(TrackingSession session, List<LocationInput> fixes) {
        List<TailEntry> around = trail.around(session, timesToLookUp(session, fixes));
        Judgement judgement = new Judge(session, around, settings, etas, clock.instant()).judge(fixes);
        if (judgement.session().version() == session.version()) {
            return new Taken(judgement, null);
        }
        return write(judgement);
    }

    /** Fixes that are rejected whatever the trail has need no lookup. */
    private List<Instant> timesToLookUp(TrackingSession session, List<LocationInput> fixes) {
        Instant earliest = session.startedAt().minus(settings.maxBeforeStart());
        return session.status().isEnd()
                ? List.of()
                : fixes.stream()
                        .map(LocationInput::recordedAt)
                        .filter(time -> !time.isBefore(earliest))
                        .toList();
    }

    private Taken write(Judgement judgement) {
        SessionWrite write = SessionWrite.of(judgement.session());
        TrackingSession next = write.session();
        try {
            ChangeEvent.Applied applied = store.writeUnannounced(write.all());
            known.put(next);
            return new Taken(new Judgement(judgement.verdicts(), next), applied);
        } catch (Unavailable unknown) {
            known.forget(next.key());
            throw unknown;
        }
    }

    private void count(Verdict verdict) {
        meters.counter(
                        "towline.intake.points",
                        "outcome",
                        verdict.outcome().name().toLowerCase(Locale.ROOT))
                .increment();
    }
}
