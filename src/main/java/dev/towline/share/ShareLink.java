package dev.towline.share;

import dev.towline.store.Entity;
import dev.towline.store.Revision;
import dev.towline.tracking.SessionKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A stored share link.
 *
 * @param key the key
 * @param revision the version and the last write ids
 * @param sessionId the id of the session that it shows
 * @param secretHash the hash of its secret, see {@link Secret}
 * @param createdBy the subject of the viewer who created it
 * @param expiresAt when it ends at the latest
 * @param revokedAt when it was revoked, null if it was not
 */
record ShareLink(
        ShareLinkKey key,
        Revision revision,
        String sessionId,
        String secretHash,
        String createdBy,
        Instant expiresAt,
        @Nullable Instant revokedAt)
        implements Entity {

    ShareLink {
        expiresAt = expiresAt.truncatedTo(ChronoUnit.MILLIS);
        revokedAt = revokedAt == null ? null : revokedAt.truncatedTo(ChronoUnit.MILLIS);
    }

    SessionKey sessionKey() {
        return new SessionKey(key.tenant(), sessionId);
    }

    /** Whether it is neither revoked nor expired. */
    boolean isValid(Instant now) {
        return revokedAt == null && now.isBefore(expiresAt);
    }

    /** The next state after it was revoked. */
    ShareLink revoked(Instant now) {
        return new ShareLink(key, revision.next(), sessionId, secretHash, createdBy, expiresAt, now);
    }
}
