package dev.towline.local;

import dev.towline.problem.BadInput;
import dev.towline.viewer.Authentication;
import dev.towline.viewer.Credentials;
import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import dev.towline.viewer.ViewerSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * On the embedded stack everybody on this machine is whom they say they are, and a dispatcher if they say nothing. Others are nobody, see
 * {@link LocalRequests}.
 */
final class LocalViewers implements ViewerSource {

    static final String ROLE = "X-Towline-Local-Role";
    static final String SUBJECT = "X-Towline-Local-Subject";
    static final String TENANT = "X-Towline-Local-Tenant";

    private static final Viewer DISPATCHER = new Viewer(Role.DISPATCHER, "local", new Tenant("local"));

    private static final Pattern SUBJECT_FORM = Pattern.compile("[\\p{Graph}]{1,128}");

    @Override
    public @Nullable Authentication authenticate(Credentials credentials) {
        if (!LocalRequests.isLocal(credentials::header, credentials.remoteAddress())) {
            return null;
        }
        return Authentication.forever(new Viewer(
                role(credentials.get(ROLE)), subject(credentials.get(SUBJECT)), tenant(credentials.get(TENANT))));
    }

    private static Role role(@Nullable String name) {
        if (name == null) {
            return DISPATCHER.role();
        }
        return Arrays.stream(Role.values())
                .filter(role -> role.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new BadInput(
                        ROLE,
                        Arrays.stream(Role.values())
                                .map(Role::name)
                                .collect(Collectors.joining(", ", "must be one of ", "."))));
    }

    private static String subject(@Nullable String name) {
        if (name == null) {
            return DISPATCHER.subject();
        }
        if (!SUBJECT_FORM.matcher(name).matches()) {
            throw new BadInput(SUBJECT, "must have 1 to 128 visible ASCII characters and no spaces.");
        }
        return name;
    }

    private static Tenant tenant(@Nullable String name) {
        if (name == null) {
            return DISPATCHER.tenant();
        }
        if (!Tenant.isName(name)) {
            throw new BadInput(TENANT, "must have 1 to 64 characters out of A-Z, a-z, 0-9, _ and -.");
        }
        return new Tenant(name);
    }
}
