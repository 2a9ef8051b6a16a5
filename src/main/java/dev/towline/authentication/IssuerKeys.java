package dev.towline.authentication;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetBasedJWKSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetSourceWrapper;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Base64URL;
import dev.towline.problem.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * The current keys of the issuer. A scheduled task fetches them, so a lookup of a known key never waits. A lookup of an unknown key may fetch
 * them: one lookup at a time, and twice in each {@code towline.token.fetch-interval}, whatever strangers send. Thread-safe.
 */
final class IssuerKeys {

    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

    /** How many lookups of unknown keys may wait for a fetch at the same time. */
    private static final int MAX_LOOKUPS = 16;

    private final TokenSettings settings;
    private final InstantSource clock;

    /** It keeps the keys for {@code keyRetention}, also while the issuer does not answer. */
    private final JWKSetSource<SecurityContext> source;

    private final Semaphore lookups = new Semaphore(MAX_LOOKUPS);
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Loaded loaded;

    private record Loaded(JWKSet keys, Set<Base64URL> thumbprints, Instant at) {}

    /** Learns of each set of keys before it is cached. */
    private final class Observed extends JWKSetSourceWrapper<SecurityContext> {

        Observed(JWKSetSource<SecurityContext> issuer) {
            super(issuer);
        }

        @Override
        public JWKSet getJWKSet(
                JWKSetCacheRefreshEvaluator evaluator, long currentTimeMs, @Nullable SecurityContext context)
                throws KeySourceException {
            JWKSet keys = getSource().getJWKSet(evaluator, currentTimeMs, context);
            if (keys.isEmpty()) {
                // An issuer that has lost its keys must not end all sessions at once.
                throw new JWKSetUnavailableException("The issuer has no keys");
            }
            loaded(keys);
            return keys;
        }
    }

    private record Watcher(Base64URL thumbprint, MonoSink<Void> end) {}

    /** @param issuer fetches the keys each time it is asked */
    IssuerKeys(TokenSettings settings, JWKSetSource<SecurityContext> issuer, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        var builder = JWKSourceBuilder.create(new Observed(issuer))
                .cache(
                        settings.keyRetention().toMillis(),
                        settings.fetchTimeout().multipliedBy(4).toMillis())
                .rateLimited(settings.fetchInterval().toMillis())
                .retrying(true);
        this.source = ((JWKSetBasedJWKSource<SecurityContext>) builder.build()).getJWKSetSource();
    }

    /** Fetches the keys soon. Does not block: other scheduled tasks share its thread. */
    @Scheduled(fixedDelayString = "${towline.token.key-refresh:5m}")
    void refreshSoon() {
        Thread.ofVirtual().name("issuer-keys").start(this::refresh);
    }

    /** Fetches the keys. Blocking. If the issuer does not answer or has none, the old keys remain. */
    void refresh() {
        try {
            var _ = source.getJWKSet(JWKSetCacheRefreshEvaluator.forceRefresh(), clock.millis(), null);
        } catch (RateLimitReachedException _) {
            LOG.debug("the keys of the issuer are not fetched, because they just were");
        } catch (KeySourceException e) {
            LOG.warn("the keys of the issuer {} could not be fetched: {}", settings.issuer(), e.getMessage());
        }
    }

    /**
     * The key that a token names. Blocks if it is not known.
     *
     * @return null if the issuer has no such key
     * @throws Unavailable if the issuer does not answer
     */
    @Nullable
    JWK find(JWSHeader header) {
        JWKSelector selector = new JWKSelector(JWKMatcher.forJWSHeader(header));
        Loaded known = loaded;
        if (known != null && isYoungerThan(settings.keyRetention(), known)) {
            JWK key = first(selector.select(known.keys));
            if (key != null) {
                return key;
            }
        }
        if (!lookups.tryAcquire()) {
            throw unavailable(null);
        }
        try {
            return first(selector.select(source.getJWKSet(newerThan(known), clock.millis(), null)));
        } catch (RateLimitReachedException e) {
            Loaded newest = loaded;
            if (newest != null && isYoungerThan(settings.fetchInterval().multipliedBy(2), newest)) {
                return null;
            }
            throw unavailable(e);
        } catch (KeySourceException e) {
            throw unavailable(e);
        } finally {
            lookups.release();
        }
    }

    /** Whether the issuer still had the key at the last fetch. */
    boolean isCurrent(Base64URL thumbprint) {
        Loaded known = loaded;
        return known != null && known.thumbprints.contains(thumbprint);
    }

    /** How many lookups of unknown keys may begin now. */
    int freeLookups() {
        return lookups.availablePermits();
    }

    /** Completes when the issuer has the key no more, on a thread of its own. */
    Mono<Void> removed(Base64URL thumbprint) {
        return Mono.create(end -> {
            Watcher watcher = new Watcher(thumbprint, end);
            watchers.add(watcher);
            end.onDispose(() -> watchers.remove(watcher));
            if (!isCurrent(thumbprint)) {
                end.success();
            }
        });
    }

    private void loaded(JWKSet keys) {
        Set<Base64URL> thumbprints = new HashSet<>();
        for (JWK key : keys.getKeys()) {
            try {
                thumbprints.add(key.computeThumbprint());
            } catch (JOSEException e) {
                LOG.warn("the issuer {} has a key that cannot be used: {}", settings.issuer(), e.getMessage());
            }
        }
        loaded = new Loaded(keys, Set.copyOf(thumbprints), clock.instant());
        // Streams end in it, and nobody who waits for keys must wait for that.
        Thread.ofVirtual().name("issuer-keys-removed").start(this::endRemoved);
    }

    private void endRemoved() {
        watchers.stream().filter(watcher -> !isCurrent(watcher.thumbprint)).forEach(watcher -> watcher.end.success());
    }

    private boolean isYoungerThan(Duration age, Loaded known) {
        return known.at.plus(age).isAfter(clock.instant());
    }

    private static JWKSetCacheRefreshEvaluator newerThan(@Nullable Loaded known) {
        return known == null
                ? JWKSetCacheRefreshEvaluator.noRefresh()
                : JWKSetCacheRefreshEvaluator.referenceComparison(known.keys);
    }

    private static @Nullable JWK first(List<JWK> keys) {
        return keys.isEmpty() ? null : keys.getFirst();
    }

    private static Unavailable unavailable(@Nullable Throwable cause) {
        return new Unavailable("The token cannot be verified now. Try again.", cause);
    }
}
