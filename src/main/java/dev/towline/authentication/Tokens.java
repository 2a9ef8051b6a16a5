package dev.towline.authentication;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.nimbusds.jose.util.Base64URL;
import dev.towline.authentication.TokenVerifier.Verified;
import dev.towline.problem.BadInput;
import dev.towline.problem.Unauthenticated;
import dev.towline.problem.Unavailable;
import dev.towline.viewer.Authentication;
import dev.towline.viewer.Credentials;
import dev.towline.viewer.Sha256;
import dev.towline.viewer.ViewerSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Authenticates users by their JWTs. Verifying a signature costs more than most answers, so it remembers each verified token by its hash until
 * it expires, or the issuer has removed its key. May block. Thread-safe.
 */
final class Tokens implements ViewerSource {

    static final String HEADER = "Authorization";

    private static final int MAX_CHARACTERS = 8 * 1024;

    /** Clients of AppSync send the token without it. */
    private static final Pattern SCHEME = Pattern.compile("^Bearer +", Pattern.CASE_INSENSITIVE);

    private final TokenVerifier verifier;
    private final IssuerKeys keys;
    private final TokenMetrics metrics;
    private final InstantSource clock;
    private final Cache<Sha256, Remembered> remembered;

    private record Remembered(Authentication authentication, Instant end, Base64URL keyThumbprint) {}

    Tokens(TokenSettings settings, TokenVerifier verifier, IssuerKeys keys, TokenMetrics metrics, InstantSource clock) {
        this.verifier = verifier;
        this.keys = keys;
        this.metrics = metrics;
        this.clock = clock;
        this.remembered = Caffeine.newBuilder()
                .maximumSize(settings.maxRemembered())
                // Otherwise there would be more for a moment.
                .executor(Runnable::run)
                .expireAfter(
                        Expiry.<Sha256, Remembered>creating((_, token) -> Duration.between(clock.instant(), token.end)))
                .build();
    }

    @Override
    public String credential() {
        return HEADER;
    }

    @Override
    public @Nullable Authentication authenticate(Credentials credentials) {
        String value = credentials.get(HEADER);
        if (value == null) {
            return null;
        }
        if (value.length() > MAX_CHARACTERS) {
            metrics.refused.increment();
            throw new BadInput(HEADER, "must have at most " + MAX_CHARACTERS + " characters.");
        }
        String token = SCHEME.matcher(value.strip()).replaceFirst("");
        Sha256 hash = Sha256.of(token);
        Remembered known = remembered.getIfPresent(hash);
        if (known != null && isValid(known)) {
            metrics.remembered.increment();
            return known.authentication;
        }
        credentials.requireMayTry();
        return verified(token, hash);
    }

    private boolean isValid(Remembered token) {
        return token.end.isAfter(clock.instant()) && keys.isCurrent(token.keyThumbprint);
    }

    private Authentication verified(String token, Sha256 hash) {
        try {
            Verified verified = verifier.verify(token);
            Authentication authentication = authentication(verified);
            remembered.put(hash, new Remembered(authentication, verified.end(), verified.keyThumbprint()));
            metrics.verified.increment();
            return authentication;
        } catch (Unauthenticated refused) {
            remembered.invalidate(hash);
            metrics.refused.increment();
            throw refused;
        } catch (Unavailable later) {
            metrics.unavailable.increment();
            throw later;
        }
    }

    private Authentication authentication(Verified verified) {
        Mono<Void> expired =
                Authentication.until(verified.end(), verified.viewer(), clock).end();
        return new Authentication(
                verified.viewer(), Mono.firstWithSignal(expired, keys.removed(verified.keyThumbprint())));
    }
}
