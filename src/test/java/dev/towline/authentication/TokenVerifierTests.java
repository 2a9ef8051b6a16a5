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
import dev.towline.problem.Unauthenticated;
import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import java.net.URI;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which tokens are accepted, and whom they name. */
class TokenVerifierTests {

    private final TestIssuer issuer = new TestIssuer();
    private TestService service = new TestService(issuer, Map.of());

    /** A token that is not valid. */
    record Bad(String why, String token) {

        @Override
        public String toString() {
            return why;
        }
    }

    @Test
    void acceptsBothAlgorithms() {
        assertThat(service.viewer(issuer.token(TestIssuer.EC, claims -> claims)))
                .isEqualTo(TestService.DORA);
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
                bad("the tenant of the service itself", each -> each.claim("tenant", "_service")),
                bad("several tenants", each -> each.claim("tenant", List.of("acme", "bolt"))),
                bad("no role", each -> each.claim("role", null)),
                bad("an unknown role", each -> each.claim("role", "BOSS")),
                bad("a role with a dotless i", each -> each.claim("role", "d\u0131spatcher")),
                bad("a role with a long s", each -> each.claim("role", "di\u017fpatcher")),
                bad("a role that is a number", each -> each.claim("role", 1)),
                bad("a guest", each -> each.claim("role", "GUEST")),
                bad("no subject", each -> each.subject(null)),
                bad("a subject with a space", each -> each.subject("dora the dispatcher")),
                bad("the subject of an API key", each -> each.subject("key:robot")),
                bad("a vendor without its id", each -> each.claim("role", "VENDOR")));
    }

    @ParameterizedTest
    @MethodSource("badTokens")
    void refuses(Bad bad) {
        assertThatExceptionOfType(Unauthenticated.class).isThrownBy(() -> service.viewer(bad.token));
        // nor does it remember the wrong thing
        assertThatExceptionOfType(Unauthenticated.class).isThrownBy(() -> service.viewer(bad.token));
    }

    @Test
    void toleratesThirtySecondsBetweenTheClocks() {
        assertThat(service.viewer(issuer.token(
                        TestIssuer.RSA,
                        claims -> claims.expirationTime(Date.from(issuer.now.minusSeconds(29)))
                                .notBeforeTime(Date.from(issuer.now.plusSeconds(29))))))
                .isEqualTo(TestService.DORA);
    }

    @Test
    void knowsAVendorByItsClaim() {
        String token = issuer.token(
                TestIssuer.RSA, claims -> claims.claim("role", "vendor").claim("vendor_id", "v-7"));

        assertThat(service.viewer(token)).isEqualTo(new Viewer(Role.VENDOR, "v-7", new Tenant("acme")));
    }

    @Test
    void takesTheStrongestOfSeveralRoles() {
        service = new TestService(
                issuer, Map.of("role-claim", "cognito:groups", "roles[desk]", "DISPATCHER", "roles[ops]", "OPERATOR"));
        String token = issuer.token(
                TestIssuer.RSA, claims -> claims.claim("cognito:groups", List.of("desk", "others", "ops", "CALLER")));

        assertThat(service.viewer(token).role()).isEqualTo(Role.OPERATOR);
    }

    @Test
    void doesNotTakeTheNameOfARoleForItIfValuesAreNamed() {
        service = new TestService(issuer, Map.of("roles[desk]", "CALLER"));

        assertThatExceptionOfType(Unauthenticated.class).isThrownBy(() -> service.viewer(issuer.token()));
    }

    @Test
    void findsClaimsWithinOthersAndClaimsWithDots() {
        service = new TestService(
                issuer, Map.of("role-claim", "realm_access.roles", "tenant-claim", "https://acme.example/tenant"));
        String token = issuer.token(
                TestIssuer.RSA,
                claims -> claims.claim("realm_access", Map.of("roles", List.of("offline_access", "caller")))
                        .claim("https://acme.example/tenant", "bolt"));

        assertThat(service.viewer(token)).isEqualTo(new Viewer(Role.CALLER, "dora", new Tenant("bolt")));
    }

    @Test
    void readsTheAudienceOfCognitoAndATenantOfAllTokens() {
        service = new TestService(issuer, Map.of("audience-claim", "client_id", "tenant", "solo"));
        String token = issuer.token(
                TestIssuer.RSA,
                claims -> claims.audience((String) null)
                        .claim("client_id", "towline")
                        .claim("token_use", "access")
                        .claim("tenant", "other"));

        assertThat(service.viewer(token).tenant()).isEqualTo(new Tenant("solo"));
    }

    private static Bad bad(String why, UnaryOperator<JWTClaimsSet.Builder> change) {
        return new Bad(why, new TestIssuer().token(TestIssuer.RSA, change));
    }

    private static JWSHeader.Builder header(JWSAlgorithm algorithm) {
        return new JWSHeader.Builder(algorithm).keyID("rsa-1");
    }
}
