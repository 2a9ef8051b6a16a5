package dev.towline.tracking;

import dev.towline.live.LiveSettings;
import dev.towline.live.Topics;
import dev.towline.problem.Unavailable;
import dev.towline.store.ChangeFeed;
import dev.towline.store.EntityKey;
import dev.towline.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Reads watched sessions again, in consistent batches, to find changes whose announcement did not arrive here: the writer was killed before
 * it, Redis is away, or a message was lost. It does so every {@code towline.live.recheck}, every {@code towline.live.recheck-unproven} for
 * those whose changes do not provably arrive, and at once after a gap. What it finds passes the stages of this instance like an announced change. Thread-safe.
 */
@Component
final class SessionRecheck {

    private static final Logger LOG = LoggerFactory.getLogger(SessionRecheck.class);

    /** What one BatchGetItem reads. */
    private static final int BATCH = 100;

    private final Topics topics;
    private final CurrentSessions current;
    private final Store store;
    private final ChangeFeed feed;
    private final LiveSettings settings;
    private final InstantSource clock;
    private final Executor threads;

    private final Set<SessionKey> due = ConcurrentHashMap.newKeySet();
    private final ReentrantLock checking = new ReentrantLock();
    private volatile Instant lastOfAll;

    @Autowired
    SessionRecheck(
            Topics topics,
            CurrentSessions current,
            Store store,
            ChangeFeed feed,
            LiveSettings settings,
            InstantSource clock) {
        this(topics, current, store, feed, settings, clock, Thread.ofVirtual().name("session-recheck-", 0)::start);
    }

    /** @param threads runs each task on its own thread, which may block */
    SessionRecheck(
            Topics topics,
            CurrentSessions current,
            Store store,
            ChangeFeed feed,
            LiveSettings settings,
            InstantSource clock,
            Executor threads) {
        this.topics = topics;
        this.current = current;
        this.store = store;
        this.feed = feed;
        this.settings = settings;
        this.clock = clock;
        this.threads = threads;
        lastOfAll = clock.instant();
    }

    /** Checks all watched sessions soon. Does not block. */
    void checkAll() {
        due.addAll(topics.watched(SessionKey.class));
        checkSoon();
    }

    /** Checks these sessions soon, as far as they are watched. Does not block. */
    void check(Collection<? extends EntityKey> keys) {
        boolean isAny = false;
        for (EntityKey key : keys) {
            isAny |= key instanceof SessionKey session && topics.isWatched(session) && due.add(session);
        }
        if (isAny) {
            checkSoon();
        }
    }

    /**
     * Checks all watched sessions if it is time, those whose changes may be missing, and those whose last check failed. Does not block: other
     * scheduled tasks share its thread.
     */
    @Scheduled(fixedDelayString = "${towline.live.recheck-unproven:2s}")
    void tick() {
        Instant now = clock.instant();
        if (!lastOfAll.plus(settings.recheck()).isAfter(now)) {
            lastOfAll = now;
            due.addAll(topics.watched(SessionKey.class));
        } else if (!feed.isProven()) {
            topics.watched(SessionKey.class).stream()
                    .filter(session -> !feed.isProven(session))
                    .forEach(due::add);
        }
        checkSoon();
    }

    private void checkSoon() {
        if (!due.isEmpty()) {
            threads.execute(this::checkDue);
        }
    }

    private void checkDue() {
        boolean goesOn = true;
        while (goesOn && !due.isEmpty() && checking.tryLock()) {
            try {
                goesOn = checkBatches();
            } finally {
                checking.unlock();
            }
        }
    }

    /** Returns whether the database answered. */
    private boolean checkBatches() {
        while (!due.isEmpty()) {
            List<SessionKey> batch = due.stream().limit(BATCH).toList();
            batch.forEach(due::remove);
            try {
                check(batch);
            } catch (Unavailable e) {
                due.addAll(batch);
                LOG.warn(
                        "Towline cannot check live sessions for missed changes, and tries again in {}: {}",
                        settings.recheckUnproven(),
                        e.toString());
                return false;
            }
        }
        return true;
    }

    /** Reads them one by one if one of them is unreadable, for example because a newer version of the service wrote it. */
    private void check(List<SessionKey> batch) {
        Instant asOf = clock.instant();
        try {
            store.getAllConsistently(Sessions.TABLE, batch).values().forEach(session -> current.found(session, asOf));
        } catch (Unavailable away) {
            throw away;
        } catch (RuntimeException unreadable) {
            if (batch.size() == 1) {
                LOG.error("Towline cannot check the live session {}", batch.getFirst(), unreadable);
            } else {
                batch.forEach(key -> check(List.of(key)));
            }
        }
    }
}
