package dev.towline.authentication;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the keys of the issuer, each time it is asked. Blocking, thread-safe.
 *
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig">OpenID Connect Discovery 1.0, 4</a>
 */
final class IssuerSource implements JWKSetSource<SecurityContext> {

    private static final String METADATA = "/.well-known/openid-configuration";

    /** The metadata and the keys of well-known issuers have less than a tenth of it. */
    private static final int MAX_BYTES = 256 * 1024;

    private final String issuer;
    private final @Nullable URI jwkSetUri;
    private final ResourceRetriever http;

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    IssuerSource(TokenSettings settings) {
        this(settings, http(settings.fetchTimeout()));
    }

    IssuerSource(TokenSettings settings, ResourceRetriever http) {
        this.issuer = Objects.requireNonNull(settings.issuer());
        this.jwkSetUri = settings.jwkSetUri();
        this.http = http;
    }

    private static ResourceRetriever http(Duration timeout) {
        int timeoutMs = Math.toIntExact(timeout.toMillis());
        return new DefaultResourceRetriever(timeoutMs, timeoutMs, MAX_BYTES);
    }

    @Override
    public JWKSet getJWKSet(
            JWKSetCacheRefreshEvaluator evaluator, long currentTimeMs, @Nullable SecurityContext context)
            throws KeySourceException {
        return new URLBasedJWKSetSource<>(location(), http).getJWKSet(evaluator, currentTimeMs, context);
    }

    private URL location() throws JWKSetRetrievalException {
        try {
            return jwkSetUri == null ? published().toURL() : jwkSetUri.toURL();
        } catch (IOException | ParseException | URISyntaxException | IllegalArgumentException e) {
            throw new JWKSetRetrievalException("The metadata of the issuer cannot be read: " + e.getMessage(), e);
        }
    }

    private URI published() throws IOException, ParseException, URISyntaxException {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        Map<String, Object> metadata = JSONObjectUtils.parse(
                http.retrieveResource(URI.create(base + METADATA).toURL()).getContent());
        if (!issuer.equals(metadata.get("issuer"))) {
            throw new MalformedURLException("they are of another issuer");
        }
        String text = JSONObjectUtils.getString(metadata, "jwks_uri");
        if (text == null) {
            throw new MalformedURLException("they have no jwks_uri");
        }
        URI uri = new URI(text);
        if (!"https".equals(uri.getScheme()) && !mayBePlain(uri)) {
            throw new MalformedURLException("their jwks_uri does not begin with https://");
        }
        return uri;
    }

    /** Without TLS, whoever is between could give this service keys of their own. */
    private boolean mayBePlain(URI uri) {
        return "http".equals(uri.getScheme()) && (issuer.startsWith("http:") || LOOPBACK.contains(uri.getHost()));
    }

    @Override
    public void close() {}
}
