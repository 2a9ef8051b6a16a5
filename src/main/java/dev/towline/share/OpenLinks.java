package dev.towline.share;

import dev.towline.live.LiveSettings;
import dev.towline.problem.Unavailable;
import dev.towline.share.KnownLinks.Known;
import dev.towline.store.Change;
import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeFeed;
import dev.towline.store.ChangeStage;
import dev.towline.store.Store;
import dev.towline.tracking.SessionKey;
import dev.towline.tracking.TrackingSession;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
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
 * revocation that was never announced here is found by reading the links again every {@code towline.live.recheck}, and every {@code
 * towline.live.recheck-unproven} while changes of other instances may be missing. Thread-safe, does not block.
 */
@Component
final class OpenLinks implements ChangeStage {

    private static final Logger LOG = LoggerFactory.getLogger(OpenLinks.class);

    /** What one BatchGetItem reads. */
    private static final int BATCH = 100;

    /** By session, because locations of sessions are the most frequent changes. */
    private final ConcurrentMap<SessionKey, Set<Open>> open = new ConcurrentHashMap<>();

    private final Store store;
    private final ChangeFeed feed;
    private final LiveSettings settings;
    private final InstantSource clock;
    private final AtomicBoolean checking = new AtomicBoolean();
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

    /** Completes when this link ends. */
    Mono<Void> end(Known known) {
        return Mono.create(sink -> {
            Open connection = new Open(known.link(), sink);
            SessionKey session = known.link().sessionKey();
            open.compute(session, (_, others) -> with(others, connection));
            sink.onDispose(() -> {
                connection.timer.dispose();
                open.computeIfPresent(session, (_, others) -> without(others, connection));
            });
            connection.endAt(known.end());
            // it may have ended between the check of the credentials and now
            Thread.startVirtualThread(() -> check(List.of(known.link().key())));
        });
    }

    private static Set<Open> with(@Nullable Set<Open> others, Open connection) {
        Set<Open> all = others == null ? ConcurrentHashMap.newKeySet() : others;
        all.add(connection);
        return all;
    }

    private static @Nullable Set<Open> without(Set<Open> others, Open connection) {
        others.remove(connection);
        return others.isEmpty() ? null : others;
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
            case ChangeEvent.Doubt _, ChangeEvent.Gap _ -> checkSoon();
        }
    }

    private void ended(ShareLink link) {
        if (link.revokedAt() != null) {
            connections(link.sessionKey()).stream()
                    .filter(connection -> connection.link.key().equals(link.key()))
                    .forEach(connection -> connection.sink.success());
        }
    }

    private void ended(TrackingSession session) {
        Instant end = session.endedAt();
        if (end != null) {
            connections(session.key())
                    .forEach(connection -> connection.endAt(new Known(connection.link, end, end).end()));
        }
    }

    private Collection<Open> connections(SessionKey session) {
        return open.getOrDefault(session, Set.of());
    }

    /** Checks all links if it is time. Does not block: other scheduled tasks share its thread. */
    @Scheduled(fixedDelayString = "${towline.live.recheck-unproven:2s}")
    void tick() {
        if (!feed.isProven() || !lastCheck.plus(settings.recheck()).isAfter(clock.instant())) {
            lastCheck = clock.instant();
            checkSoon();
        }
    }

    private void checkSoon() {
        if (!open.isEmpty() && checking.compareAndSet(false, true)) {
            Thread.startVirtualThread(() -> {
                checking.set(false); // before it reads, so that a later call is not lost
                checkAll();
            });
        }
    }

    private void checkAll() {
        List<ShareLinkKey> keys = open.values().stream()
                .flatMap(Set::stream)
                .map(connection -> connection.link.key())
                .distinct()
                .toList();
        for (int from = 0; from < keys.size(); from += BATCH) {
            check(keys.subList(from, Math.min(keys.size(), from + BATCH)));
        }
    }

    private void check(List<ShareLinkKey> keys) {
        try {
            Map<ShareLinkKey, ShareLink> stored = store.getAllConsistently(ShareLinks.TABLE, keys);
            stored.values().forEach(this::ended);
        } catch (Unavailable away) {
            LOG.warn("Towline cannot check whether share links were revoked, and tries again: {}", away.toString());
        }
    }
}
