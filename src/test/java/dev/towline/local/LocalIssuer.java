package dev.towline.local;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.towline.viewer.Role;
import dev.towline.viewer.Viewer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/**
 * An issuer of tokens for whoever asks, on the loopback address. Its key is made at its start and never leaves it, so its tokens are worth
 * nothing to another run. Thread-safe.
 */
public final class LocalIssuer implements AutoCloseable {

    private static final String AUDIENCE = "towline-local";
    private static final String KEYS = "/keys";
    private static final String METADATA = "/.well-known/openid-configuration";

    private final HttpServer server;
    private final AtomicInteger keyRequests = new AtomicInteger();
    private volatile ECKey key = newKey();
    private volatile boolean isAway;

    /** A token and its expiry, in whole seconds. */
    public record Token(String token, Instant expiresAt) {}

    private LocalIssuer(HttpServer server) {
        this.server = server;
    }

    /** Starts one on any free port. */
    public static LocalIssuer start() {
        HttpServer server = LoopbackPort.openNextFree(
                0,
                port -> HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(LoopbackPort.ADDRESS), port), 0));
        LocalIssuer issuer = new LocalIssuer(server);
        server.createContext(METADATA, exchange -> issuer.answer(exchange, issuer.metadata()));
        server.createContext(KEYS, exchange -> {
            issuer.keyRequests.incrementAndGet();
            issuer.answer(exchange, new JWKSet(issuer.key).toString());
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return issuer;
    }

    /** The settings of a service that accepts its tokens. */
    public Map<String, String> properties() {
        return Map.of(
                "towline.token.issuer",
                url(),
                "towline.token.audience",
                AUDIENCE,
                // it has the clock of the service
                "towline.token.clock-skew",
                "0s");
    }

    /** A token that says who somebody is. */
    public Token token(Viewer viewer, Duration lifetime) {
        Instant expiresAt =
                Instant.ofEpochSecond(Clock.systemUTC().instant().plus(lifetime).getEpochSecond());
        JWTClaimsSet.Builder claims = claims().subject(viewer.subject())
                .claim("role", viewer.role().name())
                .claim("tenant", viewer.tenant().name())
                .expirationTime(Date.from(expiresAt));
        if (viewer.role() == Role.VENDOR) {
            claims.claim("vendor_id", viewer.subject());
        }
        return new Token(signed(claims.build()), expiresAt);
    }

    /** Claims that all its tokens have. */
    public JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(url())
                .audience(AUDIENCE)
                .jwtID(UUID.randomUUID().toString());
    }

    /** A token with whatever claims, signed with its key. */
    public String signed(JWTClaimsSet claims) {
        ECKey signer = key;
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .keyID(signer.getKeyID())
                        .build(),
                claims);
        try {
            token.sign(new ECDSASigner(signer));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    /** The key that its tokens are verified with. */
    public ECKey publicKey() {
        return key.toPublicJWK();
    }

    /** Replaces the key: tokens with the old one are not valid any more. */
    public void rotate() {
        key = newKey();
    }

    /** Whether it answers with an error. */
    public void setAway(boolean away) {
        isAway = away;
    }

    /** How often its keys were asked for. */
    public int keyRequests() {
        return keyRequests.get();
    }

    /** The port where it listens. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private String url() {
        return "http://%s:%d".formatted(LoopbackPort.ADDRESS, port());
    }

    private String metadata() {
        return JsonMapper.shared().writeValueAsString(Map.of("issuer", url(), "jwks_uri", url() + KEYS));
    }

    private void answer(HttpExchange exchange, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(isAway ? 503 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
