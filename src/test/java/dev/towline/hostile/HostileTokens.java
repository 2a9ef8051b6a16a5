package dev.towline.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.towline.local.LocalIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.function.BiConsumer;

/** Credentials that are forged, malformed, not valid any more, or of somebody else. */
final class HostileTokens {

    private static final String REFUSED = "401 UNAUTHENTICATED";
    private static final int MOST_CHARACTERS = 8_192;
    private static final int UNTIL_A_CALL_MS = 500;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final LocalIssuer issuer;
    private final Instant now = Clock.systemUTC().instant();
    private final List<HostileInput> inputs = new ArrayList<>();

    private HostileTokens(LocalIssuer issuer) {
        this.issuer = issuer;
    }

    static List<HostileInput> all(LocalIssuer issuer) {
        var tokens = new HostileTokens(issuer);
        try {
            tokens.wrongClaims();
            tokens.signatures();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        tokens.forms();
        tokens.otherCredentials();
        return tokens.inputs;
    }

    private void wrongClaims() {
        String kind = "tokens with wrong claims";
        token(
                kind,
                "expired",
                issuer.signed(
                        claims().expirationTime(at(Duration.ofMinutes(-5))).build()));
        token(
                kind,
                "not valid yet",
                issuer.signed(claims().notBeforeTime(at(Duration.ofMinutes(5))).build()));
        token(
                kind,
                "without an expiry",
                issuer.signed(claims().expirationTime(null).build()));
        token(kind, "wrong audience", issuer.signed(claims().audience("other").build()));
        token(
                kind,
                "no audience",
                issuer.signed(claims().audience((String) null).build()));
        token(
                kind,
                "wrong issuer",
                issuer.signed(claims().issuer("https://evil.example").build()));
        token(
                kind,
                "an ID token",
                issuer.signed(claims().claim("token_use", "id").build()));
        token(kind, "no role", issuer.signed(claims().claim("role", null).build()));
        token(
                kind,
                "a role that is none",
                issuer.signed(claims().claim("role", "ROOT").build()));
        token(kind, "a guest", issuer.signed(claims().claim("role", "GUEST").build()));
        token(kind, "no tenant", issuer.signed(claims().claim("tenant", null).build()));
        token(
                kind,
                "a tenant that is none",
                issuer.signed(claims().claim("tenant", "a:b*").build()));
        token(
                kind,
                "a subject of an API key",
                issuer.signed(claims().subject("key:robot").build()));
        token(
                kind,
                "a subject with a line feed",
                issuer.signed(claims().subject("a\nb").build()));
        token(
                kind,
                "a vendor without its id",
                issuer.signed(claims().claim("role", "VENDOR").build()));
    }

    private void signatures() throws JOSEException {
        String kind = "forged tokens";
        ECKey own = new ECKeyGenerator(Curve.P_256)
                .keyID(issuer.publicKey().getKeyID())
                .generate();
        JWTClaimsSet claims = claims().build();
        String valid = issuer.signed(claims);
        String[] parts = valid.split("\\.", -1);
        token(
                kind,
                "another key of the same name",
                signed(
                        new JWSHeader.Builder(JWSAlgorithm.ES256)
                                .keyID(own.getKeyID())
                                .build(),
                        claims,
                        own));
        token(
                kind,
                "a key that is not published",
                signed(
                        new JWSHeader.Builder(JWSAlgorithm.ES256)
                                .keyID("unknown")
                                .build(),
                        claims,
                        own));
        token(kind, "no name of a key", signed(new JWSHeader.Builder(JWSAlgorithm.ES256).build(), claims, own));
        token(
                kind,
                "a key that it brings along",
                signed(
                        new JWSHeader.Builder(JWSAlgorithm.ES256)
                                .keyID("unknown")
                                .jwk(own.toPublicJWK())
                                .build(),
                        claims,
                        own));
        pointing(kind, "a key that it points to", claims, own, JWSHeader.Builder::jwkURL);
        pointing(kind, "a certificate that it points to", claims, own, JWSHeader.Builder::x509CertURL);
        token(
                kind,
                "a path as the name of a key",
                signed(
                        new JWSHeader.Builder(JWSAlgorithm.ES256)
                                .keyID("../../../dev/null")
                                .build(),
                        claims,
                        own));
        SignedJWT secret = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(own.getKeyID()).build(), claims);
        secret.sign(new MACSigner(issuer.publicKey().toJSONString().getBytes(UTF_8)));
        token(kind, "the public key as a secret", secret.serialize());
        for (String none : List.of("none", "None", "nOnE", "")) {
            token(
                    kind,
                    "the algorithm «" + none + "»",
                    encoded("{\"alg\":\"" + none + "\",\"kid\":\"" + own.getKeyID() + "\"}") + "." + parts[1] + ".");
        }
        token(
                kind,
                "a header of two algorithms",
                encoded("{\"alg\":\"none\",\"alg\":\"ES256\",\"kid\":\"" + own.getKeyID() + "\"}") + "." + parts[1]
                        + "." + parts[2]);
        token(
                kind,
                "an extension that must be understood",
                encoded("{\"alg\":\"ES256\",\"crit\":[\"x\"],\"x\":1,\"kid\":\"" + own.getKeyID() + "\"}") + "."
                        + parts[1] + "." + parts[2]);
        token(
                kind,
                "other claims under a true signature",
                parts[0] + "." + encoded(claims.toString().replace("CALLER", "OPERATOR")) + "." + parts[2]);
        token(kind, "a signature of zeros", parts[0] + "." + parts[1] + "." + BASE64.encodeToString(new byte[64]));
        token(kind, "a short signature", parts[0] + "." + parts[1] + "." + parts[2].substring(0, 40));
        token(kind, "no signature", parts[0] + "." + parts[1] + ".");
    }

    private void forms() {
        String kind = "malformed tokens";
        for (String each : List.of(
                "x",
                ".",
                "..",
                "...",
                "a.b.c",
                "a.b",
                "a.b.c.d.e",
                "\u00ff.\u00ff.\u00ff",
                "{}.{}.{}",
                encoded("{") + ".b.c",
                encoded("{}") + "." + encoded("{}") + ".c",
                encoded("[]") + ".b.c",
                "A".repeat(9_000),
                "A".repeat(50_000),
                "a.".repeat(4_000),
                encoded("{\"alg\":" + "[".repeat(2_000) + "}") + ".b.c")) {
            token(kind, each.length() > 40 ? each.length() + " characters" : each, each);
        }
        header("malformed tokens", "an empty one", "401 UNAUTHENTICATED", "Authorization: Bearer \r\n");
        header("malformed tokens", "Basic", "401 UNAUTHENTICATED", "Authorization: Basic YTpi\r\n");
        header(
                "malformed tokens",
                "two of them",
                "401 UNAUTHENTICATED",
                "Authorization: Bearer a.b.c\r\nAuthorization: Bearer a.b.c\r\n");
    }

    private void otherCredentials() {
        for (String link : List.of(
                "x",
                "a.b",
                "a.b.c",
                "..",
                "\u00ff",
                "A".repeat(5_000),
                "A".repeat(60_000),
                "local.x." + "A".repeat(43),
                "*.*.*")) {
            header(
                    "share links",
                    link.length() > 40 ? link.length() + " characters" : link,
                    "401 UNAUTHENTICATED",
                    "X-Towline-Share: " + link + "\r\n");
        }
        header(
                "share links",
                "beside a token",
                "422 BAD_INPUT",
                "X-Towline-Share: a.b.c\r\nAuthorization: Bearer a.b.c\r\n");
        header(
                "local headers",
                "a role that is taken at its word",
                "200 data",
                "X-Towline-Local-Role: OPERATOR\r\nX-Towline-Local-Tenant: other\r\n");
    }

    private JWTClaimsSet.Builder claims() {
        return issuer.claims()
                .subject("mallory")
                .claim("role", "CALLER")
                .claim("tenant", "local")
                .expirationTime(at(Duration.ofMinutes(5)));
    }

    private Date at(Duration fromNow) {
        return Date.from(now.plus(fromNow));
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, ECKey key) throws JOSEException {
        SignedJWT token = new SignedJWT(header, claims);
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }

    private static String encoded(String json) {
        return BASE64.encodeToString(json.getBytes(UTF_8));
    }

    private void token(String kind, String name, String token) {
        header(kind, name, token.length() > MOST_CHARACTERS ? "422 BAD_INPUT" : REFUSED, bearing(token));
    }

    /** A token that points to a server of this test, which nobody must ask. */
    private void pointing(
            String kind, String name, JWTClaimsSet claims, ECKey own, BiConsumer<JWSHeader.Builder, URI> pointer) {
        inputs.add(new HostileInput(kind, name, REFUSED, port -> {
            try (ServerSocket pointedTo = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                var header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("unknown");
                pointer.accept(header, URI.create("http://127.0.0.1:" + pointedTo.getLocalPort() + "/keys"));
                String answer = Wire.exchange(port, asking(bearing(signed(header.build(), claims, own))));
                return hasCaller(pointedTo) ? "asks where the token points to" : answer;
            } catch (JOSEException e) {
                throw new IllegalStateException(e);
            }
        }));
    }

    private static boolean hasCaller(ServerSocket server) throws IOException {
        server.setSoTimeout(UNTIL_A_CALL_MS);
        try {
            server.accept().close();
            return true;
        } catch (SocketTimeoutException nobody) {
            return false;
        }
    }

    private static String bearing(String token) {
        return "Authorization: Bearer " + token + "\r\n";
    }

    private static byte[] asking(String header) {
        return Wire.post(header, "{\"query\":\"{ listIncidents(first: 1) { edges { cursor } } }\"}".getBytes(UTF_8));
    }

    private void header(String kind, String name, String expected, String header) {
        inputs.add(new HostileInput(kind, name, expected, port -> Wire.exchange(port, asking(header))));
    }
}
