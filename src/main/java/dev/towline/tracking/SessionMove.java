package dev.towline.tracking;

import dev.towline.store.Entity;
import dev.towline.store.Order;
import dev.towline.store.SortKey;
import dev.towline.store.Store;
import dev.towline.store.Write;
import dev.towline.store.WriteConflict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * Moves sessions and trails of the {@link FirstShape} into the present tables, before the service accepts requests. It leaves the old tables
 * as they are and skips what it has moved, so it can be interrupted and repeated. Instances of the version before must have stopped,
 * because they go on writing to the old tables.
 */
@Component
final class SessionMove implements SmartInitializingSingleton {

    private static final Logger LOG = LoggerFactory.getLogger(SessionMove.class);
    private static final int FIXES_IN_A_CHUNK = 500;
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(10);

    private final Store store;
    private final EtaModel etas;
    private final InstantSource clock;

    SessionMove(Store store, EtaModel etas, InstantSource clock) {
        this.store = store;
        this.etas = etas;
        this.clock = clock;
    }

    private enum Outcome {
        MOVED,
        WAS_THERE,
        /** It was moved before, and an instance of the earlier version has changed it since. */
        OUTDATED
    }

    /** A trail in the present form, and the pace at its end. */
    private record Moved(List<TailEntry> fixes, @Nullable Pace pace) {}

    /** What has been done so far. */
    private static final class Progress {
        private int found;
        private int moved;
        private int outdated;
        private Instant reportedAt;

        Progress(Instant now) {
            reportedAt = now;
        }
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (!store.exists(FirstShape.SESSIONS)) {
            return;
        }
        Progress progress = new Progress(clock.instant());
        store.forEach(FirstShape.SESSIONS, session -> {
            progress.found++;
            switch (move(session.key())) {
                case MOVED -> progress.moved++;
                case OUTDATED -> progress.outdated++;
                case WAS_THERE -> {}
            }
            Instant now = clock.instant();
            if (Duration.between(progress.reportedAt, now).compareTo(PROGRESS_EVERY) >= 0) {
                progress.reportedAt = now;
                LOG.info(
                        "Moving sessions of an earlier version: {} looked at, {} moved so far",
                        progress.found,
                        progress.moved);
            }
        });
        if (progress.outdated > 0) {
            LOG.warn(
                    "{} sessions were changed in the table '{}' by an instance of an earlier version after they had"
                            + " been moved. These changes are not taken over",
                    progress.outdated,
                    FirstShape.SESSIONS.name());
        }
        LOG.info(
                "Moved {} of {} sessions of an earlier version into the table '{}'. The tables '{}' and '{}' are not"
                        + " used any more; delete them when no instance of the earlier version is needed again",
                progress.moved,
                progress.found,
                Sessions.TABLE.name(),
                FirstShape.SESSIONS.name(),
                FirstShape.TRAIL.name());
    }

    /** Moves the chunks of the trail first, so that a session which is there is complete. */
    private Outcome move(SessionKey key) {
        return store.retryingConflicts(() -> {
            FirstShape.Session old = store.getConsistently(FirstShape.SESSIONS, key);
            TrackingSession present = store.getConsistently(Sessions.TABLE, key);
            if (old == null || present != null) {
                return old != null && old.version() > present(present) ? Outcome.OUTDATED : Outcome.WAS_THERE;
            }
            Moved moved = trail(old);
            TrackedLocation before = null;
            for (int from = 0; from < moved.fixes.size(); from += FIXES_IN_A_CHUNK) {
                List<TailEntry> some = moved.fixes.subList(from, Math.min(from + FIXES_IN_A_CHUNK, moved.fixes.size()));
                // unlike the versions that the session will have, and the same whenever the move is repeated
                String lateSort = "moved-" + SortKey.of(some.getLast().recordedAt());
                TrailChunk.of(key, lateSort, before, some).forEach(this::createUnlessPresent);
                before = Tail.numbered(some).reduce(before, (_, later) -> later);
            }
            create(Write.moved(Sessions.TABLE, session(old, moved)));
            return Outcome.MOVED;
        });
    }

    private static int present(@Nullable TrackingSession session) {
        return session == null ? Integer.MAX_VALUE : session.version();
    }

    /** All fixes by their time, with the estimates that the model makes of them now. */
    private Moved trail(FirstShape.Session old) {
        List<TailEntry> fixes = new ArrayList<>();
        TrackedLocation previous = null;
        Pace pace = null;
        for (FirstShape.Fix fix : rows(old.key())) {
            TrackedLocation location = fix.location();
            Integer sequence = location.sequence();
            if (sequence != null) {
                EtaModel.Estimate estimate = etas.estimate(pace, previous, location, old.destination());
                pace = estimate.pace();
                location = location.withNumber(sequence, estimate.remaining());
                previous = location;
            }
            fixes.add(new TailEntry.Stored(location));
        }
        return new Moved(fixes, pace);
    }

    private List<FirstShape.Fix> rows(SessionKey key) {
        List<FirstShape.Fix> all = new ArrayList<>();
        List<FirstShape.Fix> some;
        do {
            @Nullable String after = all.isEmpty() ? null : all.getLast().key().sort();
            some = store.rows(FirstShape.TRAIL, key.tenant(), key.id(), after, null, Order.ASCENDING, FIXES_IN_A_CHUNK);
            all.addAll(some);
        } while (some.size() == FIXES_IN_A_CHUNK);
        return all;
    }

    private static TrackingSession session(FirstShape.Session old, Moved moved) {
        Tail tail = new Tail(null, moved.fixes, null, false).keeping(0).rest();
        TrackedLocation newest = tail.newestInTrail();
        return new TrackingSession(
                old.key(),
                old.revision(),
                old.incidentId(),
                old.vendorId(),
                null,
                old.destination(),
                old.steps(),
                newest == null ? old.currentLocation() : newest,
                old.startedAt(),
                old.updatedAt(),
                old.sequence(),
                0,
                new Motion(moved.pace, null, null, null),
                tail);
    }

    private void createUnlessPresent(TrailChunk chunk) {
        try {
            create(new Write<>(TrailChunk.TABLE, chunk));
        } catch (WriteConflict alreadyMoved) {
            LOG.debug("{} was moved before", chunk.key());
        }
    }

    /** Nobody has cached an entity that no instance has served, so there is nothing to announce. */
    private <T extends Entity> void create(Write<T> write) {
        var _ = store.writeUnannounced(List.of(write));
    }
}
