package dev.towline.authentication;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import dev.towline.problem.Require;
import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the claims of a verified token say. Thread-safe. */
final class TokenClaims {

    /** As long as a subject may be in OpenID Connect. */
    private static final Pattern SUBJECT = Pattern.compile("[\\x21-\\x7e]{1,255}");

    /** Other letters can have these in upper case, such as a dotless i. */
    private static final Pattern ASCII_LETTERS = Pattern.compile("[A-Za-z]+");

    private final TokenSettings settings;
    private final Map<String, Role> roles;

    TokenClaims(TokenSettings settings) {
        this.settings = settings;
        this.roles = settings.roles().isEmpty() ? namesOfRoles() : settings.roles();
    }

    /**
     * The viewer.
     *
     * @throws BadJWTException if the token is for another service or another purpose, or says too little; with the reason
     */
    Viewer viewer(JWTClaimsSet claims) throws BadJWTException {
        require(values(claims, settings.audienceClaim()).stream().anyMatch(settings.audience()::contains), "audience");
        // Cognito and Keycloak say here whether it is an access token. An ID token is for the client that asked for it.
        require(isAbsentOr("access", claims.getClaim("token_use")), "token_use");
        require(isAbsentOr("Bearer", claims.getClaim("typ")), "typ");
        Role role = role(claims);
        return new Viewer(role, subject(role, claims), tenant(claims));
    }

    private Role role(JWTClaimsSet claims) throws BadJWTException {
        return values(claims, settings.roleClaim()).stream()
                .map(this::role)
                .filter(Objects::nonNull)
                .min(Role::compareTo)
                .orElseThrow(() -> refused(settings.roleClaim()));
    }

    private @Nullable Role role(String value) {
        boolean isName =
                settings.roles().isEmpty() && ASCII_LETTERS.matcher(value).matches();
        return roles.get(isName ? value.toUpperCase(Locale.ROOT) : value);
    }

    private String subject(Role role, JWTClaimsSet claims) throws BadJWTException {
        if (role == Role.VENDOR) {
            String vendor = text(claims, settings.vendorClaim());
            require(Require.isNewId(vendor), settings.vendorClaim());
            return vendor;
        }
        String subject = text(claims, settings.subjectClaim());
        require(
                SUBJECT.matcher(subject).matches() && !subject.startsWith(ApiKeys.SUBJECT_PREFIX),
                settings.subjectClaim());
        return subject;
    }

    private Tenant tenant(JWTClaimsSet claims) throws BadJWTException {
        String tenant = settings.tenant();
        if (tenant == null) {
            tenant = text(claims, settings.tenantClaim());
            require(Tenant.isName(tenant), settings.tenantClaim());
        }
        return new Tenant(tenant);
    }

    private static String text(JWTClaimsSet claims, String name) throws BadJWTException {
        if (claim(claims, name) instanceof String text) {
            return text;
        }
        throw refused(name);
    }

    /** The texts of a claim that is a text or a list. */
    private static List<String> values(JWTClaimsSet claims, String name) {
        return switch (claim(claims, name)) {
            case String one -> List.of(one);
            case List<?> several ->
                several.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList();
            case null, default -> List.of();
        };
    }

    /** The claim of this name, or else of this path, because some names have dots. */
    private static @Nullable Object claim(JWTClaimsSet claims, String name) {
        Object named = claims.getClaim(name);
        if (named != null || name.indexOf('.') < 0) {
            return named;
        }
        Object found = claims.getClaims();
        for (String step : name.split("\\.", -1)) {
            found = found instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return found;
    }

    private static boolean isAbsentOr(String expected, @Nullable Object value) {
        return value == null || value.equals(expected);
    }

    private static void require(boolean holds, String claim) throws BadJWTException {
        if (!holds) {
            throw refused(claim);
        }
    }

    private static BadJWTException refused(String claim) {
        return new BadJWTException("the claim " + claim + " is missing or not accepted");
    }

    private static Map<String, Role> namesOfRoles() {
        return Arrays.stream(Role.values())
                .filter(role -> role != Role.GUEST)
                .collect(Collectors.toUnmodifiableMap(Role::name, role -> role));
    }
}
