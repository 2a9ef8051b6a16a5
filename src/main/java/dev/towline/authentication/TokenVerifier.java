package dev.towline.authentication;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyConverter;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimNames;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.towline.problem.Unauthenticated;
import dev.towline.problem.Unavailable;
import dev.towline.viewer.Viewer;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies signed JWTs of the issuer. Keys come from the issuer only: those that a token brings or points to are ignored. May block.
 * Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725: JSON Web Token Best Current Practices</a>
 */
final class TokenVerifier {

    private static final Logger LOG = LoggerFactory.getLogger(TokenVerifier.class);

    /**
     * Three parts in Base64url. Nimbus ignores other characters, and those bits of the last character that belong to no byte, so one token would
     * have many spellings, and a place in the memory for each. The first two parts are signed as they are spelled.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc7515#section-7.1">RFC 7515, 7.1: JWS Compact Serialization</a>
     * @see <a href="https://www.rfc-editor.org/rfc/rfc4648#section-3.5">RFC 4648, 3.5: Canonical Encoding</a>
     */
    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9_-]++\\.){2}+([A-Za-z0-9_-]{4})*+"
            + "([A-Za-z0-9_-][AQgw]|[A-Za-z0-9_-]{2}[AEIMQUYcgkosw048])?");

    private final TokenSettings settings;
    private final IssuerKeys keys;
    private final TokenClaims claims;
    private final DefaultJWTProcessor<Signed> processor;
    private final Semaphore verifications;

    /**
     * A verified token.
     *
     * @param end when it becomes invalid, with the permitted difference of the clocks
     * @param keyThumbprint the thumbprint of the key that signed it
     */
    record Verified(Viewer viewer, Instant end, Base64URL keyThumbprint) {}

    private record Signed(JWK key) implements SecurityContext {}

    TokenVerifier(TokenSettings settings, IssuerKeys keys, InstantSource clock) {
        this.settings = settings;
        this.keys = keys;
        this.claims = new TokenClaims(settings);
        this.processor = processor(settings, clock);
        this.verifications = new Semaphore(settings.maxVerifications(), true);
    }

    /**
     * Verifies a token.
     *
     * @throws Unauthenticated if it is not valid
     * @throws Unavailable if that cannot be determined now
     */
    Verified verify(String token) {
        try {
            if (!FORM.matcher(token).matches()) {
                throw new BadJOSEException("it does not have three parts in Base64url");
            }
            SignedJWT jwt = SignedJWT.parse(token);
            JWK key = key(jwt.getHeader());
            JWTClaimsSet verified = verified(jwt, key);
            Instant end = verified.getExpirationTime().toInstant().plus(settings.clockSkew());
            return new Verified(claims.viewer(verified), end, key.computeThumbprint());
        } catch (ParseException | BadJOSEException | JOSEException refused) {
            LOG.debug("a token was refused: {}", refused.getMessage());
            throw new Unauthenticated();
        }
    }

    /** Verifies the signature, which takes up to a millisecond of a processor. So only a few are verified at once. */
    private JWTClaimsSet verified(SignedJWT jwt, JWK key) throws BadJOSEException, JOSEException {
        try {
            if (!verifications.tryAcquire(settings.verificationWait().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new Unavailable("Too many tokens are being verified. Try again.", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("The token was not verified. Try again.", e);
        }
        try {
            return processor.process(jwt, new Signed(key));
        } finally {
            verifications.release();
        }
    }

    private JWK key(JWSHeader header) throws BadJOSEException {
        if (!settings.algorithms().contains(header.getAlgorithm().getName())) {
            throw new BadJOSEException("its algorithm is not accepted");
        }
        if (header.getKeyID() == null) {
            throw new BadJOSEException("it does not name its key");
        }
        JWK key = keys.find(header);
        if (key == null) {
            throw new BadJOSEException("the issuer does not have its key");
        }
        return key;
    }

    private static DefaultJWTProcessor<Signed> processor(TokenSettings settings, InstantSource clock) {
        var processor = new DefaultJWTProcessor<Signed>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                null,
                JOSEObjectType.JWT,
                // RFC 9068, 2.1
                new JOSEObjectType("at+jwt"),
                new JOSEObjectType("application/at+jwt")));
        processor.setJWSKeySelector((_, signed) -> KeyConverter.toJavaKeys(List.of(signed.key.toPublicJWK())));
        var claims =
                new DefaultJWTClaimsVerifier<Signed>(
                        new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
                        Set.of(JWTClaimNames.EXPIRATION_TIME)) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                };
        claims.setMaxClockSkew(Math.toIntExact(settings.clockSkew().toSeconds()));
        processor.setJWTClaimsSetVerifier(claims);
        return processor;
    }
}
