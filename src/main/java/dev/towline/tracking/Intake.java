package dev.towline.tracking;

import dev.towline.problem.BadInput;
import dev.towline.problem.Require;
import dev.towline.store.ChangeEvent;
import dev.towline.store.Store;
import dev.towline.store.Write;
import dev.towline.store.WriteConflict;
import dev.towline.tracking.Judgement.Verdict;
import dev.towline.viewer.Tenant;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Takes in the fixes of a vehicle. The locations of a call and the session that they lead to are written in one transaction, so the current location
 * is always the newest of the trail. Blocking, thread-safe.
 */
@Component
class Intake {

    private static final int MAX_FIXES = 500;

    /** What a transaction of DynamoDB holds, less the session itself. */
    private static final int FIXES_IN_ONE_WRITE = 99;

    private final Store store;
    private final Sessions sessions;
    private final IntakeSettings settings;
    private final MeterRegistry meters;
    private final InstantSource clock;
    private final SessionTurns turns = new SessionTurns();

    Intake(Store store, Sessions sessions, IntakeSettings settings, MeterRegistry meters, InstantSource clock) {
        this.store = store;
        this.sessions = sessions;
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
    }

    /** Takes the fixes in, one after another in the order given; one result for each, at the same place. */
    List<LocationResult> take(Tenant tenant, String sessionId, List<LocationInput> fixes) {
        if (fixes.size() > MAX_FIXES) {
            throw new BadInput("input.locations", "must have at most " + MAX_FIXES + " entries.");
        }
        SessionKey key = new SessionKey(tenant, Require.id("input.sessionId", sessionId));
        List<ChangeEvent.Applied> written = new ArrayList<>();
        try {
            return turns.take(key, () -> take(key, fixes, written));
        } finally {
            // not while others wait for their turn: caches and other instances are told over Redis, which may be slow
            written.forEach(store::announce);
        }
    }

    private List<LocationResult> take(SessionKey key, List<LocationInput> fixes, List<ChangeEvent.Applied> written) {
        TrackingSession session = sessions.require("input.sessionId", key);
        List<Verdict> verdicts = new ArrayList<>(fixes.size());
        for (int from = 0; from < fixes.size(); from += FIXES_IN_ONE_WRITE) {
            List<LocationInput> some = fixes.subList(from, Math.min(from + FIXES_IN_ONE_WRITE, fixes.size()));
            Judgement judgement = takeSome(session, some, written);
            verdicts.addAll(judgement.verdicts());
            session = judgement.session();
        }
        TrackingSession after = session;
        verdicts.forEach(this::count);
        return verdicts.stream()
                .map(v -> new LocationResult(v.outcome(), v.sequence(), v.reason(), after))
                .toList();
    }

    private Judgement takeSome(TrackingSession session, List<LocationInput> fixes, List<ChangeEvent.Applied> written) {
        try {
            return write(session, fixes, written);
        } catch (WriteConflict changedMeanwhile) {
            return store.retryingConflicts(
                    () -> write(sessions.require("input.sessionId", session.key()), fixes, written));
        }
    }

    private Judgement write(TrackingSession session, List<LocationInput> fixes, List<ChangeEvent.Applied> written) {
        Judgement judgement = Judgement.of(session, knownTimes(session, fixes), settings, clock.instant(), fixes);
        List<Write<?>> writes = new ArrayList<>();
        TrackingSession next = judgement.session();
        if (next.version() != session.version()) {
            writes.add(new Write<>(Sessions.TABLE, next));
        }
        judgement.kept().forEach(l -> writes.add(new Write<>(TrailPoint.TABLE, TrailPoint.of(session.key(), l))));
        if (!writes.isEmpty()) {
            written.add(store.writeUnannounced(writes));
        }
        return judgement;
    }

    /** Only what is not newer than the current location can be in the trail already. */
    private Set<Instant> knownTimes(TrackingSession session, List<LocationInput> fixes) {
        TrackedLocation current = session.currentLocation();
        if (current == null) {
            return Set.of();
        }
        List<TrailPoint.Key> doubtful = fixes.stream()
                .map(LocationInput::recordedAt)
                .filter(time -> !time.isAfter(current.recordedAt()))
                .distinct()
                .map(time -> new TrailPoint.Key(session.key().tenant(), session.id(), time))
                .toList();
        return doubtful.isEmpty()
                ? Set.of()
                : store.getAllConsistently(TrailPoint.TABLE, doubtful).keySet().stream()
                        .map(TrailPoint.Key::recordedAt)
                        .collect(Collectors.toSet());
    }

    private void count(Verdict verdict) {
        meters.counter(
                        "towline.intake.points",
                        "outcome",
                        verdict.outcome().name().toLowerCase(Locale.ROOT))
                .increment();
    }
}
