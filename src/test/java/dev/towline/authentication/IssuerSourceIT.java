package dev.towline.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import dev.towline.local.LocalIssuer;
import dev.towline.problem.Unauthenticated;
import dev.towline.problem.Unavailable;
import dev.towline.viewer.Credentials;
import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys of an issuer over HTTP. */
class IssuerSourceIT {

    private static final Viewer DORA = new Viewer(Role.DISPATCHER, "dora", new Tenant("acme"));

    private final LocalIssuer issuer = LocalIssuer.start();

    /** Ahead of the clock of the machine. */
    private Duration passed = Duration.ZERO;

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void followsTheKeysOfTheIssuer() {
        Service service = new Service(Map.of());
        String old = token();
        assertThat(service.viewer(old)).isEqualTo(DORA);

        issuer.rotate();
        String young = token();
        assertThat(service.viewer(young)).isEqualTo(DORA);

        assertThatExceptionOfType(Unauthenticated.class).isThrownBy(() -> service.viewer(old));
        assertThat(service.viewer(young)).isEqualTo(DORA);
        assertThat(issuer.keyRequests()).isEqualTo(2);
    }

    @Test
    void goesOnWhileTheIssuerIsAway() {
        Service service = new Service(Map.of());
        issuer.setAway(true);
        assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> service.viewer(token()));
        issuer.setAway(false);
        passed = Duration.ofSeconds(10);
        assertThat(service.viewer(token())).isEqualTo(DORA);

        issuer.setAway(true);
        passed = Duration.ofMinutes(5);
        service.keys.refresh();

        assertThat(service.viewer(issuer.token(DORA, Duration.ofHours(2)).token()))
                .isEqualTo(DORA);
    }

    @Test
    void readsKeysFromTheSettingsWithoutMetadata() throws Exception {
        Map<String, String> elsewhere = Map.of(
                "towline.token.issuer",
                "https://issuer.example",
                "towline.token.jwk-set-uri",
                "http://127.0.0.1:%d/keys".formatted(issuer.port()));

        assertThat(load(elsewhere)).isEqualTo(1);
        assertThatExceptionOfType(JWKSetUnavailableException.class)
                .isThrownBy(() ->
                        load(Map.of("towline.token.jwk-set-uri", "http://127.0.0.1:%d/none".formatted(issuer.port()))));
    }

    @Test
    void refusesTheMetadataOfAnotherIssuer() {
        assertThatExceptionOfType(JWKSetRetrievalException.class)
                .isThrownBy(() -> load(Map.of("towline.token.issuer", "http://localhost:" + issuer.port())))
                .withMessageContaining("another issuer");
    }

    @Test
    void waitsForAnIssuerThatDoesNotAnswerNoLongerThanAllowed() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Instant before = Instant.now();
            assertThatExceptionOfType(JWKSetUnavailableException.class)
                    .isThrownBy(() -> load(Map.of(
                            "towline.token.jwk-set-uri",
                            "http://127.0.0.1:%d/keys".formatted(silent.getLocalPort()),
                            "towline.token.fetch-timeout",
                            "200ms")));
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
        }
    }

    private int load(Map<String, String> more) throws Exception {
        try (IssuerSource source = new IssuerSource(settings(more))) {
            return source.getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), 0, null)
                    .getKeys()
                    .size();
        }
    }

    private TokenSettings settings(Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(issuer.properties());
        properties.putAll(more);
        return TestIssuer.bound(properties);
    }

    private String token() {
        return issuer.token(DORA, Duration.ofHours(1)).token();
    }

    private Instant now() {
        return Clock.systemUTC().instant().plus(passed);
    }

    private final class Service {

        private final IssuerKeys keys;
        private final Tokens tokens;

        Service(Map<String, String> more) {
            TokenSettings settings = settings(more);
            this.keys = new IssuerKeys(settings, new IssuerSource(settings), IssuerSourceIT.this::now);
            this.tokens = new Tokens(
                    settings,
                    new TokenVerifier(settings, keys, IssuerSourceIT.this::now),
                    keys,
                    new TokenMetrics(new SimpleMeterRegistry()),
                    IssuerSourceIT.this::now);
        }

        Viewer viewer(String token) {
            return Objects.requireNonNull(tokens.authenticate(
                            new Credentials(name -> name.equals("Authorization") ? token : null, null)))
                    .viewer();
        }
    }
}
