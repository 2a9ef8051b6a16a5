package dev.towline.tracking;

import dev.towline.live.TopicSource;
import dev.towline.live.Topics;
import dev.towline.store.Change;
import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeStage;
import java.util.List;
import org.reactivestreams.Publisher;
import org.springframework.stereotype.Component;

/**
 * Publishes the changes of sessions, local and remote, to the live subscribers of this instance. Thread-safe; publishing does not block.
 */
@Component
class SessionTopic implements ChangeStage {

    private final Topics topics;
    private final Sessions sessions;
    private final Trail trail;

    SessionTopic(Topics topics, Sessions sessions, Trail trail) {
        this.topics = topics;
        this.sessions = sessions;
        this.trail = trail;
    }

    @Override
    public Stage stage() {
        return Stage.LIVE;
    }

    @Override
    public void pass(ChangeEvent event) {
        switch (event) {
            case ChangeEvent.Applied applied -> publish(applied.changes());
            case ChangeEvent.Doubt doubt ->
                doubt.keys().stream()
                        .filter(SessionKey.class::isInstance)
                        .map(SessionKey.class::cast)
                        .forEach(key -> topics.recheck(topic(key)));
            case ChangeEvent.Gap _ -> topics.recheckAll();
        }
    }

    private void publish(List<Change> changes) {
        for (Change change : changes) {
            if (change.value() instanceof TrackingSession session) {
                String topic = topic(session.key());
                TrackingUpdates.ofWrite(session, moved(session, changes))
                        .forEach(update -> topics.publish(topic, update));
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

    /** A live stream of the session: a snapshot, then every later change in order. It completes after the final change. */
    Publisher<TrackingUpdate> follow(SessionKey key) {
        return topics.stream(topic(key), TrackingUpdate.class, new Source(key));
    }

    private static String topic(SessionKey key) {
        return "session:" + key.tenant() + ':' + key.id();
    }

    private final class Source implements TopicSource<TrackingUpdate> {

        private final SessionKey key;

        Source(SessionKey key) {
            this.key = key;
        }

        @Override
        public List<TrackingUpdate> snapshot() {
            return TrackingUpdates.snapshot(sessions.require("sessionId", key));
        }

        @Override
        public List<TrackingUpdate> between(int afterSequence, int upToSequence) {
            TrackingSession session = sessions.require("sessionId", key);
            return TrackingUpdates.since(session, afterSequence, trail.numberedSince(session, afterSequence));
        }
    }
}
