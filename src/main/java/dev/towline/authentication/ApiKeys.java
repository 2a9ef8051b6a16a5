package dev.towline.authentication;

import dev.towline.authentication.ApiKeySettings.ApiKey;
import dev.towline.problem.BadInput;
import dev.towline.problem.Unauthenticated;
import dev.towline.viewer.Authentication;
import dev.towline.viewer.Credentials;
import dev.towline.viewer.Role;
import dev.towline.viewer.Sha256;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import dev.towline.viewer.ViewerSource;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Authenticates machines by their API keys. Thread-safe, does not block. */
final class ApiKeys implements ViewerSource {

    static final String HEADER = "x-api-key";

    /** Begins the subject of an API key, and of no token: else a machine and a user could be one CALLER. */
    static final String SUBJECT_PREFIX = "key:";

    private static final int MAX_CHARACTERS = 256;

    private final Map<Sha256, Known> keys;
    private final InstantSource clock;

    private record Known(
            Authentication authentication, @Nullable Instant expiry) {}

    ApiKeys(ApiKeySettings settings, InstantSource clock) {
        this.clock = clock;
        this.keys = settings.apiKeys().stream()
                .collect(Collectors.toUnmodifiableMap(
                        key -> Sha256.ofHex(Objects.requireNonNull(key.sha256())), key -> known(key, clock)));
    }

    @Override
    public @Nullable String credential() {
        return keys.isEmpty() ? null : HEADER;
    }

    @Override
    public @Nullable Authentication authenticate(Credentials credentials) {
        String secret = keys.isEmpty() ? null : credentials.get(HEADER);
        if (secret == null) {
            return null;
        }
        if (secret.length() > MAX_CHARACTERS) {
            throw new BadInput(HEADER, "must have at most " + MAX_CHARACTERS + " characters.");
        }
        Known known = keys.get(Sha256.of(secret));
        if (known == null || (known.expiry != null && !known.expiry.isAfter(clock.instant()))) {
            credentials.requireMayTry();
            throw new Unauthenticated();
        }
        return known.authentication;
    }

    private static Known known(ApiKey key, InstantSource clock) {
        Role role = Objects.requireNonNull(key.role());
        String subject = Objects.requireNonNull(role == Role.VENDOR ? key.vendorId() : SUBJECT_PREFIX + key.name());
        Viewer viewer = new Viewer(role, subject, new Tenant(Objects.requireNonNull(key.tenant())));
        Instant expiry = key.expiry();
        return new Known(
                expiry == null ? Authentication.forever(viewer) : Authentication.until(expiry, viewer, clock), expiry);
    }
}
