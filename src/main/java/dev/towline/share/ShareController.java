package dev.towline.share;

import dev.towline.audit.Actor;
import dev.towline.audit.AuditLog;
import dev.towline.tracking.SessionKey;
import dev.towline.tracking.TrackingSession;
import dev.towline.viewer.Viewer;
import java.util.concurrent.CompletableFuture;
import org.dataloader.DataLoader;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** Share links and what they show. */
@Controller
class ShareController {

    private final ShareLinks links;
    private final ShareSettings settings;
    private final AuditLog audit;

    ShareController(ShareLinks links, ShareSettings settings, AuditLog audit) {
        this.links = links;
        this.settings = settings;
        this.audit = audit;
    }

    @QueryMapping
    CompletableFuture<@Nullable TrackingSession> getSharedSession(
            @ContextValue Viewer viewer, DataLoader<SessionKey, @Nullable TrackingSession> loader) {
        String id = viewer.sharedSessionId();
        return id == null ? CompletableFuture.completedFuture(null) : loader.load(new SessionKey(viewer.tenant(), id));
    }

    @MutationMapping
    ShareLinkAnswer createShareLink(
            @Argument CreateShareLinkInput input,
            @ContextValue Viewer viewer,
            @ContextValue Actor actor,
            @ContextValue(name = "origin", required = false) @Nullable String origin) {
        ShareLinks.Created created = links.create(viewer, input);
        audit.done(
                actor,
                "createShareLink",
                created.link().key().id(),
                "session " + created.link().sessionId() + " until "
                        + created.link().expiresAt());
        return ShareLinkAnswer.of(created.link(), settings.url(created.text(), origin));
    }

    @MutationMapping
    ShareLinkAnswer revokeShareLink(
            @Argument RevokeShareLinkInput input, @ContextValue Viewer viewer, @ContextValue Actor actor) {
        ShareLink revoked = links.revoke(viewer, input);
        audit.done(actor, "revokeShareLink", revoked.key().id(), "revoked");
        return ShareLinkAnswer.of(revoked, null);
    }
}
