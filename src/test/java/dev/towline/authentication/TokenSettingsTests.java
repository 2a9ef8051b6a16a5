package dev.towline.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenSettingsTests {

    @Test
    void hasNoIssuerByDefault() {
        assertThat(TestIssuer.bound(Map.of()).issuer()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "issuer, issuer.example",
        "issuer, ftp://issuer.example",
        "jwk-set-uri, /keys",
        "audience, ''",
        "audience-claim, ''",
        "algorithms, ''",
        "algorithms, none",
        "algorithms, HS256",
        "algorithms, 'RS256,HS256'",
        "clock-skew, -1s",
        "clock-skew, 6m",
        "role-claim, ' '",
        "roles[desk], GUEST",
        "tenant-claim, ''",
        "tenant, a:b",
        "subject-claim, ''",
        "vendor-claim, ''",
        "max-remembered, -1",
        "max-verifications, 0",
        "verification-wait, -1ms",
        "key-refresh, 10s",
        "key-retention, 5m",
        "fetch-interval, 0s",
        "fetch-timeout, 0s"
    })
    void namesTheInvalidSetting(String setting, String value) {
        assertThatThrownBy(() -> TestIssuer.settings(Map.of(setting, value)))
                .rootCause()
                .hasMessageContaining("towline.token." + setting.replaceFirst("\\[.*", ""));
    }

    @Test
    void requiresAnAudienceAndAnIssuer() {
        assertThatThrownBy(() -> TestIssuer.bound(Map.of("towline.token.issuer", TestIssuer.ISSUER)))
                .rootCause()
                .hasMessageContaining("towline.token.audience");
        assertThatThrownBy(() -> TestIssuer.bound(
                        new HashMap<>(Map.of("towline.token.jwk-set-uri", "https://issuer.example/keys"))))
                .rootCause()
                .hasMessageContaining("towline.token.issuer");
    }
}
