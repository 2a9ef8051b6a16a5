package dev.towline.authentication;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** An issuer in memory, with the clock of a test. */
final class TestIssuer implements JWKSetSource<SecurityContext> {

    static final String ISSUER = "https://issuer.example/realm";
    static final String AUDIENCE = "towline";

    static final RSAKey RSA = rsa("rsa-1");
    static final RSAKey OTHER_RSA = rsa("rsa-2");
    static final ECKey EC = ec("ec-1");

    final AtomicInteger fetches = new AtomicInteger();
    volatile List<JWK> keys = List.of(RSA.toPublicJWK(), EC.toPublicJWK());
    volatile boolean isAway;

    /** How many fetches fail from now on. */
    final AtomicInteger failures = new AtomicInteger();

    /** Runs within each fetch. */
    volatile Pause onFetch = () -> {};

    @FunctionalInterface
    interface Pause {
        void take() throws InterruptedException;
    }

    Instant now = Instant.parse("2026-03-21T14:05:09Z");

    /** The settings of a service that accepts its tokens. */
    static TokenSettings settings(Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "towline.token.issuer", ISSUER,
                "towline.token.audience", AUDIENCE));
        more.forEach((name, value) -> properties.put("towline.token." + name, value));
        return bound(properties);
    }

    static TokenSettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("towline.token", TokenSettings.class);
    }

    /** A valid token of a dispatcher, for ten minutes. */
    String token() {
        return token(RSA, claims -> claims);
    }

    String token(JWK key, UnaryOperator<JWTClaimsSet.Builder> change) {
        JWSAlgorithm algorithm = key instanceof ECKey ? JWSAlgorithm.ES256 : JWSAlgorithm.RS256;
        return signed(
                key,
                new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(),
                change.apply(claims()).build());
    }

    JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject("dora")
                .claim("role", "DISPATCHER")
                .claim("tenant", "acme")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(600)));
    }

    static String signed(JWK key, JWSHeader header, JWTClaimsSet claims) {
        try {
            SignedJWT jwt = new SignedJWT(header, claims);
            jwt.sign(new DefaultJWSSignerFactory().createJWSSigner(key, header.getAlgorithm()));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public JWKSet getJWKSet(
            JWKSetCacheRefreshEvaluator evaluator, long currentTimeMs, @Nullable SecurityContext context)
            throws JWKSetUnavailableException {
        fetches.incrementAndGet();
        try {
            onFetch.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (isAway || failures.getAndDecrement() > 0) {
            throw new JWKSetUnavailableException("away");
        }
        return new JWKSet(keys);
    }

    @Override
    public void close() {}

    private static RSAKey rsa(String keyId) {
        try {
            return new RSAKeyGenerator(2048).keyID(keyId).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ECKey ec(String keyId) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(keyId).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
