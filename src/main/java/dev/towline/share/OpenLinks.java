package dev.towline.share;

import dev.towline.live.LiveSettings;
import dev.towline.share.KnownLinks.Known;
import dev.towline.store.Change;
import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeFeed;
import dev.towline.store.ChangeStage;
import dev.towline.store.EntityKey;
import dev.towline.store.Store;
import dev.towline.tracking.SessionKey;
import dev.towline.tracking.Sessions;
import dev.towline.tracking.TrackingSession;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * The links whose holders have an open connection, and their ends: the expiry, the revocation, or some time after the end of the session. A
 * revocation or an end that was never announced here is found by reading the links and their sessions again every {@code towline.live.recheck},
 * and every {@code towline.live.recheck-unproven} while changes of other instances may be missing. Thread-safe, does not block.
 */
@Component
final class OpenLinks implements ChangeStage {

    private static final Logger LOG = LoggerFactory.getLogger(OpenLinks.class);

    /** What one BatchGetItem reads. */
    private static final int BATCH = 100;

    private final Connections<ShareLinkKey> byLink = new Connections<>();
    private final Connections<SessionKey> bySession = new Connections<>();

    private final Store store;
    private final ChangeFeed feed;
    private final LiveSettings settings;
    private final InstantSource clock;

    /** How many times a check was asked for since the last one that is complete. */
    private final AtomicInteger reasons = new AtomicInteger();

    private volatile Instant lastCheck;

    OpenLinks(Store store, ChangeFeed feed, LiveSettings settings, InstantSource clock) {
        this.store = store;
        this.feed = feed;
        this.settings = settings;
        this.clock = clock;
        this.lastCheck = clock.instant();
    }

    /** One connection. */
    private final class Open {

        private final ShareLink link;
        private final MonoSink<Void> sink;
        private final Disposable.Swap timer = Disposables.swap();

        Open(ShareLink link, MonoSink<Void> sink) {
            this.link = link;
            this.sink = sink;
        }

        void endAt(Instant end) {
            Duration left = Duration.between(clock.instant(), end);
            timer.update(Mono.delay(left.isNegative() ? Duration.ZERO : left).subscribe(_ -> sink.success()));
        }
    }

    /** Open connections by a key. */
    private static final class Connections<K> {

        private final ConcurrentMap<K, Set<Open>> byKey = new ConcurrentHashMap<>();

        void add(K key, Open connection) {
            byKey.compute(key, (_, others) -> {
                Set<Open> all = others == null ? ConcurrentHashMap.newKeySet() : others;
                all.add(connection);
                return all;
            });
        }

        void remove(K key, Open connection) {
            byKey.computeIfPresent(key, (_, all) -> {
                all.remove(connection);
                return all.isEmpty() ? null : all;
            });
        }

        Set<Open> of(K key) {
            return byKey.getOrDefault(key, Set.of());
        }

        List<K> keys() {
            return List.copyOf(byKey.keySet());
        }
    }

    /** Completes when this link ends. */
    Mono<Void> end(Known known) {
        return Mono.create(sink -> {
            ShareLink link = known.link();
            Open connection = new Open(link, sink);
            byLink.add(link.key(), connection);
            bySession.add(link.sessionKey(), connection);
            sink.onDispose(() -> {
                connection.timer.dispose();
                byLink.remove(link.key(), connection);
                bySession.remove(link.sessionKey(), connection);
            });
            connection.endAt(known.end());
            // it may have ended between the check of the credentials and now
            Thread.startVirtualThread(() -> check(List.of(link.key()), List.of(link.sessionKey())));
        });
    }

    @Override
    public Stage stage() {
        return Stage.LIVE;
    }

    @Override
    public void pass(ChangeEvent event) {
        switch (event) {
            case ChangeEvent.Applied applied ->
                applied.entities().stream().map(Change::value).forEach(value -> {
                    switch (value) {
                        case ShareLink link -> ended(link);
                        case TrackingSession session -> ended(session);
                        default -> {}
                    }
                });
            case ChangeEvent.Doubt doubt -> {
                if (doubt.keys().stream().anyMatch(this::isOpen)) {
                    checkSoon();
                }
            }
            case ChangeEvent.Gap _ -> checkSoon();
        }
    }

    private boolean isOpen(EntityKey key) {
        return switch (key) {
            case ShareLinkKey link -> !byLink.of(link).isEmpty();
            case SessionKey session -> !bySession.of(session).isEmpty();
            default -> false;
        };
    }

    private void ended(ShareLink link) {
        if (link.revokedAt() != null) {
            end(byLink.of(link.key()));
        }
    }

    private void ended(TrackingSession session) {
        Instant end = session.endedAt();
        if (end != null) {
            bySession
                    .of(session.key())
                    .forEach(connection -> connection.endAt(new Known(connection.link, end, end).end()));
        }
    }

    private static void end(Set<Open> connections) {
        connections.forEach(connection -> connection.sink.success());
    }

    /** Checks all links if it is time. Does not block: other scheduled tasks share its thread. */
    @Scheduled(fixedDelayString = "${towline.live.recheck-unproven:2s}")
    void tick() {
        if (!feed.isProven() || !lastCheck.plus(settings.recheck()).isAfter(clock.instant())) {
            lastCheck = clock.instant();
            checkSoon();
        }
    }

    /** One check runs at a time. What comes during one is a reason for another one. */
    private void checkSoon() {
        if (reasons.getAndIncrement() == 0) {
            Thread.startVirtualThread(() -> {
                int known;
                do {
                    known = reasons.get();
                    checkAll();
                } while (reasons.addAndGet(-known) > 0);
            });
        }
    }

    private void checkAll() {
        List<ShareLinkKey> links = byLink.keys();
        List<SessionKey> sessions = bySession.keys();
        for (int from = 0; from < links.size(); from += BATCH) {
            check(part(links, from), part(sessions, from));
        }
    }

    /** There are at most as many sessions as links. */
    private static <K> List<K> part(List<K> keys, int from) {
        return keys.subList(Math.min(keys.size(), from), Math.min(keys.size(), from + BATCH));
    }

    private void check(List<ShareLinkKey> links, List<SessionKey> sessions) {
        try {
            Map<ShareLinkKey, ShareLink> stored = store.getAllConsistently(ShareLinks.TABLE, links);
            for (ShareLinkKey key : links) {
                ShareLink link = stored.get(key);
                if (link == null) { // the table was replaced
                    end(byLink.of(key));
                } else {
                    ended(link);
                }
            }
            store.getAllConsistently(Sessions.TABLE, sessions).values().forEach(this::ended);
        } catch (RuntimeException failed) { // a check that fails must not be the last one
            LOG.warn(
                    "Towline cannot check whether share links and their sessions have ended, and tries again: {}",
                    failed.toString());
        }
    }
}
