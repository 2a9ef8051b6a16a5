package dev.towline.viewer;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Gives the configured viewer to everybody who uses a configured name of the service, or to nobody if none is configured. */
final class UnauthenticatedViewers implements ViewerSource {

    private static final String SUBJECT = "anonymous";

    private static final Pattern PORT = Pattern.compile(":\\d*$");

    private final @Nullable Authentication everybody;
    private final Set<String> hosts;

    UnauthenticatedViewers(ViewerSettings settings) {
        this.hosts = settings.unauthenticatedHosts();
        Role role = settings.unauthenticatedRole();
        this.everybody = role == null
                ? null
                : Authentication.forever(new Viewer(role, SUBJECT, new Tenant(settings.unauthenticatedTenant())));
    }

    @Override
    public @Nullable Authentication authenticate(Credentials credentials) {
        return hosts.isEmpty() || hosts.contains(host(credentials)) ? everybody : null;
    }

    private static String host(Credentials credentials) {
        String host = credentials.header("Host");
        return host == null ? "" : PORT.matcher(host.toLowerCase(Locale.ROOT)).replaceFirst("");
    }
}
