package dev.towline.share;

import dev.towline.problem.Conflict;
import dev.towline.problem.NotFound;
import dev.towline.problem.Require;
import dev.towline.store.Index;
import dev.towline.store.Revision;
import dev.towline.store.SortKey;
import dev.towline.store.Store;
import dev.towline.store.Table;
import dev.towline.store.Write;
import dev.towline.tracking.SessionKey;
import dev.towline.tracking.Sessions;
import dev.towline.tracking.TrackingSession;
import dev.towline.viewer.Viewer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Creates and revokes share links. Blocking, thread-safe. */
@Component
final class ShareLinks {

    private static final Index<ShareLink> BY_SESSION = new Index<>("bySession", ShareLink::sessionId, ShareLinks::sort);

    /** Kept for a while after they end, so that questions about them can be answered. */
    private static final Duration RETENTION = Duration.ofDays(1);

    /** The table of share links. */
    static final Table<ShareLink> TABLE = new Table<>(
            "share-links", "share-link", false, new ShareLinkItems(), List.of(BY_SESSION), ShareLinks::forgottenAt);

    private static final int MAX_MINUTES = 1440;

    /** The most valid links of a session. Few calls at one time may exceed it, because the index is eventually consistent. */
    private static final int MOST_OF_A_SESSION = 20;

    /** The most links of a session that are looked at: those that expire last, revoked ones included. */
    private static final int MOST_ROWS = 100;

    private final Store store;
    private final Sessions sessions;
    private final InstantSource clock;

    ShareLinks(Store store, Sessions sessions, InstantSource clock) {
        this.store = store;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** A new link and its secret, which nobody learns later. */
    record Created(ShareLink link, ShareText text) {}

    /**
     * Stores a new link.
     *
     * @throws Conflict if the session has ended, or has too many links
     */
    Created create(Viewer viewer, CreateShareLinkInput input) {
        SessionKey sessionKey = new SessionKey(viewer.tenant(), Require.id("input.sessionId", input.sessionId()));
        Require.within("input.expiresInMinutes", input.expiresInMinutes(), 1, MAX_MINUTES);
        TrackingSession session = sessions.require("input.sessionId", sessionKey, viewer);
        if (!session.isActive()) {
            throw new Conflict("input.sessionId", "The session has ended; only an active session can be shared.");
        }
        Instant now = clock.instant();
        requireRoom(sessionKey, now);
        Secret secret = Secret.random();
        ShareLink link = new ShareLink(
                new ShareLinkKey(viewer.tenant(), UUID.randomUUID().toString()),
                Revision.first(),
                session.id(),
                secret.hash(),
                viewer.subject(),
                now.plus(Duration.ofMinutes(input.expiresInMinutes())),
                null);
        store.write(new Write<>(TABLE, link));
        return new Created(link, new ShareText(link.key(), secret));
    }

    /** Revokes a link. Revoking it again changes nothing. */
    ShareLink revoke(Viewer viewer, RevokeShareLinkInput input) {
        ShareLinkKey key = new ShareLinkKey(viewer.tenant(), Require.id("input.shareLinkId", input.shareLinkId()));
        return store.retryingConflicts(() -> {
            ShareLink link = require(key, viewer);
            if (link.revokedAt() != null) {
                // the first call may not have announced it, see Store#announceAgain
                store.announceAgain(TABLE, link);
                return link;
            }
            ShareLink revoked = link.revoked(clock.instant());
            store.write(new Write<>(TABLE, revoked, link));
            return revoked;
        });
    }

    /** Whoever sees the session may revoke its links. */
    private ShareLink require(ShareLinkKey key, Viewer viewer) {
        @Nullable ShareLink link = store.getConsistently(TABLE, key);
        // An absent link costs the same reads as a foreign one, so that their times do not tell them apart.
        SessionKey session = link == null ? new SessionKey(key.tenant(), key.id()) : link.sessionKey();
        if (!sessions.isVisible(session, viewer) || link == null) {
            throw new NotFound("input.shareLinkId", "a share link");
        }
        return link;
    }

    private void requireRoom(SessionKey session, Instant now) {
        String soonest = SortKey.of(now);
        List<ShareLinkKey> unexpired =
                store.list(TABLE, BY_SESSION, session.tenant(), List.of(session.id()), null, MOST_ROWS).stream()
                        .filter(row -> row.sort().compareTo(soonest) > 0)
                        .map(row -> new ShareLinkKey(session.tenant(), row.id()))
                        .toList();
        long valid = store.getAll(TABLE, unexpired).values().stream()
                .filter(link -> link.isValid(now))
                .count();
        if (valid >= MOST_OF_A_SESSION || unexpired.size() >= MOST_ROWS) {
            throw new Conflict(
                    "input.sessionId",
                    "The session has the most share links that it may have; wait until some expire, or revoke some.");
        }
    }

    private static String sort(ShareLink link) {
        return SortKey.of(link.expiresAt(), link.key().id());
    }

    private static Instant forgottenAt(ShareLink link) {
        return link.expiresAt().plus(RETENTION);
    }
}
