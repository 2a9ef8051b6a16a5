package dev.towline.viewer;

import dev.towline.problem.Unauthenticated;
import org.jspecify.annotations.Nullable;

/** Ignores credentials: every request gets the configured viewer, or is refused if none is configured. */
final class UnauthenticatedViewers implements ViewerSource {

    private static final String SUBJECT = "anonymous";

    private final @Nullable Viewer everyone;

    UnauthenticatedViewers(ViewerSettings settings) {
        Role role = settings.unauthenticatedRole();
        this.everyone = role == null ? null : new Viewer(role, SUBJECT, new Tenant(settings.unauthenticatedTenant()));
    }

    @Override
    public Viewer viewerOf(Credentials credentials) {
        if (everyone == null) {
            throw new Unauthenticated();
        }
        return everyone;
    }
}
