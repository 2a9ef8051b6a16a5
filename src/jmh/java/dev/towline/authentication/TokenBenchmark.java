package dev.towline.authentication;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.towline.viewer.Authentication;
import dev.towline.viewer.Authenticator;
import dev.towline.viewer.Credentials;
import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.http.HttpHeaders;

/** What the authentication of a request costs: without a token, with a remembered token, and with one that is verified. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class TokenBenchmark {

    private static final String ISSUER = "https://issuer.example/realms/roadside";

    private final InstantSource clock = Clock.tickMillis(ZoneOffset.UTC);

    @SuppressWarnings("NullAway.Init") // JMH calls open() first
    private Authenticator remembering;

    @SuppressWarnings("NullAway.Init")
    private Authenticator verifying;

    @SuppressWarnings("NullAway.Init")
    private Credentials rs256;

    @SuppressWarnings("NullAway.Init")
    private Credentials es256;

    private final Credentials none = credentials(null);

    @Setup
    public void open() throws JOSEException {
        JWK rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
        JWK ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        JWKSet published = new JWKSet(List.of(rsa, ec)).toPublicJWKSet();
        remembering = authenticator(published, 100);
        verifying = authenticator(published, 0);
        rs256 = credentials(token(rsa, JWSAlgorithm.RS256));
        es256 = credentials(token(ec, JWSAlgorithm.ES256));
    }

    @Benchmark
    public Authentication withoutToken() {
        return remembering.authenticate(none);
    }

    @Benchmark
    public Authentication remembered() {
        return remembering.authenticate(rs256);
    }

    @Benchmark
    public Authentication verifiedRs256() {
        return verifying.authenticate(rs256);
    }

    @Benchmark
    public Authentication verifiedEs256() {
        return verifying.authenticate(es256);
    }

    private Authenticator authenticator(JWKSet published, int maxRemembered) {
        TokenSettings settings = new Binder(new MapConfigurationPropertySource(Map.of(
                        "towline.token.issuer",
                        ISSUER,
                        "towline.token.audience",
                        "towline",
                        "towline.token.max-remembered",
                        maxRemembered)))
                .bindOrCreate("towline.token", TokenSettings.class);
        IssuerKeys keys = new IssuerKeys(settings, new Published(published), clock);
        Tokens tokens = new Tokens(
                settings,
                new TokenVerifier(settings, keys, clock),
                keys,
                new TokenMetrics(new SimpleMeterRegistry()),
                clock);
        Authentication anonymous = Authentication.forever(new Viewer(Role.CALLER, "anonymous", new Tenant("acme")));
        return new Authenticator(List.of(tokens, _ -> anonymous));
    }

    /** As requests have them. */
    private static Credentials credentials(@Nullable String token) {
        HttpHeaders headers = new HttpHeaders();
        headers.add("Accept", "application/json");
        headers.add("Content-Type", "application/json");
        headers.add("User-Agent", "benchmark");
        if (token != null) {
            headers.add("Authorization", "Bearer " + token);
        }
        return new Credentials(name -> Credentials.combined(headers.getOrEmpty(name)), null);
    }

    /** As long as those of common issuers. */
    private String token(JWK key, JWSAlgorithm algorithm) throws JOSEException {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience("towline")
                .subject("6f9d2c1e-0a6b-4d0c-9a53-3c2f3f0d8e11")
                .jwtID("0f0d7c2e-7d1f-45a3-8b9e-8d2c0b4a6a10")
                .claim("azp", "dispatch-board")
                .claim("scope", "openid profile email")
                .claim("role", List.of("offline_access", "DISPATCHER"))
                .claim("tenant", "acme")
                .issueTime(Date.from(clock.instant()))
                .expirationTime(Date.from(clock.instant().plusSeconds(3_600)))
                .build();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), claims);
        token.sign(new DefaultJWSSignerFactory().createJWSSigner(key, algorithm));
        return token.serialize();
    }

    private record Published(JWKSet keys) implements JWKSetSource<SecurityContext> {

        @Override
        public JWKSet getJWKSet(
                JWKSetCacheRefreshEvaluator evaluator, long currentTimeMs, @Nullable SecurityContext context) {
            return keys;
        }

        @Override
        public void close() {}
    }
}
