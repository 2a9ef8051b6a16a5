package dev.towline.viewer;

import org.jspecify.annotations.Nullable;

/** Gives the configured viewer to everybody, or to nobody if none is configured. */
final class UnauthenticatedViewers implements ViewerSource {

    private static final String SUBJECT = "anonymous";

    private final @Nullable Authentication everybody;

    UnauthenticatedViewers(ViewerSettings settings) {
        Role role = settings.unauthenticatedRole();
        this.everybody = role == null
                ? null
                : Authentication.forever(new Viewer(role, SUBJECT, new Tenant(settings.unauthenticatedTenant())));
    }

    @Override
    public @Nullable Authentication authenticate(Credentials credentials) {
        return everybody;
    }
}
