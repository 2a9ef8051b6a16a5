package dev.towline.tracking;

import dev.towline.live.LiveSettings;
import dev.towline.live.Topics;
import dev.towline.problem.Unavailable;
import dev.towline.store.ChangeFeed;
import dev.towline.store.EntityKey;
import dev.towline.store.EntityRef;
import dev.towline.store.Store;
import dev.towline.store.VersionFloors;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Reads watched sessions again, in consistent batches, to find changes whose announcement did not arrive here: the writer was killed before
 * it, Redis is away, or a message was lost. It does so every {@code towline.live.recheck}, every {@code towline.live.recheck-unproven} while
 * the bus is unproven, and at once after a gap. What it finds passes the stages of this instance like an announced change. Thread-safe.
 */
@Component
final class SessionRecheck {

    private static final Logger LOG = LoggerFactory.getLogger(SessionRecheck.class);

    /** What one BatchGetItem reads. */
    private static final int BATCH = 100;

    private final Topics topics;
    private final CurrentSessions current;
    private final Store store;
    private final VersionFloors floors;
    private final ChangeFeed feed;
    private final LiveSettings settings;
    private final InstantSource clock;

    private final Set<SessionKey> due = ConcurrentHashMap.newKeySet();
    private final ReentrantLock checking = new ReentrantLock();
    private volatile Instant lastOfAll;

    SessionRecheck(
            Topics topics,
            CurrentSessions current,
            Store store,
            VersionFloors floors,
            ChangeFeed feed,
            LiveSettings settings,
            InstantSource clock) {
        this.topics = topics;
        this.current = current;
        this.store = store;
        this.floors = floors;
        this.feed = feed;
        this.settings = settings;
        this.clock = clock;
        lastOfAll = clock.instant();
    }

    /** Checks all watched sessions soon. Does not block. */
    void checkAll() {
        check(topics.watched(SessionKey.class));
    }

    /** Checks these sessions soon, as far as they are watched. Does not block. */
    void check(Collection<? extends EntityKey> keys) {
        Set<SessionKey> watched = topics.watched(SessionKey.class);
        for (EntityKey key : keys) {
            if (key instanceof SessionKey session && watched.contains(session)) {
                due.add(session);
            }
        }
        if (!due.isEmpty()) {
            Thread.ofVirtual().name("session-recheck").start(this::checkDue);
        }
    }

    /** Checks all watched sessions if it is time, and those whose last check failed. Blocks. */
    @Scheduled(fixedDelayString = "${towline.live.recheck-unproven:2s}")
    void tick() {
        Instant now = clock.instant();
        if (!feed.isProven() || !lastOfAll.plus(settings.recheck()).isAfter(now)) {
            lastOfAll = now;
            due.addAll(topics.watched(SessionKey.class));
        }
        checkDue();
    }

    private void checkDue() {
        if (!checking.tryLock()) {
            return; // whoever checks now goes on until nothing is due
        }
        try {
            while (!due.isEmpty()) {
                List<SessionKey> batch = due.stream().limit(BATCH).toList();
                batch.forEach(due::remove);
                if (!check(batch)) {
                    due.addAll(batch);
                    return;
                }
            }
        } finally {
            checking.unlock();
        }
    }

    /** Returns whether the database answered. */
    private boolean check(List<SessionKey> batch) {
        Instant asOf = clock.instant();
        Collection<TrackingSession> stored;
        try {
            stored = store.getAllConsistently(Sessions.TABLE, batch).values();
        } catch (Unavailable e) {
            LOG.warn(
                    "Towline cannot check live sessions for missed changes, and tries again in {}: {}",
                    settings.recheckUnproven(),
                    e.toString());
            return false;
        }
        for (TrackingSession session : stored) {
            announce(session);
            current.put(session, asOf);
        }
        return true;
    }

    /** A version that a client has seen, or that a write with an unknown outcome gave, may be unknown to the other instances, too. */
    private void announce(TrackingSession session) {
        EntityRef ref = session.key().ref();
        if (session.version() <= floors.known(ref)) {
            return;
        }
        if (session.version() <= floors.claimed(ref)) {
            store.announceAgain(Sessions.TABLE, session);
        } else {
            store.announceHere(Sessions.TABLE, session);
        }
    }
}
