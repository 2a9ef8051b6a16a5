package dev.towline.share;

import dev.towline.problem.Unauthenticated;
import dev.towline.share.KnownLinks.Known;
import dev.towline.viewer.Authentication;
import dev.towline.viewer.Credentials;
import dev.towline.viewer.Role;
import dev.towline.viewer.Viewer;
import dev.towline.viewer.ViewerSource;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Whoever presents a share link is a GUEST of its session. All texts that lead to no valid link are refused in the same way.
 */
@Component
@Order(30)
final class ShareLinkViewers implements ViewerSource {

    /** The header, and the key in {@code connection_init}. */
    private static final String SHARE = "X-Towline-Share";

    private final KnownLinks links;
    private final OpenLinks open;
    private final InstantSource clock;

    ShareLinkViewers(KnownLinks links, OpenLinks open, InstantSource clock) {
        this.links = links;
        this.open = open;
        this.clock = clock;
    }

    @Override
    public String credential() {
        return SHARE;
    }

    @Override
    public @Nullable Authentication authenticate(Credentials credentials) {
        String presented = credentials.get(SHARE);
        if (presented == null) {
            return null;
        }
        ShareText text = ShareText.parse(presented);
        if (text == null || !links.isKnown(text.key())) {
            credentials.requireMayTry();
        }
        Known known = text == null ? null : links.find(text.key());
        if (text == null
                || known == null
                || !text.secret().hasHash(known.link().secretHash())
                || !known.isValid(clock.instant())) {
            credentials.requireMayTry();
            throw new Unauthenticated();
        }
        ShareLink link = known.link();
        Viewer guest = new Viewer(Role.GUEST, link.key().id(), link.key().tenant(), link.sessionId());
        return new Authentication(guest, open.end(known));
    }
}
