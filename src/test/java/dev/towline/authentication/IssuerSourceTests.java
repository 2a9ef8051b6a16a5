package dev.towline.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class IssuerSourceTests {

    @ParameterizedTest
    @CsvSource({
        "https://issuer.example, https://keys.example/keys, true",
        "https://issuer.example, http://keys.example/keys,  false",
        "https://issuer.example, http://localhost.example/, false",
        "https://issuer.example, http://localhost:8081/,    true",
        "https://issuer.example, http://127.0.0.1/keys,     true",
        "https://issuer.example, http://[::1]:8081/keys,    true",
        "https://issuer.example, file:///etc/keys,          false",
        "http://issuer.example,  http://keys.example/keys,  true",
        "http://issuer.example,  file:///etc/keys,          false",
        "http://issuer.example,  keys,                      false",
        "http://issuer.example,  '',                        false"
    })
    void readsKeysThatTheMetadataPointToWhereNobodyCanReplaceThem(String issuer, String keys, boolean isRead) {
        TokenSettings settings = TestIssuer.settings(Map.of("issuer", issuer));
        String metadata = JsonMapper.shared().writeValueAsString(Map.of("issuer", issuer, "jwks_uri", keys));
        ResourceRetriever web = url -> new Resource(
                url.toString().startsWith(issuer + "/.well-known/")
                        ? metadata
                        : new JWKSet(TestIssuer.RSA.toPublicJWK()).toString(),
                "application/json");

        assertThat(read(new IssuerSource(settings, web))).isEqualTo(isRead);
    }

    private static boolean read(IssuerSource source) {
        try {
            return !source.getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), 0, null)
                    .isEmpty();
        } catch (KeySourceException refused) {
            assertThat(refused).hasMessageContaining("jwks_uri");
            return false;
        }
    }
}
