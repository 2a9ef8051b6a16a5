package dev.towline.tracking;

import dev.towline.dynamo.ChangeListener;
import dev.towline.dynamo.Changed;
import dev.towline.live.TopicSource;
import dev.towline.live.Topics;
import java.util.ArrayList;
import java.util.List;
import org.reactivestreams.Publisher;
import org.springframework.stereotype.Component;

/** Announces what happens in sessions to those who watch them. Thread-safe; announcing does not block. */
@Component
class SessionTopic implements ChangeListener {

    private final Topics topics;
    private final Sessions sessions;

    SessionTopic(Topics topics, Sessions sessions) {
        this.topics = topics;
        this.sessions = sessions;
    }

    @Override
    public void changed(List<Changed> changes) {
        List<TrackedLocation> moved = new ArrayList<>();
        for (Changed change : changes) {
            if (change.value() instanceof TrailPoint point && point.location().sequence() != null) {
                moved.add(point.location());
            }
        }
        for (Changed change : changes) {
            if (change.value() instanceof TrackingSession session) {
                String topic = topic(session.key());
                SessionHistory.ofWrite(session, moved).forEach(update -> topics.publish(topic, update));
            }
        }
    }

    /** A stream of the session: a snapshot, every later change in order, completion after the last. */
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
            return SessionHistory.snapshot(sessions.require("sessionId", key));
        }

        @Override
        public List<TrackingUpdate> between(int afterSequence, int upToSequence) {
            TrackingSession session = sessions.require("sessionId", key);
            return SessionHistory.between(
                    session, afterSequence, upToSequence, sessions.numberedSince(key, afterSequence));
        }
    }
}
