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
 * Accepts the fixes of vehicles. Blocking, thread-safe.
 *
 * <p>Calls for one session run one after another on this instance ({@link SessionTurns}), so they do not conflict with each other. Within a
 * call, fixes are judged one by one in the given order ({@link Judgement}). Accepted fixes and the resulting session are written in one
 * transaction, at most 99 fixes at a time, so the current location is always the newest in the trail. If another write changed the
 * session meanwhile, the transaction fails, and these fixes are judged again with the new state. The turn of a call ends when DynamoDB
 * answers. Only then does the call announce the change, because Redis may be slow. Announcements may therefore come out of order, and live
 * streams sort them. See decisions 0004 and 0013.
 */
@Component
class Intake {

    private static final int MAX_FIXES = 500;

    /** DynamoDB's limit of 100 actions in a transaction, less one for the session. */
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

    /**
     * Accepts fixes in the given order.
     *
     * @return one result for each fix, in the same order
     */
    List<LocationResult> take(Tenant tenant, String sessionId, List<LocationInput> fixes) {
        if (fixes.size() > MAX_FIXES) {
            throw new BadInput("input.locations", "must have at most " + MAX_FIXES + " entries.");
        }
        SessionKey key = new SessionKey(tenant, Require.id("input.sessionId", sessionId));
        List<ChangeEvent.Applied> written = new ArrayList<>();
        try {
            return turns.take(key, () -> take(key, fixes, written));
        } finally {
            // outside the turn, because the stages may wait for Redis
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
        judgement.accepted().forEach(l -> writes.add(new Write<>(TrailPoint.TABLE, TrailPoint.of(session.key(), l))));
        if (!writes.isEmpty()) {
            written.add(store.writeUnannounced(writes));
        }
        return judgement;
    }

    /** The recorded times of these fixes that the trail already has. Fixes newer than the current location cannot be in the trail. */
    private Set<Instant> knownTimes(TrackingSession session, List<LocationInput> fixes) {
        TrackedLocation current = session.currentLocation();
        if (current == null) {
            return Set.of();
        }
        List<TrailPoint.Key> candidates = fixes.stream()
                .map(LocationInput::recordedAt)
                .filter(time -> !time.isAfter(current.recordedAt()))
                .distinct()
                .map(time -> new TrailPoint.Key(session.key().tenant(), session.id(), time))
                .toList();
        return candidates.isEmpty()
                ? Set.of()
                : store.getAllConsistently(TrailPoint.TABLE, candidates).keySet().stream()
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
