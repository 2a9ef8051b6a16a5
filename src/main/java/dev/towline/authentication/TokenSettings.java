package dev.towline.authentication;

import com.nimbusds.jose.JWSAlgorithm;
import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The issuer of tokens, and what its tokens say about a viewer. A claim within another one has a path, such as {@code realm_access.roles}.
 *
 * @param issuer the URL of the issuer, as in the claim {@code iss}; absent: no tokens
 * @param jwkSetUri where the issuer publishes its keys; absent: where its metadata says, at {@code /.well-known/openid-configuration}
 * @param audience the accepted audiences, one of which a token must have
 * @param audienceClaim the claim with the audience, one or a list
 * @param algorithms the accepted algorithms of signatures
 * @param clockSkew how much the clocks of the issuer and of this service may differ
 * @param roleClaim the claim with the role, one or a list, of which the strongest counts
 * @param roles the role for each value of the claim; absent: the values are the names of the roles, in any case
 * @param tenantClaim the claim with the tenant
 * @param tenant the tenant of all tokens, instead of a claim
 * @param subjectClaim the claim with the subject
 * @param vendorClaim the claim with the id of the vendor, in tokens of the role VENDOR
 * @param maxRemembered the maximum number of verified tokens that are remembered
 * @param maxVerifications how many signatures are verified at once. A forged token costs as much as a true one, and this many processors may
 *     be busy with them
 * @param verificationWait how long a token waits for that before its request is refused
 * @param keyRefresh the interval in which the keys are fetched. A token that was signed with a key that is not there any more is valid for
 *     so long at most
 * @param keyRetention how long keys are used while the issuer does not answer
 * @param fetchInterval the interval in which tokens with an unknown key may cause two fetches
 * @param fetchTimeout the time limit to connect to the issuer, and for each read
 */
@ConfigurationProperties("towline.token")
record TokenSettings(
        @Nullable String issuer,
        @Nullable URI jwkSetUri,
        @DefaultValue Set<String> audience,
        @DefaultValue("aud") String audienceClaim,
        @DefaultValue({"RS256", "ES256"}) Set<String> algorithms,
        @DefaultValue("30s") Duration clockSkew,
        @DefaultValue("role") String roleClaim,
        @DefaultValue Map<String, Role> roles,
        @DefaultValue("tenant") String tenantClaim,
        @Nullable String tenant,
        @DefaultValue("sub") String subjectClaim,
        @DefaultValue("vendor_id") String vendorClaim,
        @DefaultValue("10000") int maxRemembered,
        @DefaultValue("2") int maxVerifications,
        @DefaultValue("250ms") Duration verificationWait,
        @DefaultValue("5m") Duration keyRefresh,
        @DefaultValue("1h") Duration keyRetention,
        @DefaultValue("10s") Duration fetchInterval,
        @DefaultValue("2s") Duration fetchTimeout) {

    /** Signatures with a public key, of those that the JDK can verify. */
    private static final Set<String> ASYMMETRIC = Stream.concat(
                    JWSAlgorithm.Family.RSA.stream(),
                    Stream.of(JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512))
            .map(JWSAlgorithm::getName)
            .collect(Collectors.toUnmodifiableSet());

    private static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(5);

    TokenSettings {
        audience = Set.copyOf(audience);
        algorithms = Set.copyOf(algorithms);
        roles = Map.copyOf(roles);
        require(issuer == null || isUrl(issuer), "issuer", "must be a URL with http:// or https://");
        require(
                jwkSetUri == null || isUrl(jwkSetUri.toString()),
                "jwk-set-uri",
                "must be a URL with http:// or https://");
        require(jwkSetUri == null || issuer != null, "issuer", "must be set if towline.token.jwk-set-uri is");
        require(
                issuer == null || !audience.isEmpty(),
                "audience",
                "must be set if towline.token.issuer is, because tokens for other services must not be valid here");
        require(
                !algorithms.isEmpty() && ASYMMETRIC.containsAll(algorithms),
                "algorithms",
                "must be some of " + String.join(", ", new TreeSet<>(ASYMMETRIC)));
        require(
                !clockSkew.isNegative() && clockSkew.compareTo(MAX_CLOCK_SKEW) <= 0,
                "clock-skew",
                "must be between 0s and " + MAX_CLOCK_SKEW.toMinutes() + "m");
        requireClaim(audienceClaim, "audience-claim");
        requireClaim(roleClaim, "role-claim");
        requireClaim(tenantClaim, "tenant-claim");
        requireClaim(subjectClaim, "subject-claim");
        requireClaim(vendorClaim, "vendor-claim");
        require(!roles.containsValue(Role.GUEST), "roles", "must not name GUEST, because a guest has a share link");
        require(tenant == null || Tenant.isName(tenant), "tenant", "must have 1 to 64 letters, digits, '_' and '-'");
        require(maxRemembered >= 0, "max-remembered", "must not be negative");
        require(maxVerifications >= 1, "max-verifications", "must be at least 1");
        require(!verificationWait.isNegative(), "verification-wait", "must not be negative");
        require(isPositive(fetchTimeout), "fetch-timeout", "must be longer than zero");
        require(isPositive(fetchInterval), "fetch-interval", "must be longer than zero");
        require(
                keyRefresh.compareTo(fetchInterval) > 0,
                "key-refresh",
                "must be longer than towline.token.fetch-interval");
        require(
                keyRetention.compareTo(keyRefresh) > 0,
                "key-retention",
                "must be longer than towline.token.key-refresh");
    }

    private static boolean isUrl(String text) {
        try {
            URI uri = new URI(text);
            return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme())) && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isPositive(Duration duration) {
        return duration.compareTo(Duration.ZERO) > 0;
    }

    private static void requireClaim(String claim, String setting) {
        require(!claim.isBlank(), setting, "must be the name of a claim");
    }

    private static void require(boolean holds, String setting, String requirement) {
        if (!holds) {
            throw new IllegalArgumentException("towline.token." + setting + ": " + requirement);
        }
    }
}
