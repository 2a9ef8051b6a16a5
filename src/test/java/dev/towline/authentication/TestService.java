package dev.towline.authentication;

import dev.towline.problem.Limit;
import dev.towline.problem.RateLimited;
import dev.towline.viewer.Authentication;
import dev.towline.viewer.Credentials;
import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** A service that accepts the tokens of an issuer in memory, and has its clock. */
final class TestService {

    /** Of a token that says nothing else. */
    static final Viewer DORA = new Viewer(Role.DISPATCHER, "dora", new Tenant("acme"));

    final IssuerKeys keys;
    final Tokens tokens;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    TestService(TestIssuer issuer, Map<String, String> more) {
        TokenSettings settings = TestIssuer.settings(more);
        this.keys = new IssuerKeys(settings, issuer, () -> issuer.now);
        this.tokens = new Tokens(
                settings,
                new TokenVerifier(settings, keys, () -> issuer.now),
                keys,
                new TokenMetrics(meters),
                () -> issuer.now);
    }

    Viewer viewer(String value) {
        return authenticate(value).viewer();
    }

    Authentication authenticate(String value) {
        return Objects.requireNonNull(tokens.authenticate(credentials(value)));
    }

    static Credentials credentials(String value) {
        return new Credentials(name -> name.equals("Authorization") ? value : null, null);
    }

    /** Credentials of an address of which too many were refused. */
    static Credentials exhausted(String value) {
        Credentials.Values values = name -> name.equals("Authorization") || name.equals("x-api-key") ? value : null;
        return new Credentials(values, values, null, () -> {
            throw RateLimited.tooFast(new Limit("credentials", 200), "too many", Duration.ofSeconds(1));
        });
    }

    /** How many tokens had this result. */
    double count(String result) {
        return meters.get("towline.tokens").tag("result", result).counter().count();
    }
}
