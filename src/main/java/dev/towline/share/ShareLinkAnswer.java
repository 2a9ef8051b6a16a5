package dev.towline.share;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A share link as its creator sees it.
 *
 * @param id the id
 * @param url the link with its secret, only in the answer to the call that created it
 * @param expiresAt when it ends at the latest
 * @param revokedAt when it was revoked, null if it was not
 */
record ShareLinkAnswer(
        String id,
        @Nullable String url,
        Instant expiresAt,
        @Nullable Instant revokedAt) {

    static ShareLinkAnswer of(ShareLink link, @Nullable String url) {
        return new ShareLinkAnswer(link.key().id(), url, link.expiresAt(), link.revokedAt());
    }
}
