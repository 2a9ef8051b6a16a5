package dev.towline.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.towline.problem.BadInput;
import dev.towline.problem.Unauthenticated;
import dev.towline.problem.Unavailable;
import dev.towline.viewer.Authentication;
import dev.towline.viewer.Credentials;
import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Which tokens are accepted, for how long, and how often they are verified. */
class TokensTests {

    private static final Viewer DORA = new Viewer(Role.DISPATCHER, "dora", new Tenant("acme"));

    private static final int RUNS = 500;

    private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    private final TestIssuer issuer = new TestIssuer();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @SuppressWarnings("NullAway.Init") // before each test
    private IssuerKeys keys;

    @SuppressWarnings("NullAway.Init") // before each test
    private Tokens tokens;

    /** A token that is not valid. */
    record Bad(String why, String token) {

        @Override
        public String toString() {
            return why;
        }
    }

    @BeforeEach
    void start() {
        tokens = tokens(Map.of());
    }

    @AfterEach
    void resetTheClock() {
        VirtualTimeScheduler.reset();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer %s", "bearer  %s", "%s", " %s "})
    void knowsTheViewerOfAToken(String form) {
        assertThat(viewer(form.formatted(issuer.token()))).isEqualTo(DORA);
    }

    @Test
    void acceptsBothAlgorithms() {
        assertThat(viewer(issuer.token(TestIssuer.EC, claims -> claims))).isEqualTo(DORA);
    }

    @Test
    void leavesRequestsWithoutATokenToOthers() {
        assertThat(tokens.authenticate(new Credentials(_ -> null, null))).isNull();
    }

    static Stream<Bad> badTokens() throws Exception {
        TestIssuer issuer = new TestIssuer();
        OctetSequenceKey secret =
                new OctetSequenceKeyGenerator(256).keyID("rsa-1").generate();
        JWTClaimsSet claims = issuer.claims().build();
        String good = issuer.token();
        String[] parts = good.split("\\.", -1);
        return Stream.of(
                new Bad("nothing", ""),
                new Bad("another scheme", "Basic ZG9yYTpzZWNyZXQ="),
                new Bad("garbage", "Bearer garbage"),
                new Bad("garbage with dots", "a.b.c"),
                new Bad("two tokens", good + ", " + good),
                new Bad("no algorithm", new PlainJWT(claims).serialize()),
                new Bad("no signature", parts[0] + "." + parts[1] + "."),
                new Bad(
                        "another body",
                        parts[0] + "."
                                + issuer.token(TestIssuer.RSA, each -> each.subject("eve"))
                                        .split("\\.", -1)[1] + "." + parts[2]),
                new Bad(
                        "HS256",
                        TestIssuer.signed(secret, header(JWSAlgorithm.HS256).build(), claims)),
                new Bad(
                        "another algorithm",
                        TestIssuer.signed(
                                TestIssuer.RSA, header(JWSAlgorithm.PS256).build(), claims)),
                new Bad(
                        "the key of somebody else",
                        TestIssuer.signed(
                                TestIssuer.OTHER_RSA, header(JWSAlgorithm.RS256).build(), claims)),
                new Bad(
                        "a key that is unknown",
                        TestIssuer.signed(
                                TestIssuer.RSA,
                                header(JWSAlgorithm.RS256).keyID("rsa-9").build(),
                                claims)),
                new Bad(
                        "no key",
                        TestIssuer.signed(TestIssuer.RSA, new JWSHeader.Builder(JWSAlgorithm.RS256).build(), claims)),
                new Bad(
                        "a key that it brings",
                        TestIssuer.signed(
                                TestIssuer.OTHER_RSA,
                                header(JWSAlgorithm.RS256)
                                        .jwk(TestIssuer.OTHER_RSA.toPublicJWK())
                                        .build(),
                                claims)),
                new Bad(
                        "a key that it points to",
                        TestIssuer.signed(
                                TestIssuer.OTHER_RSA,
                                header(JWSAlgorithm.RS256)
                                        .jwkURL(URI.create("http://127.0.0.1:9/keys"))
                                        .build(),
                                claims)),
                new Bad(
                        "an extension that must be understood",
                        TestIssuer.signed(
                                TestIssuer.RSA,
                                header(JWSAlgorithm.RS256)
                                        .criticalParams(Set.of("exp"))
                                        .customParam("exp", 1)
                                        .build(),
                                claims)),
                new Bad(
                        "a token for another purpose",
                        TestIssuer.signed(
                                TestIssuer.RSA,
                                header(JWSAlgorithm.RS256)
                                        .type(new JOSEObjectType("logout+jwt"))
                                        .build(),
                                claims)),
                bad("another issuer", each -> each.issuer("https://issuer.example/other")),
                bad("no issuer", each -> each.issuer(null)),
                bad("another audience", each -> each.audience("somebody else")),
                bad("no audience", each -> each.audience((String) null)),
                bad("expired", each -> each.expirationTime(Date.from(issuer.now.minusSeconds(31)))),
                bad("no expiry", each -> each.expirationTime(null)),
                bad("not yet valid", each -> each.notBeforeTime(Date.from(issuer.now.plusSeconds(31)))),
                bad("an ID token of Cognito", each -> each.claim("token_use", "id")),
                bad("an ID token of Keycloak", each -> each.claim("typ", "ID")),
                bad("a refresh token of Keycloak", each -> each.claim("typ", "Refresh")),
                bad("no tenant", each -> each.claim("tenant", null)),
                bad("a tenant that is no name", each -> each.claim("tenant", "a:b")),
                bad("several tenants", each -> each.claim("tenant", List.of("acme", "bolt"))),
                bad("no role", each -> each.claim("role", null)),
                bad("an unknown role", each -> each.claim("role", "BOSS")),
                bad("a role that is a number", each -> each.claim("role", 1)),
                bad("a guest", each -> each.claim("role", "GUEST")),
                bad("no subject", each -> each.subject(null)),
                bad("a subject with a space", each -> each.subject("dora the dispatcher")),
                bad("a vendor without its id", each -> each.claim("role", "VENDOR")));
    }

    @ParameterizedTest
    @MethodSource("badTokens")
    void refuses(Bad bad) {
        assertThatExceptionOfType(Unauthenticated.class).isThrownBy(() -> viewer(bad.token));
        // nor does it remember the wrong thing
        assertThatExceptionOfType(Unauthenticated.class).isThrownBy(() -> viewer(bad.token));
    }

    @Test
    void readsNothingOfAHugeToken() {
        String huge = issuer.token(TestIssuer.RSA, claims -> claims.claim("more", "x".repeat(8 * 1024)));

        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> viewer(huge))
                .satisfies(problem -> assertThat(problem.argument()).isEqualTo("Authorization"));
        assertThat(issuer.fetches).hasValue(0);
    }

    @Test
    void toleratesThirtySecondsBetweenTheClocks() {
        assertThat(viewer(issuer.token(
                        TestIssuer.RSA,
                        claims -> claims.expirationTime(Date.from(issuer.now.minusSeconds(29)))
                                .notBeforeTime(Date.from(issuer.now.plusSeconds(29))))))
                .isEqualTo(DORA);
    }

    @Test
    void knowsAVendorByItsClaim() {
        String token = issuer.token(
                TestIssuer.RSA, claims -> claims.claim("role", "vendor").claim("vendor_id", "v-7"));

        assertThat(viewer(token)).isEqualTo(new Viewer(Role.VENDOR, "v-7", new Tenant("acme")));
    }

    @Test
    void takesTheStrongestOfSeveralRoles() {
        tokens = tokens(Map.of("role-claim", "cognito:groups", "roles[desk]", "DISPATCHER", "roles[ops]", "OPERATOR"));
        String token = issuer.token(
                TestIssuer.RSA, claims -> claims.claim("cognito:groups", List.of("desk", "others", "ops", "CALLER")));

        assertThat(viewer(token).role()).isEqualTo(Role.OPERATOR);
    }

    @Test
    void doesNotTakeTheNameOfARoleForItIfValuesAreNamed() {
        tokens = tokens(Map.of("roles[desk]", "CALLER"));

        assertThatExceptionOfType(Unauthenticated.class).isThrownBy(() -> viewer(issuer.token()));
    }

    @Test
    void findsClaimsWithinOthersAndClaimsWithDots() {
        tokens = tokens(Map.of("role-claim", "realm_access.roles", "tenant-claim", "https://acme.example/tenant"));
        String token = issuer.token(
                TestIssuer.RSA,
                claims -> claims.claim("realm_access", Map.of("roles", List.of("offline_access", "caller")))
                        .claim("https://acme.example/tenant", "bolt"));

        assertThat(viewer(token)).isEqualTo(new Viewer(Role.CALLER, "dora", new Tenant("bolt")));
    }

    @Test
    void readsTheAudienceOfCognitoAndATenantOfAllTokens() {
        tokens = tokens(Map.of("audience-claim", "client_id", "tenant", "solo"));
        String token = issuer.token(
                TestIssuer.RSA,
                claims -> claims.audience((String) null)
                        .claim("client_id", "towline")
                        .claim("token_use", "access")
                        .claim("tenant", "other"));

        assertThat(viewer(token).tenant()).isEqualTo(new Tenant("solo"));
    }

    @Test
    void verifiesATokenOnce() {
        String token = issuer.token();
        Authentication first = authenticate(token);

        assertThat(authenticate("Bearer " + token)).isSameAs(first);
        assertThat(count("verified")).isOne();
        assertThat(count("remembered")).isOne();
    }

    @Test
    void forgetsATokenWhenItExpires() {
        String token = issuer.token();
        viewer(token);

        issuer.now = issuer.now.plusSeconds(600 + 29);
        assertThat(viewer(token)).isEqualTo(DORA);
        issuer.now = issuer.now.plusSeconds(1);

        assertThatExceptionOfType(Unauthenticated.class).isThrownBy(() -> viewer(token));
        assertThat(count("refused")).isOne();
    }

    @Test
    void remembersNoMoreTokensThanAllowed() {
        tokens = tokens(Map.of("max-remembered", "0"));
        String token = issuer.token();

        viewer(token);
        viewer(token);

        assertThat(count("verified")).isEqualTo(2);
    }

    @Test
    void endsWhenTheTokenExpires() {
        var ended = ended(authenticate(issuer.token()));

        time.advanceTimeBy(Duration.ofSeconds(600 + 30).minusMillis(1));
        assertThat(ended.isDisposed()).isFalse();
        time.advanceTimeBy(Duration.ofMillis(1));

        assertThat(ended.isDisposed()).isTrue();
    }

    @Test
    void endsAtADistantTimeAsWell() {
        Authentication distant = authenticate(issuer.token(
                TestIssuer.RSA, claims -> claims.expirationTime(Date.from(Instant.parse("9999-12-31T23:59:59Z")))));

        assertThat(ended(distant).isDisposed()).isFalse();
    }

    @Test
    void dropsATokenWhoseKeyTheIssuerHasRemoved() {
        String token = issuer.token();
        String other = issuer.token(TestIssuer.EC, claims -> claims);
        var ended = ended(authenticate(token));
        var otherEnded = ended(authenticate(other));

        issuer.keys = List.of(TestIssuer.EC.toPublicJWK());
        issuer.now = issuer.now.plusSeconds(300);
        keys.refresh();

        assertThat(ended.isDisposed()).isTrue();
        assertThat(otherEnded.isDisposed()).isFalse();
        assertThatExceptionOfType(Unauthenticated.class).isThrownBy(() -> viewer(token));
        assertThat(viewer(other)).isEqualTo(DORA);
        assertThat(count("remembered")).isOne();
    }

    @Test
    void answersUnavailableWhileTheIssuerIsAway() {
        issuer.isAway = true;
        assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> viewer(issuer.token()));
        assertThat(count("unavailable")).isOne();

        issuer.isAway = false;
        issuer.now = issuer.now.plusSeconds(10);
        assertThat(viewer(issuer.token())).isEqualTo(DORA);
    }

    @Test
    void takesAFifthOfAVerificationAtMostToRememberAToken() {
        Tokens verifying = tokens(Map.of("max-remembered", "0"));
        Tokens remembering = tokens(Map.of());
        Credentials credentials = credentials("Bearer " + issuer.token());
        long[] verified = new long[RUNS];
        long[] remembered = new long[RUNS];
        for (int i = -RUNS; i < RUNS; i++) {
            long start = System.nanoTime();
            verifying.authenticate(credentials);
            long middle = System.nanoTime();
            remembering.authenticate(credentials);
            long end = System.nanoTime();
            if (i >= 0) {
                verified[i] = middle - start;
                remembered[i] = end - middle;
            }
        }
        Arrays.sort(verified);
        Arrays.sort(remembered);

        assertThat(remembered[RUNS / 2]).isLessThan(verified[RUNS / 2] / 5);
    }

    private static Bad bad(String why, UnaryOperator<JWTClaimsSet.Builder> change) {
        return new Bad(why, new TestIssuer().token(TestIssuer.RSA, change));
    }

    private static JWSHeader.Builder header(JWSAlgorithm algorithm) {
        return new JWSHeader.Builder(algorithm).keyID("rsa-1");
    }

    private Tokens tokens(Map<String, String> more) {
        TokenSettings settings = TestIssuer.settings(more);
        keys = new IssuerKeys(settings, issuer, () -> issuer.now);
        return new Tokens(
                settings,
                new TokenVerifier(settings, keys, () -> issuer.now),
                keys,
                new TokenMetrics(meters),
                () -> issuer.now);
    }

    private Viewer viewer(String value) {
        return authenticate(value).viewer();
    }

    private Authentication authenticate(String value) {
        return Objects.requireNonNull(tokens.authenticate(credentials(value)));
    }

    private static Credentials credentials(String value) {
        return new Credentials(name -> name.equals("Authorization") ? value : null, null);
    }

    private static Disposable ended(Authentication authentication) {
        return authentication.end().subscribe();
    }

    private double count(String result) {
        return meters.get("towline.tokens").tag("result", result).counter().count();
    }
}
