package dev.towline.tracking;

import dev.towline.live.StreamOptions;
import dev.towline.live.TopicSource;
import dev.towline.live.Topics;
import dev.towline.problem.NotFound;
import dev.towline.store.Change;
import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeEvent.Reason;
import dev.towline.store.ChangeStage;
import dev.towline.store.Epochs;
import dev.towline.viewer.Viewer;
import java.util.List;
import org.reactivestreams.Publisher;
import org.springframework.stereotype.Component;

/**
 * Publishes the changes of sessions, local and remote, to the live subscribers of this instance. Thread-safe; publishing does not block.
 */
@Component
class SessionTopic implements ChangeStage {

    /** A stream that resumes after a long time reads its updates in parts of this size. */
    private static final int MOST_UPDATES_OF_A_READ = 2_000;

    private final Topics topics;
    private final CurrentSessions current;
    private final Trail trail;
    private final SessionRecheck recheck;
    private final SessionAccess access;
    private final Epochs epochs;

    SessionTopic(
            Topics topics,
            CurrentSessions current,
            Trail trail,
            SessionRecheck recheck,
            SessionAccess access,
            Epochs epochs) {
        this.topics = topics;
        this.current = current;
        this.trail = trail;
        this.access = access;
        this.recheck = recheck;
        this.epochs = epochs;
    }

    @Override
    public Stage stage() {
        return Stage.LIVE;
    }

    @Override
    public void pass(ChangeEvent event) {
        switch (event) {
            case ChangeEvent.Applied applied -> publish(applied.changes());
            case ChangeEvent.Doubt doubt -> recheck.check(doubt.keys());
            case ChangeEvent.Gap(Reason reason) -> {
                if (reason == Reason.TABLES_REPLACED) {
                    topics.restart();
                } else {
                    recheck.checkAll();
                }
            }
        }
    }

    private void publish(List<Change> changes) {
        for (Change change : changes) {
            if (change.value() instanceof TrackingSession session && topics.isWatched(session.key())) {
                updates(session)
                        .ofWrite(moved(session, changes))
                        .forEach(update -> topics.publish(session.key(), update));
            }
        }
    }

    /** The fixes that moved from the tail of this session to its trail with the same write; other instances do not receive them. */
    private static List<TailEntry> moved(TrackingSession session, List<Change> changes) {
        return changes.stream()
                .map(Change::value)
                .filter(TrailChunk.class::isInstance)
                .map(TrailChunk.class::cast)
                .filter(chunk -> chunk.key().id().equals(session.id()))
                .flatMap(chunk -> chunk.entries().stream())
                .toList();
    }

    /**
     * A live stream of the session. It completes after the final change. It fails with {@link NotFound} if the session does not exist for the
     * viewer. To a viewer who may not see the trail, the changes that only the trail has are lost; to one who may not see locations any more,
     * all changes before the current state are.
     */
    Publisher<TrackingUpdate> follow(Viewer viewer, SessionKey key, StreamOptions<TrackingUpdate> options) {
        return topics.stream(key, TrackingUpdate.class, new Source(viewer, key), options);
    }

    /** The epoch of the sequences of sessions. */
    String epoch() {
        return epochs.of(Sessions.TABLE);
    }

    private TrackingUpdates updates(TrackingSession session) {
        return new TrackingUpdates(session, epoch());
    }

    private final class Source implements TopicSource<TrackingUpdate> {

        private final Viewer viewer;
        private final SessionKey key;
        private String knownEpoch = epoch();

        Source(Viewer viewer, SessionKey key) {
            this.viewer = viewer;
            this.key = key;
        }

        @Override
        public List<TrackingUpdate> snapshot(int atLeast) {
            if (!epoch().equals(knownEpoch)) {
                // The table was replaced, perhaps before the stream was registered, so that nobody told it.
                knownEpoch = epoch();
                topics.restart(key);
            }
            return updates(session(atLeast)).snapshot();
        }

        @Override
        public List<TrackingUpdate> since(int afterSequence) {
            TrackingSession session = session(afterSequence + 1);
            if (!access.seesLocations(session, viewer)) {
                return List.of();
            }
            NumberedFixes numbered = access.seesTrail(session, viewer)
                    ? trail.numberedSince(session, afterSequence)
                    : NumberedFixes.of(session.tail(), List.of());
            return updates(session).since(afterSequence, numbered).stream()
                    .limit(MOST_UPDATES_OF_A_READ)
                    .toList();
        }

        private TrackingSession session(int atLeast) {
            return access.require("sessionId", current.get(key, atLeast), viewer);
        }
    }
}
